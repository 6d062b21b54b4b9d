"""Tables of break-glass: each emergency look at one child, and its review."""

from django.db import models

from joinedup.foundation import ids
from joinedup.governance.breakglass import rules


class EmergencyLook(models.Model):
    """One person's emergency look at one child; those of one household share a group and a reason."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    group_id = models.UUIDField()
    user_id = models.UUIDField()
    user_name = models.CharField(max_length=200)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    # Beside the child: a reviewer may not be one who may see the child.
    child_number = models.CharField(max_length=9)
    reason = models.CharField(max_length=20, choices=[(reason.value, reason.value) for reason in rules.Reason])
    words = models.CharField(max_length=rules.MOST_LETTERS)
    is_past_seal = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewer_id = models.UUIDField(null=True, blank=True)
    reviewer_name = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(
        max_length=30, blank=True, choices=[(outcome.value, outcome.value) for outcome in rules.Outcome]
    )
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = "break-glass"
        indexes = [
            models.Index(
                name="breakglass_waiting", fields=["review_due_at", "id"], condition=models.Q(reviewed_at=None)
            ),
            models.Index(name="breakglass_by_user", fields=["user_id", "started_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="breakglass_ends_within_the_hour",
                condition=models.Q(ends_at__lte=models.F("started_at") + rules.LONGEST),
            ),
            models.CheckConstraint(
                name="breakglass_review_comes_whole",
                condition=models.Q(reviewed_at=None, reviewer_id=None, outcome="")
                | (models.Q(reviewed_at__isnull=False, reviewer_id__isnull=False) & ~models.Q(outcome="")),
            ),
            models.CheckConstraint(
                name="breakglass_reviewed_by_another",
                condition=models.Q(reviewer_id=None) | ~models.Q(reviewer_id=models.F("user_id")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"user_name", "words", "reviewer_name", "note"})
        safe = frozenset(
            {
                "id",
                "group_id",
                "user_id",
                "child",
                "child_number",
                "reason",
                "is_past_seal",
                "started_at",
                "ends_at",
                "review_due_at",
            }
            | {"escalated_at", "reviewed_at", "reviewer_id", "outcome"}
        )
