"""Tables of keeping and deleting."""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.governance.rights import rules


class LegalHold(models.Model):
    """That a child's record must be kept whatever the schedule says: since when, why, by whose word, and until when."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    child_number = models.CharField(max_length=9)
    reason = models.CharField(max_length=20, choices=[(one.value, one.value) for one in rules.HoldReason])
    why = models.CharField(max_length=500)
    placed_at = models.DateTimeField()
    placed_by_id = models.UUIDField()
    placed_by_name = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_id = models.UUIDField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)
    lifted_why = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "legal hold"
        constraints = [
            models.CheckConstraint(
                name="rights_hold_is_lifted_by_someone_for_a_reason",
                condition=models.Q(lifted_at=None, lifted_by_id=None, lifted_by_name="", lifted_why="")
                | (
                    models.Q(lifted_at__isnull=False, lifted_by_id__isnull=False)
                    & ~models.Q(lifted_by_name="")
                    & ~models.Q(lifted_why="")
                ),
            ),
            models.CheckConstraint(name="rights_hold_has_a_reason_in_words", condition=~models.Q(why="")),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"why", "placed_by_name", "lifted_by_name", "lifted_why"})
        safe = frozenset(
            {"id", "child", "child_number", "reason", "placed_at", "placed_by_id", "lifted_at", "lifted_by_id"}
        )


class DueDeletion(models.Model):
    """That the time of a child's record is over by the schedule, and whether a person has approved its deletion."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.OneToOneField("people.Child", on_delete=models.PROTECT, related_name="+")
    child_number = models.CharField(max_length=9)
    kept_until = models.DateField()
    because = postgres.ArrayField(models.CharField(max_length=30))
    schedule_version = models.CharField(max_length=20)
    listed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_id = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "due deletion"
        constraints = [
            models.CheckConstraint(
                name="rights_due_approved_at_and_by_come_together",
                condition=models.Q(approved_at=None, approved_by_id=None, approved_by_name="")
                | (models.Q(approved_at__isnull=False, approved_by_id__isnull=False) & ~models.Q(approved_by_name="")),
            )
        ]
        indexes = [models.Index(name="rights_due_by_day", fields=["kept_until", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"kept_until", "approved_by_name"})
        safe = frozenset(
            {"id", "child", "child_number", "because", "schedule_version", "listed_at", "approved_at", "approved_by_id"}
        )


class Certificate(models.Model):
    """That a record was deleted: by which rule, when, by whose word and how much, and nothing of whom it was.

    `subject_hash` answers, to whoever has the child's number and the installation's key, whether that child was deleted.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    deleted_at = models.DateTimeField()
    because = postgres.ArrayField(models.CharField(max_length=30))
    schedule_version = models.CharField(max_length=20)
    approved_by_name = models.CharField(max_length=200)
    approved_at = models.DateTimeField()
    deleted = models.JSONField()
    subject_hash = models.BinaryField(max_length=32)
    content_hash = models.BinaryField(max_length=32)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = "deletion certificate"
        indexes = [models.Index(name="rights_certificate_by_day", fields=["-deleted_at", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"approved_by_name"})
        safe = frozenset(
            {"id", "number", "deleted_at", "because", "schedule_version", "approved_at", "deleted", "subject_hash"}
            | {"content_hash", "fingerprint"}
        )
