"""Tables of what passes between people: transfers and steps, what managers agree to, and notes of supervision.

Belongs here: one row for each offer, question and note. Not here: the states (rules.transferring).
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.casework import rules
from joinedup.processes.casework.models.episodes import Episode


class Transfer(models.Model):
    """One offer of an episode to another team, level or area; until it is accepted, whoever had it answers for it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    # Beside the child: whoever is asked may not be one who may see the child yet.
    child_number = models.CharField(max_length=9)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="transfers")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    from_team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey("agencies.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_area = models.CharField(max_length=rules.MOST_NAME, blank=True)
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField(choices=[(level.value, level.value) for level in rules.Level])
    why = models.CharField(max_length=rules.MOST_LETTERS)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in rules.Transfer])
    offered_at = models.DateTimeField()
    offered_by_id = models.UUIDField()
    offered_by_name = models.CharField(max_length=rules.MOST_NAME)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    answer = models.CharField(max_length=rules.MOST_LETTERS, blank=True)

    class Meta:
        verbose_name = "transfer"
        constraints = [
            models.UniqueConstraint(
                name="casework_one_offer_of_an_episode",
                fields=["episode"],
                condition=models.Q(state=rules.Transfer.OFFERED.value),
            ),
            models.CheckConstraint(
                name="casework_transfer_is_to_a_team_or_an_area",
                condition=models.Q(to_team__isnull=False, to_area="")
                | (models.Q(to_team=None) & ~models.Q(to_area="")),
            ),
            models.CheckConstraint(
                name="casework_transfer_changes_something",
                condition=models.Q(to_team=None)
                | ~models.Q(to_team=models.F("from_team"))
                | ~models.Q(to_level=models.F("from_level")),
            ),
            models.CheckConstraint(
                name="casework_transfer_is_answered_whole",
                condition=models.Q(state=rules.Transfer.OFFERED.value, answered_at=None, answered_by_name="")
                | (
                    ~models.Q(state=rules.Transfer.OFFERED.value)
                    & models.Q(answered_at__isnull=False)
                    & ~models.Q(answered_by_name="")
                ),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"to_area", "why", "offered_by_name", "answered_by_name", "answer"})
        safe = frozenset(
            {"id", "child", "child_number", "episode", "circles", "from_team", "to_team", "from_level", "to_level"}
            | {"state", "offered_at", "offered_by_id", "answered_at"}
        )


class Approval(models.Model):
    """That someone asked a manager to agree to an act, and what was answered; it is good for one act."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="approvals")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    act = models.CharField(max_length=10, choices=[(act.value, act.value) for act in rules.ApprovedAct])
    words = models.CharField(max_length=rules.MOST_LETTERS)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=rules.MOST_NAME)
    answer = models.CharField(
        max_length=10, blank=True, choices=[(answer.value, answer.value) for answer in rules.Approving]
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    answered_words = models.CharField(max_length=rules.MOST_LETTERS, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "approval"
        constraints = [
            models.UniqueConstraint(
                name="casework_one_approval_waits",
                fields=["episode", "act"],
                condition=models.Q(answer=""),
            ),
            models.CheckConstraint(
                name="casework_approved_by_another",
                condition=models.Q(answered_by_id=None) | ~models.Q(answered_by_id=models.F("asked_by_id")),
            ),
            models.CheckConstraint(
                name="casework_approval_is_answered_whole",
                condition=models.Q(answer="", answered_at=None, answered_by_id=None, used_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by_id__isnull=False)),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "asked_by_name", "answered_by_name", "answered_words"})
        safe = frozenset(
            {"id", "child", "episode", "circles", "act", "asked_at", "asked_by_id", "answer", "answered_at"}
            | {"answered_by_id", "used_at"}
        )


class Supervision(models.Model):
    """What a supervisor and a worker thought through about one child, and decided."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="supervisions")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    words = models.CharField(max_length=rules.MOST_LETTERS)
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=rules.MOST_NAME)

    class Meta:
        verbose_name = "supervision"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "noted_by_name"})
        safe = frozenset({"id", "child", "episode", "circles", "noted_at"})
