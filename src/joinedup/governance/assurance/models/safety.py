"""Tables that decide what a family may read: whose reading is safe, and when it is suspended without a word."""

from django.conf import settings
from django.db import models

from joinedup.foundation import ids
from joinedup.governance.assurance.rules import family


class ParentalViewSafety(models.Model):
    """What a practitioner recorded of one parent of one child: that it is safe for them to read who looked, or is not."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    parent_ref = models.CharField(max_length=120)
    parent_name = models.CharField(max_length=200, blank=True)
    is_safe = models.BooleanField()
    reason = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "parental view safety"
        constraints = [
            models.UniqueConstraint(
                name="assurance_one_standing_safety_of_a_parent",
                fields=["child", "parent_ref"],
                condition=models.Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="assurance_safety_ends_after_it_begins",
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("recorded_at")),
            ),
            models.CheckConstraint(name="assurance_safety_says_why", condition=~models.Q(reason="")),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"parent_ref", "parent_name", "reason"})
        safe = frozenset({"id", "child", "is_safe", "recorded_by", "recorded_at", "ended_at"})


class LookSuspension(models.Model):
    """A time in which a parent's version of who looked at a child knows of no look, and does not say so.

    `concern_id` is the concern of child protection from which it follows by itself; then `since` is when that arose, and
    `recorded_at` when it was written down.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in family.Suspends])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=200)
    concern_id = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "look suspension"
        indexes = [models.Index(name="assurance_suspension_by_child", fields=["child", "since"])]
        constraints = [
            models.UniqueConstraint(
                name="assurance_one_open_suspension_a_kind",
                fields=["child", "kind"],
                condition=models.Q(until=None, concern_id=None),
            ),
            models.UniqueConstraint(
                name="assurance_one_open_suspension_a_concern",
                fields=["concern_id"],
                condition=models.Q(until=None, concern_id__isnull=False),
            ),
            models.CheckConstraint(
                name="assurance_suspension_of_a_concern_says_when_recorded",
                condition=models.Q(concern_id=None) | models.Q(recorded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assurance_suspension_ends_after_it_begins",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"recorded_by_name"})
        safe = frozenset({"id", "child", "kind", "since", "until", "concern_id", "recorded_at"})
