"""Taking an export: read under the asker's own sight, marked, counted and written into the audit of each child."""

import dataclasses
import datetime
import hashlib
import uuid

from django.db import transaction

from joinedup.foundation import clock, sheets
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.exports import models, queries, rules
from joinedup.governance.exports.operations import asking, contents
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken: the table, marked, and the file made of it; a page to print has no file."""

    number: str
    sheet: sheets.Sheet
    content: bytes
    child_count: int


@transaction.atomic
def take(*, export_id: uuid.UUID, as_: rules.Format, by: access_rules.Viewer, at: datetime.datetime) -> Taken:
    """Take an export of one's own; children who may no longer leave are not in it.

    Shapes: at most 20 queries, however many children.
    Errors: NoSuchExport for another person's; NotOpen; StepUpNeeded; NothingToExport.
    """
    audit_operations.open_view(viewer=by, act="exports.take-asked", record_ref=str(export_id))
    export = asking.locked(export_id)
    if export.asked_by_id != by.user_id:
        raise queries.NoSuchExport(export_id)
    card = queries.card_of(export, at=at)
    if card.state is not rules.State.READY:
        raise rules.NotOpen(card.state)
    sheet, child_count = _read(card, by=by, at=at, is_agreed=export.decided_by_id is not None)
    content = _file(sheet, as_, at=at)
    models.ExportTaking.objects.create(
        export=export,
        taken_by_id=by.user_id,
        taken_by_name=by.name,
        home_id=export.home_id,
        taken_at=at,
        format=as_,
        row_count=len(sheet.rows),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return Taken(number=card.number, sheet=sheet, content=content, child_count=child_count)


def _read(
    card: queries.ExportCard, *, by: access_rules.Viewer, at: datetime.datetime, is_agreed: bool
) -> tuple[sheets.Sheet, int]:
    subjects = list(models.ExportSubject.objects.filter(export_id=card.id).values_list("child_id", flat=True))
    sorted_out = asking.sort_children(child_ids=subjects, by=by, is_agreed=is_agreed)
    audit_operations.open_view(
        viewer=by,
        act="exports.taken",
        purpose=card.reason,
        reason=card.why,
        record_ref=card.number,
        subjects=sorted_out.allowed,
    )
    records = [
        record
        for record in childindex_queries.open_children(child_ids=sorted_out.allowed)
        if record.child_id not in sorted_out.own_only or record.agency_id == by.home_id
    ]
    numbers = {
        child_id: child.number for child_id, child in people_queries.get_children(child_ids=sorted_out.allowed).items()
    }
    taken_at = clock.local(at)
    mark = rules.row_mark(number=card.number, name=by.name, at=contents.day_and_time(taken_at))
    if card.kind is rules.Kind.CHILD:
        sheet = contents.child_of(next(iter(numbers.values())), records, mark=mark)
    else:
        sheet = contents.list_of(numbers, records, mark=mark)
    notice = rules.watermark(number=card.number, name=by.name, at=contents.day_and_time(taken_at), why=card.why)
    return dataclasses.replace(sheet, notice=notice), len(numbers)


def _file(sheet: sheets.Sheet, as_: rules.Format, *, at: datetime.datetime) -> bytes:
    if as_ is rules.Format.WORKBOOK:
        return sheets.as_workbook(sheet, at=at)
    return sheets.csv_bytes(sheet)
