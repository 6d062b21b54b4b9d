"""Tables of tracking: each run of the lists, and each child whom a list named, until a person has looked.

Belongs here: that a child was listed, by which rule, and what a person found. Not here: what agencies say (records).
`circles` are the teams whose work a listing is, as row-level security compares them with the viewer's.
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.tracking import rules


class TrackingRun(models.Model):
    """One search for children who may be lost: the day it was for, and how many each list named."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    on_day = models.DateField()
    roll_day = models.DateField(null=True)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "tracking run"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "on_day", "roll_day", "began_at", "finished_at", "counts"})


class TrackedChild(models.Model):
    """That a list named a child, since when and why, who looks into it, and what they found."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, choices=[(code, code) for code in rules.LISTS])
    rule_version = models.CharField(max_length=20)
    tier = models.PositiveSmallIntegerField()
    since_date = models.DateField()
    reasons = models.JSONField()
    circles = postgres.ArrayField(models.IntegerField(), default=list)
    listed_at = models.DateTimeField()
    # No run has named the child by this rule since: what agencies say has changed.
    unlisted_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=20, blank=True, choices=[(outcome.value, outcome.value) for outcome in rules.Outcome]
    )
    words = models.CharField(max_length=1000, blank=True)
    has_concern = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "tracked child"
        constraints = [
            models.UniqueConstraint(name="tracking_child_once_a_rule_and_day", fields=["child", "code", "since_date"]),
            models.CheckConstraint(
                name="tracking_owner_and_when_come_together",
                condition=models.Q(owner=None, taken_at=None) | models.Q(owner__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tracking_no_answer_without_owner_and_words",
                condition=models.Q(outcome="", answered_at=None, answered_by_id=None)
                | (
                    ~models.Q(outcome="")
                    & ~models.Q(words="")
                    & models.Q(owner__isnull=False, answered_at__isnull=False, answered_by_id__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="tracking_declined_only_without_concern",
                condition=~models.Q(outcome=rules.Outcome.DECLINED.value, has_concern=True),
            ),
        ]
        indexes = [
            models.Index(name="tracking_waiting", fields=["outcome", "since_date", "id"]),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "answered_by_name", "reasons"})
        safe = frozenset(
            {
                "id",
                "child",
                "code",
                "rule_version",
                "tier",
                "since_date",
                "circles",
                "listed_at",
                "unlisted_at",
                "owner",
            }
            | {"taken_at", "outcome", "has_concern", "answered_at", "answered_by_id"}
        )
