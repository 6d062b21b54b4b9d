"""Tables of the outcomes framework; a code once given keeps its meaning, for plans speak of it for years.

Belongs here: frameworks, outcomes, their lines, and what answers to what. Not here: anything of a child.
"""

from django.db import models
from django.db.models import functions

from joinedup.outcomes.framework import rules


class Framework(models.Model):
    """A set of outcomes that counts from one day to another; `is_kept` is false where the file no longer has it."""

    code = models.CharField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=400)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    is_kept = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "framework"
        constraints = [
            models.CheckConstraint(
                name="framework_ends_after_it_begins",
                condition=models.Q(until_date=None) | models.Q(until_date__gte=models.F("from_date")),
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"code", "name", "source", "from_date", "until_date", "is_kept", "position"})


class Outcome(models.Model):
    """What is wanted for children."""

    code = models.CharField(primary_key=True, max_length=60)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    statute = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=400)
    is_verified = models.BooleanField(default=False)
    is_kept = models.BooleanField(default=True)

    class Meta:
        verbose_name = "outcome"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"code", "framework", "position", "name", "words", "statute", "source", "is_verified"}) | {
            "is_kept"
        }


class Aim(models.Model):
    """One line of a framework: an aim of an outcome, a need that it answers, or what holds for the whole of it."""

    code = models.CharField(primary_key=True, max_length=60)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="aims")
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="aims")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in rules.AimKind])
    position = models.PositiveSmallIntegerField()
    words = models.TextField()
    source = models.CharField(max_length=400)
    is_verified = models.BooleanField(default=False)
    is_kept = models.BooleanField(default=True)

    class Meta:
        verbose_name = "aim"
        constraints = [
            models.CheckConstraint(
                name="framework_aim_of_the_whole_has_no_outcome",
                condition=models.Q(kind__in=sorted(rules.OF_THE_WHOLE), outcome=None)
                | (~models.Q(kind__in=sorted(rules.OF_THE_WHOLE)) & models.Q(outcome__isnull=False)),
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"code", "framework", "outcome", "kind", "position", "words", "source", "is_verified"}) | {
            "is_kept"
        }


class Correspondence(models.Model):
    """That one observation of an outcome may count for an outcome of another framework too."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="correspondences")
    other = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "correspondence"
        constraints = [
            models.UniqueConstraint(
                functions.Least("outcome", "other"),
                functions.Greatest("outcome", "other"),
                name="framework_correspondence_once_for_two",
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "outcome", "other"})
