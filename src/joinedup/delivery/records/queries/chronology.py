"""Reads of what happened, over all agencies: a part of it, and how much there is of each kind, agency and year."""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.db import connection


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyLine:
    """Something that happened, and the source record that says so."""

    happened_date: datetime.date
    ended_date: datetime.date | None
    kind: str
    words: str
    agency_code: str
    agency_name: str
    source_record_id: uuid.UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyTally:
    """How many lines one agency has of one kind in one year."""

    kind: str
    agency_code: str
    agency_name: str
    year: int
    lines: int


def get_chronology(
    *,
    person_record_ids: Sequence[uuid.UUID],
    first: int,
    count: int,
    kind: str = "",
    agency_code: str = "",
    is_oldest_first: bool = False,
) -> list[ChronologyLine]:
    """Return what happened, newest first unless asked otherwise; the same thing said twice by one agency stands once.

    Shapes: 1 query, at most `count` lines from the `first`.
    """
    query = _OLDEST_FIRST if is_oldest_first else _NEWEST_FIRST
    with connection.cursor() as cursor:
        cursor.execute(query, [list(person_record_ids), kind, kind, agency_code, agency_code, count, first])
        names = [column.name for column in cursor.description or ()]
        return [ChronologyLine(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def tally_chronology(*, person_record_ids: Sequence[uuid.UUID]) -> list[ChronologyTally]:
    """Return how many lines there are of each kind, agency and year, which tells every total and where a year begins.

    Shapes: 1 query, whatever is narrowed to afterwards.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, [list(person_record_ids), "", ""])
        names = [column.name for column in cursor.description or ()]
        return [ChronologyTally(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_SAID = """
    SELECT DISTINCT ON (c.happened_date, c.kind, c.words, p.agency_id)
           c.happened_date, c.ended_date, c.kind, c.words, p.agency_id, c.source_record_id
    FROM records_chronologyentry c JOIN records_personrecord p ON p.id = c.person_record_id
    WHERE c.person_record_id = ANY(%s) AND c.is_current AND (%s = '' OR c.kind = %s)
    ORDER BY c.happened_date DESC, c.kind, c.words, p.agency_id, c.id DESC
"""
_LINES = f"""
SELECT said.happened_date, said.ended_date, said.kind, said.words, a.code AS agency_code, a.name AS agency_name,
       said.source_record_id
FROM ({_SAID}) said JOIN agencies_agency a ON a.id = said.agency_id
WHERE (%s = '' OR a.code = %s)
"""  # noqa: S608  (only our own words are put together)
_NEWEST_FIRST = (
    f"{_LINES} ORDER BY said.happened_date DESC, said.source_record_id DESC, said.words, said.kind LIMIT %s OFFSET %s"
)
_OLDEST_FIRST = f"{_LINES} ORDER BY said.happened_date, said.source_record_id, said.words, said.kind LIMIT %s OFFSET %s"
_TALLY = f"""
SELECT said.kind, a.code AS agency_code, a.name AS agency_name,
       extract(year FROM said.happened_date)::int AS year, count(*) AS lines
FROM ({_SAID}) said JOIN agencies_agency a ON a.id = said.agency_id
GROUP BY 1, 2, 3, 4 ORDER BY 4 DESC, 3, 2, 1
"""  # noqa: S608  (only our own words are put together)
