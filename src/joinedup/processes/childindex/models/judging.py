"""Tables of judging: blind samples of links, what stewards said of their pairs, and how thresholds were changed.

Belongs here: what is measured and set while the index is used. Not here: the links themselves (linking).
"""

from django.db import models

from joinedup.foundation import ids
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.models.linking import LinkRun, ModelVersion


class BlindSample(models.Model):
    """Some links that a run made by itself, drawn at random among others that are none, to be judged without knowing which.

    `population` is how many such links there were; `seed` draws the same again. Units: `half_width` as a share, 0 to 1.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    half_width = models.FloatField()
    population = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by_id = models.UUIDField()
    drawn_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "blind sample"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"drawn_by_name"})
        safe = frozenset({"id", "run", "seed", "half_width", "population", "drawn_at", "drawn_by_id"})


class BlindPair(models.Model):
    """Two person records of a blind sample, in the order in which they are shown, and what a steward said of them."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    sample = models.ForeignKey(BlindSample, on_delete=models.PROTECT, related_name="pairs")
    place = models.PositiveIntegerField()
    record_a = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    record_b = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in rules.BlindKind])
    weight_bits = models.FloatField()
    answer = models.CharField(
        max_length=12, blank=True, choices=[(answer.value, answer.value) for answer in rules.BlindAnswer]
    )
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "blind pair"
        constraints = [
            models.UniqueConstraint(name="childindex_blind_one_a_place", fields=["sample", "place"]),
            models.CheckConstraint(
                name="childindex_blind_answer_comes_whole",
                condition=models.Q(answer="", answered_by_id=None, answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_by_id__isnull=False, answered_at__isnull=False)),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset(
            {"id", "sample", "place", "record_a", "record_b", "kind", "weight_bits", "answer", "answered_by_id"}
            | {"answered_at"}
        )


class ThresholdChange(models.Model):
    """That a steward changed from which weight on runs link, and ask: before and after, and what was said to come of it.

    Units: thresholds in bits; `forecast` as rules.Forecast has it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    link_before_bits = models.FloatField()
    link_after_bits = models.FloatField()
    review_before_bits = models.FloatField()
    review_after_bits = models.FloatField()
    forecast = models.JSONField()
    why = models.CharField(max_length=rules.MOST_WORDS)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField()
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "threshold change"
        constraints = [
            models.CheckConstraint(
                name="childindex_threshold_links_need_more",
                condition=models.Q(link_after_bits__gte=models.F("review_after_bits")),
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"why", "changed_by_name"})
        safe = frozenset(
            {"id", "model_version", "link_before_bits", "link_after_bits", "review_before_bits", "review_after_bits"}
            | {"forecast", "changed_at", "changed_by_id"}
        )
