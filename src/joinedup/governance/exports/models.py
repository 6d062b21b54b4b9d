"""Tables of exports: what was asked for and agreed to, of whom it is, and who took it.

Belongs here: that something left. Not here: what it held; it is read afresh each time it is taken, under the asker's sight.
`asked_by_id` stands in each table, since row-level security compares it.
"""

from django.db import models

from joinedup.foundation import ids
from joinedup.governance.exports import rules


def _choices(words: type[rules.Kind] | type[rules.Reason] | type[rules.State]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words if word is not rules.State.EXPIRED]


def _together(*names: str) -> models.Q:
    none, every = models.Q(), models.Q()
    for name in names:
        none &= models.Q(**{f"{name}__isnull": True})
        every &= models.Q(**{f"{name}__isnull": False})
    return none | every


class Export(models.Model):
    """One taking of children's data out of the product: by whom, of which list, why, and who agreed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=_choices(rules.Kind))
    reason = models.CharField(max_length=20, choices=_choices(rules.Reason))
    why = models.CharField(max_length=300)
    child_count = models.PositiveIntegerField()
    left_out_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=_choices(rules.State))
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    home_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "export"
        indexes = [
            models.Index(name="exports_by_asker", fields=["asked_by_id", "-asked_at"]),
            models.Index(name="exports_by_home", fields=["home_id", "-asked_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="exports_second_person_is_another",
                condition=models.Q(decided_by_id=None) | ~models.Q(decided_by_id=models.F("asked_by_id")),
            ),
            models.CheckConstraint(
                name="exports_many_children_take_two",
                condition=models.Q(child_count__lte=rules.MOST_FOR_ONE_PERSON)
                | ~models.Q(state="ready")
                | models.Q(decided_by_id__isnull=False),
            ),
            models.CheckConstraint(
                name="exports_decided_when_and_by_come_together", condition=_together("decided_at", "decided_by_id")
            ),
            models.CheckConstraint(
                name="exports_withdrawn_when_and_by_come_together",
                condition=_together("withdrawn_at", "withdrawn_by_id")
                & (models.Q(state="withdrawn") ^ models.Q(withdrawn_at=None)),
            ),
            models.CheckConstraint(
                name="exports_hold_someone_and_a_reason", condition=models.Q(child_count__gte=1) & ~models.Q(why="")
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"why"})
        safe = frozenset(
            {"id", "number", "kind", "reason", "child_count", "left_out_count", "state", "home_id", "expires_at"}
            | {f"{done}_{part}" for done in ("asked", "decided", "withdrawn") for part in ("by_id", "by_name", "at")}
        )


class ExportSubject(models.Model):
    """One child of an export, and whether only what the asker's own agency said of them may leave."""

    pk = models.CompositePrimaryKey("export", "child_id")
    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    child_id = models.UUIDField(db_index=True)
    asked_by_id = models.UUIDField()
    is_own_only = models.BooleanField()

    class Meta:
        verbose_name = "export subject"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"export", "child_id", "asked_by_id", "is_own_only"})


class ExportTaking(models.Model):
    """That an export was taken: when, as what, and a fingerprint by which a stray file can be known again."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="takings")
    taken_by_id = models.UUIDField()
    taken_by_name = models.CharField(max_length=200)
    home_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField()
    format = models.CharField(max_length=5)
    row_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "export taking"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset(
            {"id", "export", "taken_by_id", "taken_by_name", "home_id", "taken_at", "format", "row_count", "sha256"}
        )
