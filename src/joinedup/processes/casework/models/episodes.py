"""Tables of episodes: which team answers for which help, who leads, and who is in the team around the child.

Belongs here: spells with their beginnings and ends. Not here: needs and plans (planning), transfers (moving).
`circles` are the teams whose work a row is; the database writes them, from the team that answers for the episode.
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.casework import rules


class Episode(models.Model):
    """One help for one child, from the day it was opened, for which one team answers at any moment."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    # What it came from, in apps beside this one.
    contact_id = models.UUIDField(null=True, blank=True)
    assessment_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in rules.EpisodeKind])
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.value) for level in rules.Level])
    responsible_team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    why = models.CharField(max_length=rules.MOST_LETTERS)
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()
    opened_by_name = models.CharField(max_length=rules.MOST_NAME)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.UUIDField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    closing = models.CharField(
        max_length=20, blank=True, choices=[(closing.value, closing.value) for closing in rules.Closing]
    )
    closing_words = models.CharField(max_length=rules.MOST_LETTERS, blank=True)

    class Meta:
        verbose_name = "episode"
        indexes = [
            models.Index(name="casework_episode_by_child", fields=["child", "opened_at"]),
            models.Index(name="casework_episode_open", fields=["responsible_team"], condition=models.Q(closed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="casework_episode_closing_comes_whole",
                condition=models.Q(closed_at=None, closed_by_id=None, closing="")
                | (models.Q(closed_at__isnull=False, closed_by_id__isnull=False) & ~models.Q(closing="")),
            ),
            models.CheckConstraint(
                name="casework_episode_ends_after_it_begins",
                condition=models.Q(closed_at=None) | models.Q(closed_at__gte=models.F("opened_at")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"why", "opened_by_name", "closed_by_name", "closing_words"})
        safe = frozenset(
            {"id", "child", "contact_id", "assessment_id", "kind", "level", "responsible_team", "circles"}
            | {"opened_at", "opened_by_id", "closed_at", "closed_by_id", "closing"}
        )


class Lead(models.Model):
    """One spell of one practitioner as the lead of an episode, and as the child's lead professional where it says so."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="leads")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    is_of_child = models.BooleanField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    goodbye = models.CharField(max_length=rules.MOST_LETTERS, blank=True)

    class Meta:
        verbose_name = "lead professional"
        constraints = [
            models.UniqueConstraint(
                name="casework_one_lead_of_an_episode",
                fields=["episode"],
                condition=models.Q(ended_at=None),
            ),
            models.UniqueConstraint(
                name="casework_one_lead_professional_of_a_child",
                fields=["child"],
                condition=models.Q(ended_at=None, is_of_child=True),
            ),
            models.CheckConstraint(
                name="casework_lead_ends_after_it_begins",
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("started_at")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"goodbye"})
        safe = frozenset({"id", "child", "episode", "circles", "practitioner", "is_of_child", "started_at", "ended_at"})


class TeamMember(models.Model):
    """One person in the team around the child: a practitioner, or a named person of an agency that has no account."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="members")
    circles = postgres.ArrayField(models.IntegerField(), db_default=[], default=list)
    practitioner = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    agency_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=rules.MOST_NAME)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "team around the child"
        constraints = [
            models.UniqueConstraint(
                name="casework_in_the_team_once",
                fields=["episode", "practitioner"],
                condition=models.Q(left_at=None, practitioner__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_member_is_a_practitioner_or_named",
                condition=models.Q(practitioner__isnull=False, person_name="", agency_name="")
                | (models.Q(practitioner=None) & ~models.Q(person_name="") & ~models.Q(agency_name="")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"person_name", "agency_name", "phone", "part"})
        safe = frozenset({"id", "child", "episode", "circles", "practitioner", "joined_at", "left_at"})
