"""Tables of a concern: its steps, who took part in each, the plan that came of it, and who was asked to take part.

Belongs here: one path from a worry to its end. Not here: where the child lives and under which order (spans).
"""

from django.db import models

from joinedup.foundation import ids
from joinedup.processes.protection import rules

_BEFORE_A_PLAN = (
    *(rules.Stage.DISCUSSION.value, rules.Stage.ENQUIRY_DUE.value),
    *(rules.Stage.ENQUIRY.value, rules.Stage.CONFERENCE.value),
)


def _fits(act: rules.Act) -> models.Q:
    """Return that a step of this act has one of its outcomes, or none where it has none."""
    outcomes = sorted(outcome.value for outcome in rules.all_outcomes_of(act)) or [""]
    return models.Q(act=act.value, outcome__in=outcomes)


def _outcomes_fit() -> models.Q:
    whole = models.Q()
    for act in rules.Act:
        whole |= _fits(act)
    return whole


class Concern(models.Model):
    """One cause to suspect that a child suffers significant harm, and how far what is done about it has come."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    # What it came from, in an app beside this one.
    contact_id = models.UUIDField(null=True, blank=True)
    stage = models.CharField(max_length=12, choices=[(stage.value, stage.value) for stage in rules.Stage])
    since_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = "concern"
        indexes = [models.Index(name="protection_concern_by_child", fields=["child", "since_at"])]
        constraints = [
            models.UniqueConstraint(
                name="protection_one_concern_before_a_plan",
                fields=["child"],
                condition=models.Q(stage__in=_BEFORE_A_PLAN),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "child", "contact_id", "stage", "since_at", "moved_at"})


class Step(models.Model):
    """One act of a concern: when, why, with what outcome; corrected by a later row in the same place, and never changed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=20, choices=[(act.value, act.value) for act in rules.Act])
    happened_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=20, blank=True, choices=[(outcome.value, outcome.value) for outcome in rules.Outcome]
    )
    words = models.CharField(max_length=rules.MOST_LETTERS)
    chair = models.CharField(max_length=rules.MOST_NAME, blank=True)
    category = models.CharField(
        max_length=3, blank=True, choices=[(category.value, category.value) for category in rules.Category]
    )
    ending = models.CharField(
        max_length=12, blank=True, choices=[(ending.value, ending.value) for ending in rules.Ending]
    )
    is_alone = models.BooleanField(null=True, blank=True)
    childs_view = models.CharField(max_length=rules.MOST_LETTERS, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    is_corrected = models.BooleanField(default=False, editable=False)
    why_corrected = models.CharField(max_length=rules.MOST_LETTERS, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=rules.MOST_NAME)

    class Meta:
        verbose_name = "step of a concern"
        constraints = [
            models.UniqueConstraint(
                name="protection_one_step_stands_in_a_place",
                fields=["concern", "place"],
                condition=models.Q(is_corrected=False),
            ),
            models.CheckConstraint(name="protection_step_says_why", condition=~models.Q(words="")),
            models.CheckConstraint(name="protection_step_has_an_outcome_of_its_act", condition=_outcomes_fit()),
            models.CheckConstraint(
                name="protection_plan_is_decided_with_its_category",
                condition=models.Q(
                    outcome__in=["plan", "continues"], category__in=[one.value for one in rules.Category]
                )
                | (~models.Q(outcome__in=["plan", "continues"]) & models.Q(category="")),
            ),
            models.CheckConstraint(
                name="protection_end_has_a_reason",
                condition=(
                    (models.Q(act__in=["plan_ended", "closed"]) | models.Q(outcome="ends")) & ~models.Q(ending="")
                )
                | (~models.Q(act__in=["plan_ended", "closed"]) & ~models.Q(outcome="ends") & models.Q(ending="")),
            ),
            models.CheckConstraint(
                name="protection_seen_says_whether_alone",
                condition=models.Q(act="child_seen", is_alone__isnull=False)
                | (~models.Q(act="child_seen") & models.Q(is_alone=None)),
            ),
            models.CheckConstraint(
                name="protection_correction_says_why",
                condition=models.Q(corrects=None, why_corrected="")
                | (models.Q(corrects__isnull=False) & ~models.Q(why_corrected="")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "chair", "childs_view", "why_corrected", "recorded_by_name"})
        safe = frozenset(
            {"id", "child", "concern", "place", "act", "happened_at", "outcome", "category", "ending", "is_alone"}
            | {"corrects", "is_corrected", "recorded_at", "recorded_by_id"}
        )


class Presence(models.Model):
    """That someone took part in a meeting, by name and agency; many have no account here."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="present")
    person_name = models.CharField(max_length=rules.MOST_NAME)
    agency_name = models.CharField(max_length=rules.MOST_NAME)

    class Meta:
        verbose_name = "presence at a meeting"
        constraints = [
            models.CheckConstraint(
                name="protection_presence_by_name_and_agency",
                condition=~models.Q(person_name="") & ~models.Q(agency_name=""),
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"person_name"})
        safe = frozenset({"id", "child", "concern", "step", "agency_name"})


class ProtectionPlan(models.Model):
    """That a child has a child protection plan: which conference decided it, from when, for which category, until when."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="plan")
    conference = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()
    first_category = models.CharField(max_length=3, choices=[(one.value, one.value) for one in rules.Category])
    latest_category = models.CharField(max_length=3, choices=[(one.value, one.value) for one in rules.Category])
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in rules.Ending])

    class Meta:
        verbose_name = "child protection plan"
        constraints = [
            models.UniqueConstraint(
                name="protection_one_open_plan", fields=["child"], condition=models.Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="protection_plan_ends_whole",
                condition=models.Q(ended_on=None, ending="")
                | (models.Q(ended_on__gte=models.F("started_on")) & ~models.Q(ending="")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset(
            {"id", "child", "concern", "conference", "started_on", "first_category", "latest_category", "ended_on"}
            | {"ending"}
        )


class Invitation(models.Model):
    """That someone was asked to take part in what is done about a concern, and so reads the case until a day."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="invitations")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=rules.MOST_NAME)
    until_on = models.DateField()
    invited_at = models.DateTimeField()
    invited_by_name = models.CharField(max_length=rules.MOST_NAME)

    class Meta:
        verbose_name = "invitation to take part"
        constraints = [
            models.CheckConstraint(name="protection_invitation_says_to_what", condition=~models.Q(part="")),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"part", "invited_by_name"})
        safe = frozenset({"id", "child", "concern", "practitioner", "until_on", "invited_at"})
