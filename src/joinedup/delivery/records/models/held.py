"""Tables of what is kept back: an address that would lead to a sealed child."""

from django.db import models

from joinedup.delivery.records.models.sayings import IdentityStatement


class HeldAddress(models.Model):
    """The address of a person who lives where a sealed child lives: taken out of the statement, and put back later."""

    statement = models.OneToOneField(
        IdentityStatement, primary_key=True, on_delete=models.PROTECT, related_name="held_address"
    )
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    held_at = models.DateTimeField()

    class Meta:
        verbose_name = "held address"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"address", "postcode"})
        safe = frozenset({"statement", "held_at"})
