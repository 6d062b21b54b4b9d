"""What an export holds, read afresh under the asker's own sight: a seal or an ended involvement counts at once.

Belongs here: from opened records to a table. Not here: writing it as a file (foundation.sheets), asking for it (asking).
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import sheets
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules

_MOST_EVENTS = 2_000
MARK_COLUMN = "Export"
_WHO = {
    "given_name": "First name",
    "family_name": "Family name",
    "preferred_name": "Preferred name",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "address": "Address",
    "postcode": "Postcode",
}
_FACTS = {
    **_WHO,
    "middle_names": "Middle names",
    "former_family_name": "Former family name",
    "death_date": "Date of death",
    "nhs_number": "NHS number",
    "upn": "Unique pupil number",
}


def list_of(
    numbers: Mapping[uuid.UUID, str], records: Sequence[childindex_queries.OpenedRecord], *, mark: str
) -> sheets.Sheet:
    """Return the children as one row each: who they are, no numbers but our own, and the mark of the export.

    Shapes: 1 query.
    """
    facts = childindex_queries.get_facts_of_children(records=records)
    rows = []
    for child_id, number in numbers.items():
        values = {fact.field: fact.value for fact in facts.get(child_id, ())}
        rows.append((number, *(values.get(field, "") for field in _WHO), mark))
    return sheets.Sheet(title="Children", columns=("Child number", *_WHO.values(), MARK_COLUMN), rows=tuple(rows))


def child_of(number: str, records: Sequence[childindex_queries.OpenedRecord], *, mark: str) -> sheets.Sheet:
    """Return one child's page as a table: each line says what, since and until when, and who says so.

    Shapes: 5 queries.
    """
    ids = [record.person_record_id for record in records]
    known = childindex_queries.get_facts_of_children(records=records)
    rows: list[tuple[sheets.Cell, ...]] = [
        ("Known", label, value, None, None, ", ".join(sorted({saying.agency_name for saying in sayings})))
        for facts in known.values()
        for fact in facts
        for label, value, sayings in _values_of(fact)
    ]
    rows += [
        ("Help", line.service, _reached(line), line.started_date, line.ended_date, line.agency_name)
        for line in records_queries.get_help(person_record_ids=ids)
    ]
    rows += [
        ("Relationship", line.relationship, f"{line.name} {line.phone}".strip(), None, None, line.agency_name)
        for line in records_queries.get_relatives(person_record_ids=ids)
    ]
    happened = records_queries.get_chronology(person_record_ids=ids, first=0, count=_MOST_EVENTS)
    rows += [
        ("Event", line.kind, line.words, line.happened_date, line.ended_date, line.agency_name) for line in happened
    ]
    columns = ("Child number", "Part", "What", "Words", "From", "Until", "Said by", MARK_COLUMN)
    return sheets.Sheet(title="One child", columns=columns, rows=tuple((number, *row, mark) for row in rows))


def _values_of(fact: childindex_rules.Fact) -> list[tuple[str, str, tuple[childindex_rules.Saying, ...]]]:
    label = _FACTS.get(fact.field, fact.field)
    return [(label, fact.value, fact.sayings), *((label, value, sayings) for value, sayings in fact.others)]


def _reached(line: records_queries.HelpLine) -> str:
    return ", ".join(part for part in (line.practitioner, line.phone) if part)


def day_and_time(at: datetime.datetime) -> str:
    """Return a moment as a row's mark has it."""
    return f"{at:%Y-%m-%d %H:%M}"
