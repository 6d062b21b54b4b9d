"""Reads of what one source record says besides who the child is: who helps, what happened, who is named."""

import dataclasses
import datetime
import uuid

from django.db import connection


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """One thing that a source record says.

    Shapes: `part` is "help", "happened" or "relative"; `kind` is the involvement's kind, the entry's, or the relationship.
    """

    part: str
    kind: str
    words: str
    started_date: datetime.date | None
    ended_date: datetime.date | None


def get_said(*, source_record_id: uuid.UUID) -> list[SaidLine]:
    """Return what one source record says besides who the child is.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SAID, [source_record_id] * 3)
        return [
            SaidLine(part=row[0], kind=row[1], words=row[2], started_date=row[3], ended_date=row[4])
            for row in cursor.fetchall()
        ]


_SAID = """
SELECT 'help', i.kind, concat_ws(', ', coalesce(t.name, nullif(i.service, '')), nullif(i.practitioner, ''),
                                 nullif(i.phone, '')), i.started_date, i.ended_date
FROM records_involvement i LEFT JOIN agencies_team t ON t.id = i.team_id WHERE i.source_record_id = %s
UNION ALL
SELECT 'happened', kind, words, happened_date, ended_date FROM records_chronologyentry WHERE source_record_id = %s
UNION ALL
SELECT 'relative', relationship, concat_ws(', ', nullif(name, ''), nullif(phone, '')), NULL, NULL
FROM records_relative WHERE source_record_id = %s
ORDER BY 1, 4, 2, 3
"""
