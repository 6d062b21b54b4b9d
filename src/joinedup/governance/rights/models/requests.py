"""Tables of what people ask about their own data: the request, the facts it disputes, the lines it holds back."""

from django.db import models

from joinedup.foundation import ids
from joinedup.governance.rights import rules


def _choices(
    words: type[rules.Kind] | type[rules.Asker] | type[rules.Outcome] | type[rules.Ruling],
) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class DataRequest(models.Model):
    """What one person asked about one child's record, by whom it was checked and confirmed, and how it was answered."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=_choices(rules.Kind))
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    child_number = models.CharField(max_length=9)
    asker = models.CharField(max_length=16, choices=_choices(rules.Asker))
    asker_name = models.CharField(max_length=200)
    identity_checked = models.CharField(max_length=300)
    asked_on = models.DateField()
    asked = models.CharField(max_length=1_000)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.UUIDField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    extended_why = models.CharField(max_length=1_000, blank=True)
    pack_made_at = models.DateTimeField(null=True, blank=True)
    pack_made_by_name = models.CharField(max_length=200, blank=True)
    pack_sha256 = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=_choices(rules.Outcome))
    answer = models.CharField(max_length=1_000, blank=True)

    class Meta:
        verbose_name = "data request"
        constraints = [
            models.CheckConstraint(
                name="rights_request_confirmed_by_another",
                condition=models.Q(confirmed_at=None, confirmed_by_id=None, confirmed_by_name="")
                | (
                    models.Q(confirmed_at__isnull=False, confirmed_by_id__isnull=False)
                    & ~models.Q(confirmed_by_name="")
                    & ~models.Q(confirmed_by_id=models.F("recorded_by_id"))
                ),
            ),
            models.CheckConstraint(
                name="rights_request_closed_with_an_answer",
                condition=models.Q(closed_at=None, closed_by_name="", outcome="", answer="")
                | (
                    models.Q(closed_at__isnull=False)
                    & ~models.Q(closed_by_name="")
                    & ~models.Q(outcome="")
                    & ~models.Q(answer="")
                ),
            ),
        ]
        indexes = [models.Index(name="rights_request_by_day", fields=["closed_at", "asked_on", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset(
            {"asker_name", "identity_checked", "asked", "recorded_by_name", "confirmed_by_name", "extended_why"}
            | {"closed_by_name", "answer", "pack_made_by_name"}
        )
        safe = frozenset(
            {"id", "number", "kind", "child", "child_number", "asker", "asked_on", "recorded_at", "recorded_by_id"}
            | {"confirmed_at", "confirmed_by_id", "closed_at", "outcome", "pack_made_at", "pack_sha256"}
        )


class DisputedFact(models.Model):
    """That a person says of one thing in a record that it is wrong; it is shown beside the source, which stays as it is.

    It is seen by whoever sees the thing itself: `tier` and `person_record_id` are those of the line.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="disputes")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    source_record_id = models.UUIDField()
    person_record_id = models.UUIDField()
    tier = models.PositiveSmallIntegerField()
    agency_name = models.CharField(max_length=200)
    part = models.CharField(max_length=10)
    kind = models.CharField(max_length=60)
    value = models.CharField(max_length=300)
    words = models.CharField(max_length=300)
    disputed_at = models.DateTimeField()
    decision = models.CharField(
        max_length=10, blank=True, choices=[(word.value, word.value) for word in rules.Decision if word]
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=1_000, blank=True)

    class Meta:
        verbose_name = "disputed fact"
        constraints = [
            models.UniqueConstraint(
                name="rights_dispute_once_a_request", fields=["request", "agency_name", "part", "kind", "value"]
            ),
            models.CheckConstraint(
                name="rights_dispute_decided_by_someone_for_a_reason",
                condition=models.Q(decision="", decided_at=None, decided_by_name="", why="")
                | (
                    ~models.Q(decision="")
                    & models.Q(decided_at__isnull=False)
                    & ~models.Q(decided_by_name="")
                    & ~models.Q(why="")
                ),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"value", "words", "decided_by_name", "why"})
        safe = frozenset(
            {
                "id",
                "request",
                "child",
                "source_record_id",
                "person_record_id",
                "tier",
                "agency_name",
                "part",
                "kind",
                "disputed_at",
                "decision",
                "decided_at",
            }
        )


class Redaction(models.Model):
    """What a person decided of one line that may name or endanger someone else; the line itself is not kept here."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="redactions")
    key = models.CharField(max_length=32)
    ruling = models.CharField(max_length=8, choices=_choices(rules.Ruling))
    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=200)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "redaction"
        constraints = [
            models.UniqueConstraint(name="rights_redaction_once_a_line", fields=["request", "key"]),
            models.CheckConstraint(
                name="rights_redaction_left_out_for_a_reason", condition=~models.Q(ruling="redact", why="")
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"decided_by_name", "why"})
        safe = frozenset({"id", "request", "key", "ruling", "decided_at"})
