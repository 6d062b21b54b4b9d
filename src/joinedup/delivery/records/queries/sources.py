"""Reads of one source record: where it came from and what it says, for whoever follows a fact to its origin."""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.delivery.records import models


class NoSuchSourceRecord(Exception):
    """No source record has this identifier."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecordCard:
    """A source record's origin."""

    id: uuid.UUID
    person_record_id: uuid.UUID
    agency_id: uuid.UUID
    agency_name: str
    agency_phone: str
    file_id: uuid.UUID
    file_name: str
    format: str
    table: str
    batch_id: uuid.UUID
    line_number: int
    byte_start: int
    byte_length: int
    received_at: datetime.datetime
    legal_basis: str
    notes: tuple[str, ...]
    is_current: bool
    superseded_by_id: uuid.UUID | None
    local_id: str
    scheme: str


def get_source_record(*, source_record_id: uuid.UUID) -> SourceRecordCard:
    """Return one source record.

    Shapes: 1 query.
    Errors: NoSuchSourceRecord.
    """
    found = (
        models.SourceRecord.objects.select_related("batch__agency", "person_record").filter(pk=source_record_id).first()
    )
    if found is None:
        raise NoSuchSourceRecord(source_record_id)
    batch = found.batch
    return SourceRecordCard(
        id=found.id,
        person_record_id=found.person_record_id,
        agency_id=found.agency_id,
        agency_name=batch.agency.name,
        agency_phone=batch.agency.phone,
        file_id=batch.file_id,
        file_name=batch.file_name,
        format=batch.format,
        table=found.table,
        batch_id=batch.id,
        line_number=found.line_number,
        byte_start=found.byte_start,
        byte_length=found.byte_length,
        received_at=batch.received_at,
        legal_basis=batch.legal_basis,
        notes=tuple(found.notes or ()),
        is_current=found.is_current,
        superseded_by_id=found.superseded_by_id,
        local_id=found.person_record.local_id,
        scheme=found.person_record.scheme,
    )


def get_own_content(*, source_record_id: uuid.UUID) -> bytes | None:
    """Return a source record's row byte for byte to the agency that sent it, of a child who is open; None to others.

    Shapes: 1 query; only the pieces of the file that hold the row are read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_content(%s)", [source_record_id])
        row = cursor.fetchone()
    return None if row is None or row[0] is None else bytes(row[0])
