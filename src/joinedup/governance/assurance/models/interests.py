"""Tables of what workers declare and of whom everybody talks: by these, looking out of curiosity is known."""

from django.conf import settings
from django.db import models

from joinedup.foundation import ids
from joinedup.governance.assurance.rules import interests


class DeclaredInterest(models.Model):
    """What a worker declared of themselves: a relative, an address or a colleague's family; a conflict of interest in advance.

    `child` for a relative or a colleague's child who is known here; `postcode_hash` for an address, so that no address of
    staff is kept.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in interests.Kind])
    child = models.ForeignKey("people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    postcode_hash = models.CharField(max_length=64, blank=True)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "declared interest"
        indexes = [
            models.Index(name="assurance_interest_by_user", fields=["user"]),
            models.Index(name="assurance_interest_by_child", fields=["child"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="assurance_interest_has_child_or_place",
                condition=models.Q(kind="address", child=None) & ~models.Q(postcode_hash="")
                | ~models.Q(kind="address") & models.Q(child__isnull=False, postcode_hash=""),
            ),
            models.UniqueConstraint(
                name="assurance_interest_once",
                fields=["user", "kind", "child", "postcode_hash"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"postcode_hash"})
        safe = frozenset({"id", "user", "kind", "child", "declared_at", "ended_at"})


class WatchedChild(models.Model):
    """A child whose name is in the news, or of whom everybody talks, from when until when."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "watched child"
        constraints = [
            models.UniqueConstraint(name="assurance_watched_once", fields=["child"], condition=models.Q(until=None))
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"reason"})
        safe = frozenset({"id", "child", "since", "until"})
