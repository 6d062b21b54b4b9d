"""Tables of sealing: what one officer asked, and what another said."""

from django.db import models

from joinedup.foundation import ids
from joinedup.governance.sealing import rules


class SealRequest(models.Model):
    """That a child be sealed, or a seal be lifted: asked by one person, and decided by another."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in rules.Kind])
    reason = models.CharField(max_length=20, choices=[(reason.value, reason.value) for reason in rules.Reason])
    words = models.CharField(max_length=rules.MOST_LETTERS)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10, blank=True, choices=[(outcome.value, outcome.value) for outcome in rules.Outcome]
    )
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "seal request"
        constraints = [
            models.UniqueConstraint(
                name="sealing_one_question_at_a_time", fields=["child"], condition=models.Q(outcome="")
            ),
            models.CheckConstraint(
                name="sealing_decision_comes_whole",
                condition=models.Q(outcome="", decided_by_id=None, decided_at=None)
                | (~models.Q(outcome="") & models.Q(decided_by_id__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sealing_agreed_by_another",
                condition=~models.Q(outcome="agreed") | ~models.Q(decided_by_id=models.F("asked_by_id")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "asked_by_name", "decided_by_name"})
        safe = frozenset(
            {"id", "child", "kind", "reason", "asked_by_id", "asked_at", "outcome", "decided_by_id", "decided_at"}
        )
