"""Tables of linking: runs, models, links from person records to children, and pairs that wait for a steward."""

from django.db import models

from joinedup.foundation import ids
from joinedup.processes.childindex import rules


class ModelVersion(models.Model):
    """A trained linkage model, kept as it was so that every link can be explained years later.

    Its thresholds are part of it: links are made with both or with neither. `trained_on` describes the records it learnt
    from, by counts; `shadow` what links would change, as a run that changed nothing counted it; `measured` how right it
    was. `replaces` is the version that was current before it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    model_hash = models.CharField(max_length=64, unique=True)
    model = models.JSONField()
    trained_at = models.DateTimeField()
    record_count = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in rules.ModelState],
        default=rules.ModelState.CANDIDATE,
    )
    link_threshold_bits = models.FloatField()
    review_threshold_bits = models.FloatField()
    trained_on = models.JSONField(default=dict)
    shadow = models.JSONField(null=True, blank=True)
    shadowed_at = models.DateTimeField(null=True, blank=True)
    measured = models.JSONField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_id = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "model version"
        constraints = [
            models.UniqueConstraint(
                name="childindex_model_one_current", fields=["state"], condition=models.Q(state="current")
            ),
            models.CheckConstraint(
                name="childindex_model_in_force_is_approved",
                condition=models.Q(state="candidate", approved_at=None, approved_by_name="")
                | (~models.Q(state="candidate") & models.Q(approved_at__isnull=False) & ~models.Q(approved_by_name="")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"approved_by_name"})
        safe = frozenset(
            {"id", "model_hash", "model", "trained_at", "record_count", "state", "link_threshold_bits"}
            | {"review_threshold_bits", "trained_on", "shadow", "shadowed_at", "measured", "approved_at"}
            | {"approved_by_id", "replaces"}
        )


class LinkRun(models.Model):
    """One run of linking over all person records: with which model and thresholds, and what came of it.

    `weights` counts its pairs by what became of them and by the whole bits of their weight.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="runs")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    link_threshold_bits = models.FloatField()
    review_threshold_bits = models.FloatField()
    counts = models.JSONField(default=dict)
    weights = models.JSONField(null=True, blank=True)
    quality = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = "link run"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset(
            {"id", "model_version", "started_at", "finished_at", "link_threshold_bits", "review_threshold_bits"}
            | {"counts", "weights", "quality"}
        )


class Link(models.Model):
    """That a person record is about a child, since when, until when, and on what evidence."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    person_record = models.ForeignKey(
        "records.PersonRecord", on_delete=models.PROTECT, related_name="links", db_index=False
    )
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="links", db_index=False)
    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="links", db_index=False)
    weight_bits = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # The act of a steward that moved the record to this child; none where a run or an officer did.
    act_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "link"
        constraints = [
            models.UniqueConstraint(
                name="childindex_link_one_child_at_a_time",
                fields=["person_record"],
                condition=models.Q(ended_at=None),
                include=["child"],
            )
        ]
        indexes = [
            models.Index(
                name="childindex_link_by_child",
                fields=["child"],
                include=["person_record"],
                condition=models.Q(ended_at=None),
            ),
            models.Index(name="childindex_link_by_record", fields=["person_record", "made_at"]),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"evidence"})
        safe = frozenset({"id", "person_record", "child", "run", "weight_bits", "made_at", "ended_at", "act_id"})


class ReviewTask(models.Model):
    """Two person records that may be the same child; a steward decides, never the machine."""

    class State(models.TextChoices):
        """What became of the question."""

        OPEN = "open", "open"  #: waits for a steward
        CLOSED = "closed", "closed"  #: a later run no longer asks it
        LINKED = "linked", "linked"  #: a steward said: the same child
        PARTED = "parted", "parted"  #: a steward said: not the same child; no later run may join them

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    record_a = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    record_b = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(LinkRun, on_delete=models.PROTECT, related_name="review_tasks")
    weight_bits = models.FloatField()
    evidence = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "review task"
        constraints = [
            models.UniqueConstraint(
                name="childindex_review_one_open_a_pair",
                fields=["record_a", "record_b"],
                condition=models.Q(state="open"),
            ),
            models.CheckConstraint(
                name="childindex_review_decided_at_and_by_come_together",
                condition=models.Q(decided_at=None, decided_by_name="")
                | (models.Q(decided_at__isnull=False) & ~models.Q(decided_by_name="")),
            ),
        ]
        indexes = [models.Index(name="childindex_review_queue", fields=["state", "weight_bits", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"evidence", "decided_by_name"})
        safe = frozenset({"id", "record_a", "record_b", "run", "weight_bits", "state", "opened_at", "decided_at"})
