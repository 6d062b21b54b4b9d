"""Loading a batch: rows are stored in pieces, each with its checkpoint in the same transaction.

A piece that was cut off leaves no trace; a piece that was stored is never stored again. So a load that died can go on.
"""

import dataclasses
import datetime
import hashlib
import uuid
from collections.abc import Sequence

from django.db import connection, transaction

from joinedup.delivery.records import models, rules
from joinedup.delivery.records.operations import sorting, writing
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations


class BatchMoved(Exception):
    """Another loader has stored this piece, or the batch is closed; the message is the state in which it stands."""


_OPEN = frozenset({models.Batch.State.RECEIVED, models.Batch.State.LOADING})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What storing one piece came to, and whom it newly names."""

    new: int
    changed: int
    duplicate: int
    refused: int
    identities: Sequence[tuple[uuid.UUID, rules.Identity]]


@transaction.atomic
def begin_batch(  # what arrived, from whom and on which basis are each their own word
    *,
    agency_id: uuid.UUID,
    file_id: uuid.UUID,
    file_name: str,
    format_code: str,
    recognised: dict[str, object],
    legal_basis: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> tuple[uuid.UUID, bool]:
    """Open a batch for a file, or find the one that is open or loaded already.

    Shapes: the batch's identifier, and whether it is a new one.
    """
    batch, is_new = models.Batch.objects.get_or_create(
        agency_id=agency_id,
        file_id=file_id,
        format=format_code,
        state__in=[models.Batch.State.RECEIVED, models.Batch.State.LOADING, models.Batch.State.LOADED],
        defaults={
            "state": models.Batch.State.RECEIVED,
            "file_name": file_name[:255],
            "recognised": recognised,
            "legal_basis": legal_basis,
            "received_at": at,
            "received_by_name": by.name,
        },
    )
    if is_new:
        audit_operations.record(by=by, act="records.batch.begun", record_ref=str(batch.id))
    return batch.id, is_new


@transaction.atomic
def start_batch(*, batch_id: uuid.UUID) -> None:
    """Say that rows are about to be stored, so that a load which dies before its first piece is gone on with too.

    Errors: BatchMoved when it is closed already.
    """
    batch = _open_batch(batch_id)
    batch.state = models.Batch.State.LOADING
    batch.save(update_fields=["state"])


def message_hash(format_code: str, reading: rules.Reading) -> bytes:
    """Return what makes a later row the same message: its key where it has one, else its content.

    Shapes: 16 bytes.
    """
    key = reading.message_key.encode() if reading.message_key else b"\x00" + reading.content_hash
    return hashlib.blake2b(f"{format_code}|{reading.table}|".encode() + key, digest_size=16).digest()


@transaction.atomic
def store_rows(
    *,
    batch_id: uuid.UUID,
    rows: Sequence[rules.Reading | rules.Refused],
    rows_before: int,
    at: datetime.datetime,
) -> Stored:
    """Store one piece of a batch and move its checkpoint, all or nothing.

    Shapes: rows in file order; `rows_before` is how many rows of the file had been accounted for.
    Errors: BatchMoved when the checkpoint is not where the caller thinks.
    """
    batch = _open_batch(batch_id)
    if batch.rows_read != rows_before:
        raise BatchMoved(batch.state)
    lock_sender(batch.agency_id)
    readings = [row for row in rows if isinstance(row, rules.Reading)]
    refused = [row for row in rows if isinstance(row, rules.Refused)]
    hashed = [(message_hash(batch.format, reading), reading) for reading in readings]
    sorted_out = sorting.sort_out(batch.agency_id, hashed)
    writing.supersede(sorted_out)
    writing.write_repeats(batch_id=batch_id, repeats=sorted_out.repeats)
    stated = writing.write_readings(batch=batch, entries=sorted_out.to_write, at=at)
    writing.write_refusals(batch_id=batch_id, refused=refused)
    if rows:
        last = max((row.place for row in rows), key=lambda place: (place.byte_start, place.line_number))
        batch.read_through_byte = max(last.byte_start + last.byte_length, batch.read_through_byte)
        batch.read_through_line = last.line_number
    stored = Stored(
        new=len(sorted_out.to_write) - sorted_out.changed,
        changed=sorted_out.changed,
        duplicate=sorted_out.duplicate,
        refused=len(refused),
        identities=stated,
    )
    _count(batch, stored)
    return stored


def _open_batch(batch_id: uuid.UUID) -> models.Batch:
    batch = models.Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in _OPEN:
        raise BatchMoved(batch.state)
    return batch


def lock_sender(agency_id: uuid.UUID) -> None:
    """Let one transaction at a time say which of an agency's rows count: two files may hold the same message."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('records.sender'), hashtext(%s))", [str(agency_id)])


def _count(batch: models.Batch, stored: Stored) -> None:
    batch.state = models.Batch.State.LOADING
    batch.rows_new += stored.new
    batch.rows_changed += stored.changed
    batch.rows_duplicate += stored.duplicate
    batch.rows_refused += stored.refused
    batch.rows_read += stored.new + stored.changed + stored.duplicate + stored.refused
    batch.save()


@transaction.atomic
def finish_batch(*, batch_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime, message: str = "") -> None:
    """Close a batch whose every row is accounted for; the message says what became of its persons.

    Errors: BatchMoved when it is closed already: another loader was quicker, or it was taken back meanwhile.
    """
    batch = _open_batch(batch_id)
    batch.state = models.Batch.State.LOADED
    batch.message = message[:1000]
    batch.finished_at = at
    batch.save(update_fields=["state", "message", "finished_at"])
    audit_operations.record(by=by, act="records.batch.loaded", record_ref=str(batch_id))
    events_operations.publish("records.batch.loaded", at=at, batch_id=str(batch_id))


@transaction.atomic
def fail_batch(*, batch_id: uuid.UUID, message: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Close a batch whose file cannot be read at all, with the reason.

    Errors: BatchMoved when it is closed already.
    """
    batch = _open_batch(batch_id)
    batch.state = models.Batch.State.FAILED
    batch.message = message[:1000]
    batch.finished_at = at
    batch.save(update_fields=["state", "message", "finished_at"])
    audit_operations.record(by=by, act="records.batch.failed", record_ref=str(batch_id))
