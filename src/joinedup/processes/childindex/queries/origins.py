"""Following a fact to its origin: the source record, what it says of who the child is, and its bytes where allowed."""

import dataclasses
import uuid

from django.db import transaction

from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex.queries import opening


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """A source record as its page shows it.

    `content` is the row byte for byte, only for people of the agency that sent it: a row may hold case content,
    and the index carries pointers, never another agency's case content.
    """

    record: records_queries.SourceRecordCard
    child_number: str
    identity: records_rules.Identity | None
    says: tuple[records_queries.SaidLine, ...]
    content: bytes | None


def get_record_page(
    *, viewer: access_rules.Viewer, source_record_id: uuid.UUID, number: str, purpose: str = ""
) -> RecordPage:
    """Return a source record of a child, and write who followed it.

    Shapes: at most 9 queries.
    Errors: NoSuchChild; NotInScope; ReasonNeeded; NoSuchSourceRecord when there is none, or it is not linked to this
    child, which look the same.
    """
    asked = opening.ask_for_child(
        viewer=viewer, number=number, purpose=purpose, act="records.source.seen", record_ref=str(source_record_id)
    )
    # Where it turns out to be no record of this child, that the child was seen is taken back: nothing was shown.
    with transaction.atomic():
        opened = opening.show_child(asked, viewer=viewer)
        record = records_queries.get_source_record(source_record_id=source_record_id)
        if record.person_record_id not in opened.person_record_ids:
            raise records_queries.NoSuchSourceRecord(source_record_id)
    stated = records_queries.get_statements(person_record_ids=[record.person_record_id])
    content = None
    if viewer.home_id == record.agency_id:
        content = records_queries.get_own_content(source_record_id=record.id)
    return RecordPage(
        record=record,
        child_number=asked.card.number,
        says=tuple(records_queries.get_said(source_record_id=record.id)),
        identity=next((line.identity for line in stated if line.source_record_id == record.id), None),
        content=content,
    )
