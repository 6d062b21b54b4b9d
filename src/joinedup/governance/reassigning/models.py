"""Table of reassigning: each piece of work that hangs on a child who was joined or parted, until a person says whose it is."""

from django.db import models

from joinedup.foundation import ids
from joinedup.governance.reassigning import rules


class Reassignment(models.Model):
    """A piece of work on a child who was joined or parted, and whose it is by a person's word."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(code, code) for code in rules.WORK])
    item_id = models.UUIDField()
    act_id = models.UUIDField()
    listed_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=8, blank=True, choices=[(outcome.value, outcome.value) for outcome in rules.Outcome]
    )
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "reassignment"
        constraints = [
            models.UniqueConstraint(name="reassigning_once_an_act", fields=["act_id", "kind", "item_id", "child"]),
            models.CheckConstraint(
                name="reassigning_decision_comes_whole",
                condition=models.Q(outcome="", decided_by_id=None, decided_at=None)
                | (~models.Q(outcome="") & models.Q(decided_by_id__isnull=False, decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="reassigning_waiting", fields=["outcome", "listed_at"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"decided_by_name"})
        safe = frozenset(
            {"id", "child", "other", "kind", "item_id", "act_id", "listed_at", "outcome", "decided_by_id", "decided_at"}
        )
