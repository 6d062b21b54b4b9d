"""The table of spans in which the council looks after a child: under which legal status, and in which placement."""

from django.contrib.postgres import constraints as postgres_constraints
from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.protection import rules


class DateRange(models.Func):
    """The days from one to another, the last not counted: one span may begin on the day on which another ends."""

    function = "DATERANGE"
    output_field = postgres.DateRangeField()


class CareSpan(models.Model):
    """From when to when a child was looked after under one legal status, or lived in one placement, by the return's code."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in rules.SpanKind])
    code = models.CharField(max_length=4)
    started_on = models.DateField()
    words = models.CharField(max_length=rules.MOST_LETTERS)
    ended_on = models.DateField(null=True, blank=True)
    ended_words = models.CharField(max_length=rules.MOST_LETTERS, blank=True)
    ended_recorded_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    is_corrected = models.BooleanField(default=False, editable=False)
    why_corrected = models.CharField(max_length=rules.MOST_LETTERS, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=rules.MOST_NAME)

    class Meta:
        verbose_name = "span in care"
        indexes = [models.Index(name="protection_span_by_child", fields=["child", "started_on"])]
        constraints = [
            postgres_constraints.ExclusionConstraint(
                name="protection_spans_do_not_overlap",
                expressions=[
                    ("child", postgres.RangeOperators.EQUAL),
                    ("kind", postgres.RangeOperators.EQUAL),
                    (DateRange("started_on", "ended_on"), postgres.RangeOperators.OVERLAPS),
                ],
                condition=models.Q(is_corrected=False),
            ),
            models.CheckConstraint(
                name="protection_span_ends_whole",
                condition=models.Q(ended_on=None, ended_words="", ended_recorded_at=None, ended_by_name="")
                | (
                    models.Q(ended_on__gte=models.F("started_on"), ended_recorded_at__isnull=False)
                    & ~models.Q(ended_words="")
                    & ~models.Q(ended_by_name="")
                ),
            ),
            models.CheckConstraint(name="protection_span_says_why", condition=~models.Q(words="") & ~models.Q(code="")),
            models.CheckConstraint(
                name="protection_span_correction_says_why",
                condition=models.Q(corrects=None, why_corrected="")
                | (models.Q(corrects__isnull=False) & ~models.Q(why_corrected="")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "ended_words", "ended_by_name", "why_corrected", "recorded_by_name"})
        safe = frozenset(
            {"id", "child", "kind", "code", "started_on", "ended_on", "ended_recorded_at", "corrects", "is_corrected"}
            | {"recorded_at"}
        )
