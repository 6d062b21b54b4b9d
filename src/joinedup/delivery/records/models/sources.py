"""Tables of source records and of the people they are about, as one agency knows them."""

from django.db import models

from joinedup.foundation import ids


class PersonRecord(models.Model):
    """A person as one agency knows them, under the agency's own number."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="person_records", db_index=False
    )
    scheme = models.CharField(max_length=20)
    local_id = models.CharField(max_length=120, db_collation="C")
    first_received_at = models.DateTimeField()

    class Meta:
        verbose_name = "person record"
        constraints = [
            models.UniqueConstraint(name="records_person_once_an_agency", fields=["agency", "scheme", "local_id"])
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"local_id"})
        safe = frozenset({"id", "agency", "scheme", "first_received_at"})


class SourceRecord(models.Model):
    """One row of one file, kept byte for byte in the file, and whether it still counts."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    batch = models.ForeignKey("records.Batch", on_delete=models.PROTECT, related_name="source_records")
    agency_id = models.UUIDField()
    person_record = models.ForeignKey(PersonRecord, on_delete=models.PROTECT, related_name="source_records")
    table = models.CharField(max_length=40)
    message_hash = models.BinaryField(max_length=16)
    content_hash = models.BinaryField(max_length=16)
    line_number = models.PositiveIntegerField()
    byte_start = models.BigIntegerField()
    byte_length = models.PositiveIntegerField()
    notes = models.JSONField(null=True)
    # The sender's own count of how often it has said this message; 0 where it does not count.
    version = models.BigIntegerField(default=0)
    is_current = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes", db_index=False
    )

    class Meta:
        verbose_name = "source record"
        constraints = [
            models.UniqueConstraint(
                name="records_source_one_current_a_message",
                fields=["agency_id", "message_hash"],
                condition=models.Q(is_current=True),
            ),
        ]
        indexes = [
            models.Index(
                name="records_source_superseded",
                fields=["superseded_by"],
                condition=models.Q(superseded_by__isnull=False),
            )
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"notes"})
        safe = frozenset(
            {"id", "batch", "agency_id", "person_record", "table", "message_hash", "content_hash", "line_number"}
            | {"byte_start", "byte_length", "version", "is_current", "superseded_by"}
        )


class RepeatedRow(models.Model):
    """A row that said again what a source record says: should the first be taken back, this one still says it."""

    pk = models.CompositePrimaryKey("source_record", "batch")
    source_record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="repeats", db_index=False)
    batch = models.ForeignKey("records.Batch", on_delete=models.PROTECT, related_name="+", db_index=False)
    line_number = models.PositiveIntegerField()
    byte_start = models.BigIntegerField()
    byte_length = models.PositiveIntegerField()

    class Meta:
        verbose_name = "repeated row"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"source_record", "batch", "line_number", "byte_start", "byte_length"})
