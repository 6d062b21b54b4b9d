"""Tables of what arrives: a file, kept once byte for byte, and each loading of it."""

from django.db import models

from joinedup.foundation import ids


class SourceFile(models.Model):
    """A file as an agency sent it, kept once whoever sends it again."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    sha256 = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    is_complete = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = "source file"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"name"})
        safe = frozenset({"id", "sha256", "size_bytes", "is_complete", "received_at"})


class SourceFileChunk(models.Model):
    """One piece of a source file's bytes."""

    pk = models.CompositePrimaryKey("file", "position")
    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="chunks", db_index=False)
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = "source file chunk"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"content"})
        safe = frozenset({"file", "position"})


class Batch(models.Model):
    """One loading of one agency's file: what was read, taken, found again and refused."""

    class State(models.TextChoices):
        """Where the loading stands."""

        RECEIVED = "received", "received"  #: the file is kept; nothing is loaded yet
        LOADING = "loading", "loading"  #: rows are being stored; may be resumed where it stopped
        LOADED = "loaded", "loaded"  #: every row is accounted for
        FAILED = "failed", "failed"  #: the file cannot be read at all; the reason is kept
        UNDONE = "undone", "undone"  #: taken back: nothing this batch said counts any longer

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="batches")
    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=40)
    recognised = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    message = models.CharField(max_length=1000, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    received_by_name = models.CharField(max_length=200)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=200, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_duplicate = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    read_through_byte = models.BigIntegerField(default=0)
    read_through_line = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "batch"
        indexes = [models.Index(name="records_batch_by_received", fields=["-received_at", "id"])]
        constraints = [
            models.CheckConstraint(
                name="records_batch_rows_add_up",
                condition=models.Q(
                    rows_read=models.F("rows_new")
                    + models.F("rows_changed")
                    + models.F("rows_duplicate")
                    + models.F("rows_refused")
                ),
            ),
            models.CheckConstraint(
                name="records_batch_undone_at_and_by_come_together",
                condition=models.Q(undone_at=None, undone_by_name="")
                | (models.Q(undone_at__isnull=False) & ~models.Q(undone_by_name="")),
            ),
            models.UniqueConstraint(
                name="records_batch_one_live_load_of_a_file",
                fields=["agency", "file", "format"],
                condition=models.Q(state__in=["received", "loading", "loaded"]),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"file_name", "received_by_name", "undone_by_name", "message"})
        safe = frozenset(
            {"id", "agency", "file", "format", "recognised", "state", "legal_basis", "received_at", "finished_at"}
            | {"undone_at", "rows_read", "rows_new", "rows_changed", "rows_duplicate", "rows_refused"}
            | {"read_through_byte", "read_through_line"}
        )


class Refusal(models.Model):
    """One row that could not be taken, and every reason in plain words."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="refusals", db_index=False)
    line_number = models.PositiveIntegerField()
    byte_start = models.BigIntegerField()
    byte_length = models.BigIntegerField()
    reasons = models.JSONField()

    class Meta:
        verbose_name = "refusal"
        constraints = [
            models.UniqueConstraint(name="records_refusal_once_a_place", fields=["batch", "byte_start", "line_number"])
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"reasons"})
        safe = frozenset({"id", "batch", "line_number", "byte_start", "byte_length"})
