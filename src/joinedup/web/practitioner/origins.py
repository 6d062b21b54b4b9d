"""The words of a source record's page: where it came from, what it says, and its row where that may be shown.

Belongs here: turning a record into presenters. Not here: who may see the row (childindex).
"""

import dataclasses

from django.urls import reverse

from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import presenters, words
from joinedup.web.practitioner import finding, showing
from joinedup.web.practitioner import presenters as practitioner

_LABELS = {
    "given_name": "First name",
    "middle_names": "Middle names",
    "family_name": "Family name",
    "preferred_name": "Preferred name",
    "former_family_name": "Former family name",
    "birth_date": "Date of birth",
    "expected_birth_date": "Expected date of birth",
    "death_date": "Date of death",
    "sex": "Sex",
    "nhs_number": "NHS number",
    "former_nhs_numbers": "Former NHS numbers",
    "upn": "Unique pupil number",
    "former_upn": "Former pupil number",
    "address": "Address",
    "postcode": "Postcode",
}
_MOST_LETTERS = 100_000


def _words(field: str, value: object) -> str:
    if field == "sex":
        return finding.SEX.get(str(value), str(value))
    if field == "nhs_number":
        return words.nhs_number(str(value))
    if isinstance(value, tuple):
        return ", ".join(words.nhs_number(str(part)) for part in value)
    return str(value)


def _fields(identity: records_rules.Identity) -> tuple[practitioner.RowField, ...]:
    stated = {field.name: getattr(identity, field.name) for field in dataclasses.fields(identity)}
    dated = {name: words.day(value) for name, value in stated.items() if value and name.endswith("_date")}
    return tuple(
        practitioner.RowField(column=label, value=dated.get(name) or _words(name, stated[name]))
        for name, label in _LABELS.items()
        if stated[name]
    )


def _said(line: records_queries.SaidLine) -> practitioner.RowField:
    column = {"happened": "What happened", "relative": line.kind[:1].upper() + line.kind[1:]}.get(line.part)
    since = f"since {words.day(line.started_date)}" if line.started_date else ""
    if line.part == "happened" and line.started_date:
        since = f"on {words.day(line.started_date)}"
    until = f"until {words.day(line.ended_date)}" if line.ended_date else ""
    value = ", ".join(part for part in (line.words, since, until) if part)
    return practitioner.RowField(column=column or showing.KINDS[records_rules.InvolvementKind(line.kind)], value=value)


def record_page(page: childindex_queries.RecordPage, *, may_see_batch: bool) -> practitioner.SourceRecordPage:
    """Show where a fact came from."""
    record = page.record
    newer = None
    if record.superseded_by_id is not None:
        newer = presenters.Link(
            text="See the newer version",
            href=reverse("source-record", args=[page.child_number, record.superseded_by_id]),
        )
    batch = None
    if may_see_batch:
        batch = presenters.Link(text="See the whole file", href=reverse("batch", args=[record.batch_id]))
    ring = f" Ring them on {record.agency_phone}." if record.agency_phone else ""
    return practitioner.SourceRecordPage(
        title=f"A record from {record.agency_name}",
        agency=record.agency_name,
        file_name=record.file_name,
        table=record.table,
        line_number=record.line_number,
        received_at=record.received_at,
        legal_basis=record.legal_basis,
        fields=() if page.identity is None else _fields(page.identity),
        says=tuple(_said(line) for line in page.says),
        back=presenters.Link(text="The child's page", href=reverse("child", args=[page.child_number])),
        batch=batch,
        raw=None if page.content is None else page.content.decode("utf-8", errors="replace")[:_MOST_LETTERS],
        raw_withheld=f"Only {record.agency_name} may see the whole row: it may hold more than the index shows.{ring}",
        notes=record.notes,
        newer=newer,
    )
