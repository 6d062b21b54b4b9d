"""Tables of agencies: who works with children here, in which team, and where to ring.

Belongs here: organisations and the people who work in them. Not here: which child they help (records).
"""

from django.conf import settings
from django.db import models

from joinedup.foundation import ids


class Agency(models.Model):
    """An organisation that holds records of children and answers for them."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    phone = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    lowest_tier = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "agency"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "code", "name", "kind", "phone", "legal_basis", "lowest_tier"})


class Team(models.Model):
    """A part of an agency that a family would name: a school, a surgery, a duty team.

    Each agency has one more, that is the whole of it: those who work for all of an agency belong there.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    is_whole_agency = models.BooleanField(default=False)

    class Meta:
        verbose_name = "team"
        constraints = [
            models.UniqueConstraint(name="agencies_team_code_once", fields=["agency", "code"]),
            models.UniqueConstraint(
                name="agencies_one_team_is_the_whole", fields=["agency"], condition=models.Q(is_whole_agency=True)
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "agency", "code", "name", "phone", "is_whole_agency"})


class Practitioner(models.Model):
    """A person who works with children for an agency, and signs in."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practitioner")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="practitioners")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="practitioners")
    job_title = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    worker_code = models.CharField(max_length=200, blank=True)
    supervisor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="supervised")

    class Meta:
        verbose_name = "practitioner"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"phone", "worker_code"})
        safe = frozenset({"id", "user", "agency", "team", "job_title", "supervisor"})
