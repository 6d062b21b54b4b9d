"""Reads of all that is kept of some person records, what counts no longer included: for the person whom it is about.

Belongs here: each different thing that an agency ever said, once. Not here: what counts now (sayings, chronology).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.delivery.records import rules

_FIELDS = tuple(
    field.name
    for field in dataclasses.fields(rules.Identity)
    if field.name not in {"nhs_number_verified", "former_nhs_numbers"}
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """One thing that one agency said, with the newest source record that says so, and whether it still counts.

    Shapes: `part` is "identity", "help", "event" or "relative"; `kind` is the field, the kind of help or event, or the
    relationship; `person` and `phone` are of whoever is named in it besides the child. What was written here, and came in no
    file, has a part of its own and neither source nor person record.
    """

    part: str
    kind: str
    words: str
    person: str
    phone: str
    started_date: datetime.date | None
    ended_date: datetime.date | None
    tier: int
    agency_name: str
    source_record_id: uuid.UUID | None
    person_record_id: uuid.UUID | None
    received_at: datetime.datetime
    is_current: bool


def get_everything(*, person_record_ids: Sequence[uuid.UUID]) -> list[KeptLine]:
    """Return all that is kept of these persons and that the viewer may read, what counts first, newest first.

    Shapes: 1 query; one line for each different thing that one agency said.
    """
    with connection.cursor() as cursor:
        cursor.execute(_EVERYTHING, [list(person_record_ids)] * 4)
        names = [column.name for column in cursor.description or ()]
        return [KeptLine(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_SAID = f"""
SELECT 'identity' AS part, v.field AS kind, v.value AS words, '' AS person, '' AS phone, NULL::date AS started_date,
       NULL::date AS ended_date, 1 AS tier, i.source_record_id, i.is_current
FROM records_identitystatement i
CROSS JOIN LATERAL (VALUES {", ".join(f"('{name}', i.{name}::text)" for name in _FIELDS)}) AS v(field, value)
WHERE i.person_record_id = ANY (%s) AND v.value <> ''
UNION ALL
SELECT 'help', i.kind, coalesce(t.name, i.service), i.practitioner, i.phone, i.started_date, i.ended_date, i.tier,
       i.source_record_id, i.is_current
FROM records_involvement i LEFT JOIN agencies_team t ON t.id = i.team_id WHERE i.person_record_id = ANY (%s)
UNION ALL
SELECT 'event', e.kind, e.words, '', '', e.happened_date, e.ended_date, e.tier, e.source_record_id, e.is_current
FROM records_chronologyentry e WHERE e.person_record_id = ANY (%s)
UNION ALL
SELECT 'relative', r.relationship, '', r.name, r.phone, NULL, NULL, 1, r.source_record_id, r.is_current
FROM records_relative r WHERE r.person_record_id = ANY (%s)
"""  # noqa: S608  (only our own column names are put together)

_EVERYTHING = f"""
SELECT said.part, said.kind, said.words, said.person, said.phone, said.started_date, said.ended_date, said.tier::integer,
       a.name AS agency_name,
       (array_agg(s.id ORDER BY said.is_current DESC, b.received_at DESC, s.id DESC))[1] AS source_record_id,
       (array_agg(s.person_record_id ORDER BY said.is_current DESC, b.received_at DESC, s.id DESC))[1] AS person_record_id,
       max(b.received_at) AS received_at, bool_or(said.is_current) AS is_current
FROM ({_SAID}) said
JOIN records_sourcerecord s ON s.id = said.source_record_id
JOIN records_batch b ON b.id = s.batch_id JOIN agencies_agency a ON a.id = b.agency_id
GROUP BY said.part, said.kind, said.words, said.person, said.phone, said.started_date, said.ended_date, said.tier, a.name
ORDER BY array_position(ARRAY['identity', 'help', 'event', 'relative'], said.part), is_current DESC,
         said.started_date DESC NULLS LAST, said.kind, a.name, said.words, said.person
"""  # noqa: S608  (only our own words are put together)
