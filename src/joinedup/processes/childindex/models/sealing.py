"""Tables of sealed children: by what a stub is found, and records that may be about such a child."""

from django.db import models

from joinedup.foundation import ids


class StubKey(models.Model):
    """One thing by which a sealed child's stub can be found: what the stub itself shows, and nothing that is hidden.

    `value` as a search key's: "n:" a word of the name, "d:" the date of birth.
    """

    pk = models.CompositePrimaryKey("value", "child")
    value = models.CharField(max_length=80, db_collation="C")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "stub key"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"value"})
        safe = frozenset({"child"})


class HeldRecord(models.Model):
    """A record that came in and may be about a sealed child: a shield officer alone says whether it is."""

    class Outcome(models.TextChoices):
        """What the shield officer said."""

        WAITING = "waiting", "waiting"  #: nobody has said yet
        SAME = "same", "same"  #: it is about the sealed child, and linked to them
        OTHER = "other", "other"  #: it is about another child; later runs link it as any other

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    person_record = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    weight_bits = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(null=True, blank=True)
    held_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "held record"
        constraints = [
            models.UniqueConstraint(name="childindex_held_once_for_a_child", fields=["person_record", "child"]),
            models.CheckConstraint(
                name="childindex_held_decided_by_someone",
                condition=models.Q(outcome="waiting", decided_at=None, decided_by_id=None)
                | (~models.Q(outcome="waiting") & models.Q(decided_at__isnull=False, decided_by_id__isnull=False)),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"evidence"})
        safe = frozenset(
            {"id", "person_record", "child", "weight_bits", "held_at", "outcome", "decided_at", "decided_by_id"}
        )
