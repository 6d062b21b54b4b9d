"""Tables of the plan: what is needed, what is wanted instead, who does what by when, and what reviews found.

Belongs here: needs, desired outcomes, actions, reviews. Not here: who may write them (operations).
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.casework import rules
from joinedup.processes.casework.models.episodes import Episode, TeamMember


class Need(models.Model):
    """One strength or need, in words, and who owns it.

    The duty post is a team and always there; where the practitioner who owns a need leaves, it is the duty post's.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="needs")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    element = models.CharField(max_length=60, blank=True, choices=list(rules.ELEMENTS.items()))
    aim = models.ForeignKey("framework.Aim", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.value) for level in rules.Level])
    statement = models.CharField(max_length=rules.MOST_LETTERS)
    found_at = models.DateTimeField()
    found_by_id = models.UUIDField()
    found_by_name = models.CharField(max_length=rules.MOST_NAME)
    owner = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    duty_team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(state.value, state.value) for state in rules.NeedState])
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    ended_words = models.CharField(max_length=rules.MOST_LETTERS, blank=True)

    class Meta:
        verbose_name = "need"
        indexes = [
            models.Index(
                name="casework_need_open", fields=["duty_team"], condition=models.Q(state=rules.NeedState.OPEN.value)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="casework_need_is_of_an_element_or_an_aim",
                condition=~models.Q(element="") | models.Q(aim__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_need_ends_whole",
                condition=models.Q(state__in=["open", "strength"], ended_at=None)
                | (~models.Q(state__in=["open", "strength"]) & models.Q(ended_at__isnull=False)),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"statement", "found_by_name", "ended_by_name", "ended_words"})
        safe = frozenset(
            {"id", "child", "episode", "circles", "element", "aim", "level", "found_at", "found_by_id", "owner"}
            | {"duty_team", "state", "ended_at"}
        )


class DesiredOutcome(models.Model):
    """What the plan wants for the child, in the words of an aim of the framework, and how anyone will know."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="outcomes")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    aim = models.ForeignKey("framework.Aim", on_delete=models.PROTECT, related_name="+")
    statement = models.CharField(max_length=rules.MOST_LETTERS)
    how_we_will_know = models.CharField(max_length=rules.MOST_LETTERS)
    written_at = models.DateTimeField()
    written_by_name = models.CharField(max_length=rules.MOST_NAME)

    class Meta:
        verbose_name = "desired outcome"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"statement", "how_we_will_know", "written_by_name"})
        safe = frozenset({"id", "child", "episode", "circles", "aim", "written_at"})


class Action(models.Model):
    """One thing that somebody of the team will do, by a day, for one desired outcome."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="actions")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    outcome = models.ForeignKey(DesiredOutcome, on_delete=models.PROTECT, related_name="actions")
    doer = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="actions")
    words = models.CharField(max_length=rules.MOST_LETTERS)
    due_on = models.DateField()
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=rules.MOST_NAME)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    done_words = models.CharField(max_length=rules.MOST_LETTERS, blank=True)

    class Meta:
        verbose_name = "action"
        constraints = [
            models.CheckConstraint(
                name="casework_action_done_by_and_at_come_together",
                condition=models.Q(done_at=None, done_by_name="")
                | (models.Q(done_at__isnull=False) & ~models.Q(done_by_name="")),
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "added_by_name", "done_by_name", "done_words"})
        safe = frozenset({"id", "child", "episode", "circles", "outcome", "doer", "due_on", "added_at", "done_at"})


class Review(models.Model):
    """One meeting at which the plan is looked at anew: due by a clock, and held with what changed and the child's view."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="reviews")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    clock = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    what_changed = models.CharField(max_length=rules.MOST_LETTERS, blank=True)
    spoken = models.CharField(
        max_length=20, blank=True, choices=[(spoken.value, spoken.value) for spoken in rules.Spoken]
    )
    childs_view = models.CharField(max_length=rules.MOST_LETTERS, blank=True)

    class Meta:
        verbose_name = "review"
        constraints = [
            models.UniqueConstraint(
                name="casework_one_review_ahead", fields=["episode"], condition=models.Q(held_at=None)
            ),
            models.CheckConstraint(
                name="casework_review_holds_the_childs_view_or_why_not",
                condition=models.Q(held_at=None, spoken="")
                | (
                    models.Q(held_at__isnull=False)
                    & ~models.Q(spoken="")
                    & ~models.Q(spoken=rules.Spoken.SAID.value, childs_view="")
                ),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"held_by_name", "what_changed", "childs_view"})
        safe = frozenset({"id", "child", "episode", "circles", "clock", "from_at", "due_on", "held_at", "spoken"})
