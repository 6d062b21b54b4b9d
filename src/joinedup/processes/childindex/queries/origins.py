"""Following a fact to its origin: the source record, what it says of who the child is, and its bytes where allowed."""

import dataclasses
import uuid

from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """A source record as its page shows it.

    `content` is the row byte for byte, only for people of the agency that sent it: a row may hold case content,
    and the index carries pointers, never another agency's case content.
    """

    record: records_queries.SourceRecordCard
    child_number: str
    identity: records_rules.Identity | None
    content: bytes | None


def get_record_page(
    *, viewer: access_rules.Viewer, source_record_id: uuid.UUID, number: str, purpose: str
) -> RecordPage:
    """Return a source record of a child, and write who followed it.

    Errors: NoSuchSourceRecord when there is none, or it is not linked to this child.
    """
    event = audit_operations.open_view(
        viewer=viewer, act="records.source.seen", record_ref=str(source_record_id), purpose=purpose
    )
    record = records_queries.get_source_record(source_record_id=source_record_id)
    child_id, child_number = _child_of(record.person_record_id)
    if child_number != number:
        raise records_queries.NoSuchSourceRecord(source_record_id)
    audit_operations.add_subjects(event_id=event, subjects=[child_id])
    stated = records_queries.get_statements(person_record_ids=[record.person_record_id])
    content = None
    if viewer.home_id == record.agency_id:
        content = records_queries.content_of(
            file_id=record.file_id, byte_start=record.byte_start, byte_length=record.byte_length
        )
    return RecordPage(
        record=record,
        child_number=number,
        identity=next((line.identity for line in stated if line.source_record_id == record.id), None),
        content=content,
    )


def _child_of(person_record_id: uuid.UUID) -> tuple[uuid.UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.number FROM childindex_link l JOIN people_child c ON c.id = l.child_id "
            "WHERE l.person_record_id = %s AND l.ended_at IS NULL",
            [person_record_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise people_queries.NoSuchChild(str(person_record_id))
    return row[0], row[1]
