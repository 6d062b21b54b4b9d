"""Tables of unusual looking: one alert for each worker and week, and the counts of which rates are published."""

from django.conf import settings
from django.db import models

from joinedup.foundation import ids
from joinedup.governance.assurance.rules import reviewing

_OUTCOMES = {
    state: [outcome.value for outcome, after in reviewing.STATE_AFTER.items() if after is state]
    for state in reviewing.State
}


class UnusualLook(models.Model):
    """That one worker's looks of one week were out of the ordinary, why, and what a person found; it judges no child.

    Where the looker worked is kept as it was then, so that nobody of that team reviews it later.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    looker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    looker_agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    looker_team = models.ForeignKey("agencies.Team", null=True, on_delete=models.PROTECT, related_name="+")
    looker_role = models.CharField(max_length=60, blank=True)
    week = models.DateField()
    points = models.FloatField()
    reasons = models.JSONField()
    event_ids = models.JSONField()
    looks = models.JSONField()
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in reviewing.State])
    found_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_reason = models.CharField(max_length=500, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=24, blank=True, choices=[(outcome.value, outcome.value) for outcome in reviewing.Outcome]
    )
    note = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "unusual look"
        indexes = [models.Index(name="assurance_unusual_by_state", fields=["state", "-points", "id"])]
        constraints = [
            models.UniqueConstraint(name="assurance_unusual_one_a_week", fields=["looker", "week"]),
            models.CheckConstraint(
                name="assurance_nobody_reviews_themselves",
                condition=(models.Q(reviewer=None) | ~models.Q(reviewer=models.F("looker")))
                & (models.Q(opened_by=None) | ~models.Q(opened_by=models.F("looker"))),
            ),
            models.CheckConstraint(
                name="assurance_opened_by_and_at_and_why",
                condition=models.Q(opened_by=None, opened_at=None, opened_reason="")
                | models.Q(opened_by__isnull=False, opened_at__isnull=False) & ~models.Q(opened_reason=""),
            ),
            models.CheckConstraint(
                name="assurance_decided_is_whole",
                condition=models.Q(state="open", reviewer=None, decided_at=None, outcome="")
                | models.Q(reviewer__isnull=False, decided_at__isnull=False)
                & (
                    models.Q(state="cleared", outcome__in=_OUTCOMES[reviewing.State.CLEARED])
                    | models.Q(state="concern", outcome__in=_OUTCOMES[reviewing.State.CONCERN])
                )
                & ~models.Q(note=""),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"reasons", "looks", "note", "opened_reason"})
        safe = frozenset(
            {"id", "looker", "looker_agency", "looker_team", "looker_role", "week", "points", "event_ids", "state"}
            | {"found_at", "opened_by", "opened_at", "reviewer", "decided_at", "outcome"}
        )


class LookTally(models.Model):
    """How many looks of one week belong to a role, an agency or an ethnic group, and how many of them stood in an alert."""

    class Kind(models.TextChoices):
        """By what looks are counted."""

        ROLE = "role", "role"  #: the looker's role
        AGENCY = "agency", "agency"  #: the looker's agency
        ETHNICITY = "ethnicity", "ethnicity"  #: the ethnicity of the child who was looked at

    week = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind)
    group = models.CharField(max_length=60)
    looks = models.PositiveIntegerField()
    questioned = models.PositiveIntegerField()

    class Meta:
        verbose_name = "look tally"
        constraints = [
            models.UniqueConstraint(name="assurance_tally_once", fields=["week", "kind", "group"]),
            models.CheckConstraint(
                name="assurance_tally_questioned_were_looks", condition=models.Q(questioned__lte=models.F("looks"))
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "week", "kind", "group", "looks", "questioned"})
