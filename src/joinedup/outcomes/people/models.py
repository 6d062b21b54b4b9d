"""Tables of people: the child, and what the index says of who the child is now.

Belongs here: a child's public number and current description. Not here: who said so (records, childindex).
`circles` are the teams whose own the child is at present, as row-level security compares them with the viewer's.
`known_only_to` are the agencies of which even that they know a child is guarded, where nobody else knows the child; none
where anyone else does. What such agencies alone say of a child is not in the summary.
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids


class Child(models.Model):
    """One child, known by a public number that is never given to another."""

    class State(models.TextChoices):
        """Whether the number still stands for a child of its own."""

        ACTIVE = "active", "active"  #: stands for one child
        REDIRECTED = "redirected", "redirected"  #: found to be the same child as another; points there for ever
        WITHDRAWN = "withdrawn", "withdrawn"  #: no record is left that names this child

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.CharField(max_length=9, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    redirect_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="redirected")
    minted_at = models.DateTimeField()
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    known_only_to = postgres.ArrayField(models.UUIDField(), null=True, blank=True)
    is_sealed = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "child"
        constraints = [
            models.CheckConstraint(
                name="people_child_number_has_its_shape", condition=models.Q(number__regex=r"^[0-9A-HJKMNP-TV-Z]{9}$")
            ),
            models.CheckConstraint(
                name="people_child_redirected_has_target",
                condition=models.Q(state="redirected", redirect_to__isnull=False)
                | (~models.Q(state="redirected") & models.Q(redirect_to=None)),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "number", "state", "redirect_to", "minted_at", "circles", "known_only_to", "is_sealed"})


class ChildSummary(models.Model):
    """Who the child is now, as far as the linked records say that anyone may hear of; worked out when they change."""

    child = models.OneToOneField(Child, primary_key=True, on_delete=models.PROTECT, related_name="summary")
    given_name = models.CharField(max_length=200, blank=True)
    middle_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    sort_name = models.CharField(max_length=200, blank=True, db_collation="C")
    birth_date = models.DateField(null=True, blank=True)
    death_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    has_targeted_help = models.BooleanField(default=False)
    record_count = models.PositiveIntegerField(default=0)
    agency_count = models.PositiveIntegerField(default=0)
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    known_only_to = postgres.ArrayField(models.UUIDField(), null=True, blank=True)
    is_sealed = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "child summary"
        indexes = [models.Index(name="people_summary_by_name", fields=["sort_name", "child"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset(
            {"given_name", "middle_names", "family_name", "known_as", "sort_name", "birth_date", "death_date"}
            | {"nhs_number", "upn", "address", "postcode"}
        )
        safe = frozenset(
            {
                "child",
                "sex",
                "has_targeted_help",
                "record_count",
                "agency_count",
                "circles",
                "known_only_to",
                "is_sealed",
            }
        )
