"""Reads of batches: what was loaded, what was refused, and the bytes themselves."""

import dataclasses
import datetime
import enum
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.db import connection
from django.db.models import F, QuerySet, Sum, functions
from django.db.models.expressions import CombinedExpression

from joinedup.delivery.records import models

_CHUNK_BYTES = 1024 * 1024
_IN_MEMORY_BYTES = 8 * 1024 * 1024


class NoSuchBatch(Exception):
    """No batch has this identifier."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BatchCard:
    """A batch as pages and commands show it."""

    id: uuid.UUID
    agency_id: uuid.UUID
    agency_name: str
    agency_code: str
    file_id: uuid.UUID
    file_name: str
    size_bytes: int
    format: str
    recognised: dict[str, object]
    state: str
    message: str
    legal_basis: str
    received_at: datetime.datetime
    received_by_name: str
    finished_at: datetime.datetime | None
    undone_at: datetime.datetime | None
    undone_by_name: str
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_duplicate: int
    rows_refused: int
    read_through_byte: int

    @property
    def rows_accepted(self) -> int:
        """Return the rows that were taken, new or changed."""
        return self.rows_new + self.rows_changed


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RefusalCard:
    """A refused row with its reasons."""

    line_number: int
    byte_start: int
    byte_length: int
    reasons: tuple[str, ...]


def _card(batch: models.Batch) -> BatchCard:
    copied = {
        field.name: getattr(batch, field.name)
        for field in dataclasses.fields(BatchCard)
        if field.name not in {"agency_name", "agency_code", "size_bytes"}
    }
    return BatchCard(
        agency_name=batch.agency.name, agency_code=batch.agency.code, size_bytes=batch.file.size_bytes, **copied
    )


class BatchOrder(enum.StrEnum):
    """By what a list of batches is sorted; batches that are alike in it stand newest first."""

    RECEIVED = "received"  #: when the file came
    AGENCY = "agency"  #: who sent it
    FILE = "file"  #: its name
    TAKEN = "taken"  #: rows that were taken, new or changed
    REFUSED = "refused"  #: rows that could not be taken


_ORDERS: dict[BatchOrder, F | functions.Lower | CombinedExpression] = {
    BatchOrder.RECEIVED: F("received_at"),
    BatchOrder.AGENCY: functions.Lower("agency__name"),
    BatchOrder.FILE: functions.Lower("file_name"),
    BatchOrder.TAKEN: F("rows_new") + F("rows_changed"),
    BatchOrder.REFUSED: F("rows_refused"),
}


def get_batches(  # which part, of which batches and in which order are each their own word
    *,
    first: int,
    count: int,
    agency_code: str = "",
    state: str = "",
    order: BatchOrder = BatchOrder.RECEIVED,
    is_descending: bool = True,
) -> list[BatchCard]:
    """Return batches, newest first unless another order is asked for.

    Shapes: 1 query, at most `count` from the `first`.
    """
    by = _ORDERS[order]
    batches = _batches(agency_code=agency_code, state=state).select_related("agency", "file")
    batches = batches.order_by(by.desc() if is_descending else by.asc(), "-received_at", "-id")
    return [_card(batch) for batch in batches[first : first + count]]


def count_batches(*, agency_code: str = "", state: str = "") -> int:
    """Return how many batches there are.

    Shapes: 1 query.
    """
    return _batches(agency_code=agency_code, state=state).count()


def _batches(*, agency_code: str, state: str) -> QuerySet[models.Batch]:
    batches = models.Batch.objects.all()
    if agency_code:
        batches = batches.filter(agency__code=agency_code)
    return batches.filter(state=state) if state else batches


def get_batch(*, batch_id: uuid.UUID) -> BatchCard:
    """Return one batch.

    Errors: NoSuchBatch.
    """
    batch = models.Batch.objects.select_related("agency", "file").filter(pk=batch_id).first()
    if batch is None:
        raise NoSuchBatch(batch_id)
    return _card(batch)


def get_refusals(*, batch_id: uuid.UUID, first: int, count: int) -> list[RefusalCard]:
    """Return the refused rows of a batch in file order.

    Shapes: 1 query, at most `count` from the `first`.
    """
    refusals = models.Refusal.objects.filter(batch_id=batch_id).order_by("line_number", "byte_start", "id")
    return [
        RefusalCard(
            line_number=refusal.line_number,
            byte_start=refusal.byte_start,
            byte_length=refusal.byte_length,
            reasons=tuple(refusal.reasons),
        )
        for refusal in refusals[first : first + count]
    ]


def get_current_messages(*, agency_id: uuid.UUID, message_hashes: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return, of these messages, those that are known, with the fingerprint of what they say now."""
    rows = models.SourceRecord.objects.filter(
        agency_id=agency_id, is_current=True, message_hash__in=list(message_hashes)
    ).values_list("message_hash", "content_hash")
    return {bytes(message): bytes(content) for message, content in rows}


def content_of(*, file_id: uuid.UUID, byte_start: int, byte_length: int) -> bytes:
    """Return a part of a kept file, exactly as it came.

    Shapes: 1 query; only the pieces that hold the part are read, and only the part is carried.
    """
    first, last = byte_start // _CHUNK_BYTES, max(byte_start + byte_length - 1, byte_start) // _CHUNK_BYTES
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(content FROM greatest(%s - position::bigint * %s, 0)::int + 1"
            " FOR (least(%s, (position::bigint + 1) * %s) - greatest(%s, position::bigint * %s))::int)"
            " FROM records_sourcefilechunk WHERE file_id = %s AND position BETWEEN %s AND %s ORDER BY position",
            [byte_start, _CHUNK_BYTES, byte_start + byte_length, _CHUNK_BYTES, byte_start, _CHUNK_BYTES]
            + [file_id, first, last],
        )
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def open_file(*, file_id: uuid.UUID) -> BinaryIO:
    """Return a kept file's bytes as a file that can be sought; the caller closes it."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  (the caller closes it)
    for piece in _pieces(file_id):
        file.write(piece)
    file.seek(0)
    return file  # type: ignore[return-value]  # a spooled file is a BinaryIO in all but name


def _pieces(file_id: uuid.UUID) -> Iterator[bytes]:
    position = 0
    while True:
        piece = (
            models.SourceFileChunk.objects.filter(file_id=file_id, position=position)
            .values_list("content", flat=True)
            .first()
        )
        if piece is None:
            return
        yield bytes(piece)
        position += 1


def count_rows_read() -> int:
    """Return how many rows all batches have accounted for so far."""
    return models.Batch.objects.aggregate(rows=Sum("rows_read"))["rows"] or 0
