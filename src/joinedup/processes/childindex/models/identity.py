"""Tables of identity: what a steward decided of two records, what waits for a second one, and the history of who is whom.

Belongs here: decisions and what became of children. Not here: which records are a child now (linking).
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.childindex import rules

_DECISIONS = [(decision.value, decision.value) for decision in rules.Decision]
_CHANGES = [(change.value, change.value) for change in rules.ChangeKind]
_OUTCOMES = [(outcome.value, outcome.value) for outcome in rules.RejoinOutcome]


class StewardDecision(models.Model):
    """That two person records must, or cannot, be one child: a steward's word, which every later run obeys.

    It stands until it is taken back; a parting is taken back by two stewards alone. `act_id` is the act it was part of.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    act_id = models.UUIDField()
    record_a = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+", db_index=False)
    record_b = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=_DECISIONS)
    why = models.CharField(max_length=rules.MOST_WORDS, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_id = models.UUIDField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)
    revoked_with_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "steward's decision"
        constraints = [
            models.UniqueConstraint(
                name="childindex_decision_once_a_pair",
                fields=["record_a", "record_b", "decision"],
                condition=models.Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="childindex_decision_of_two_records",
                condition=models.Q(record_a__lt=models.F("record_b")),
            ),
            models.CheckConstraint(
                name="childindex_decision_taken_back_by_someone",
                condition=models.Q(revoked_at=None, revoked_by_id=None, revoked_with_id=None)
                | models.Q(revoked_at__isnull=False, revoked_by_id__isnull=False),
            ),
            models.CheckConstraint(
                name="childindex_parting_taken_back_by_two",
                condition=models.Q(revoked_at=None)
                | ~models.Q(decision="cannot")
                | (models.Q(revoked_with_id__isnull=False) & ~models.Q(revoked_with_id=models.F("revoked_by_id"))),
            ),
        ]
        indexes = [models.Index(name="childindex_decision_by_act", fields=["act_id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"why", "decided_by_name", "revoked_by_name"})
        safe = frozenset(
            {"id", "act_id", "record_a", "record_b", "decision", "decided_by_id", "decided_at"}
            | {"revoked_at", "revoked_by_id", "revoked_with_id"}
        )


class RejoinProposal(models.Model):
    """That two records which were parted are one child after all: proposed by one steward, decided by another."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    record_a = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    record_b = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=rules.MOST_WORDS)
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True, choices=_OUTCOMES)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "rejoin proposal"
        constraints = [
            models.UniqueConstraint(
                name="childindex_rejoin_one_question_a_pair",
                fields=["record_a", "record_b"],
                condition=models.Q(outcome=""),
            ),
            models.CheckConstraint(
                name="childindex_rejoin_decision_comes_whole",
                condition=models.Q(outcome="", decided_by_id=None, decided_at=None)
                | (~models.Q(outcome="") & models.Q(decided_by_id__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="childindex_rejoin_agreed_by_another",
                condition=~models.Q(outcome="agreed") | ~models.Q(decided_by_id=models.F("proposed_by_id")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"why", "proposed_by_name", "decided_by_name"})
        safe = frozenset(
            {"id", "record_a", "record_b", "proposed_by_id", "proposed_at", "outcome", "decided_by_id", "decided_at"}
        )


class IdentityEvent(models.Model):
    """One thing that became of a child's identity, or of the model that links: only ever added, never changed.

    `before` and `after` are the person records of the child, as identifiers that outlive what they led to; `other` is the
    child from which records came, or to which they, or the number, went. Of a change of model they name the versions.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=_CHANGES)
    child = models.ForeignKey("people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    before = postgres.ArrayField(models.UUIDField())
    after = postgres.ArrayField(models.UUIDField())
    by_id = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    why = models.CharField(max_length=16, choices=[(reason.value, reason.value) for reason in rules.Because])
    act_id = models.UUIDField()
    undoes_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "identity event"
        indexes = [models.Index(name="childindex_identity_by_act", fields=["act_id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"by_name"})
        safe = frozenset(
            {"id", "at", "kind", "child", "other", "before", "after", "by_id", "why", "act_id", "undoes_id"}
        )
