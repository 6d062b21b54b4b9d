"""Writing who each child is now: the SQL twin of rules.summary_of; a test holds the two together."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.processes.childindex import rules
from joinedup.processes.childindex.operations import relating

_FIELDS = (
    ("given_name", "i.given_name"),
    ("middle_names", "i.middle_names"),
    ("family_name", "i.family_name"),
    ("known_as", "i.preferred_name"),
    ("sex", "i.sex"),
    ("nhs_number", "i.nhs_number"),
    ("upn", "i.upn"),
    ("address", "i.address"),
    ("postcode", "i.postcode"),
)
_DATES = (("birth_date", "i.birth_date"), ("death_date", "i.death_date"))


def _first(column: str, said: str, *, is_said: str) -> str:
    """The word of the agency with most authority, its newest one."""
    order = 'authority, agency_name COLLATE "C", agency_id, received_at DESC, source_record_id DESC'
    return f"(array_agg({said} ORDER BY {order}) FILTER (WHERE {is_said}))[1] AS {column}"


_CHOSEN = ",\n".join(
    [
        f"coalesce({_first('x', column, is_said=f'{column} <> %s').split(' AS ')[0]}, '') AS {column}".replace(
            "%s", "''"
        )
        for column, _ in _FIELDS
    ]
    + [_first(column, column, is_said=f"{column} IS NOT NULL") for column, _ in _DATES]
)
_SAID = ", ".join(f"{source} AS {column}" for column, source in (*_FIELDS, *_DATES))
_COLUMNS = [column for column, _ in (*_FIELDS, *_DATES)]

_REFRESH = f"""
INSERT INTO people_childsummary (child_id, sort_name, has_targeted_help, record_count, agency_count,
                                 {", ".join(_COLUMNS)})
SELECT child_id, left(lower(family_name || ' ' || given_name), 200),
       EXISTS (SELECT 1 FROM childindex_link l JOIN records_involvement v ON v.person_record_id = l.person_record_id
               WHERE l.child_id = chosen.child_id AND l.ended_at IS NULL AND v.is_current
                 AND v.ended_date IS NULL AND v.level <> 'universal' AND v.tier = 1),
       record_count, agency_count, {", ".join(_COLUMNS)}
FROM (
    SELECT child_id, count(DISTINCT person_record_id) AS record_count,
           count(DISTINCT agency_id) FILTER (WHERE NOT is_guarded) AS agency_count,
           {_CHOSEN}
    FROM (
        SELECT l.child_id, l.person_record_id, coalesce(array_position(%s::text[], a.kind::text), 99) AS authority,
               a.lowest_tier > 1 AS is_guarded, a.name AS agency_name, a.id AS agency_id,
               b.received_at, i.source_record_id, {_SAID}
        FROM childindex_link l
        JOIN records_identitystatement i ON i.person_record_id = l.person_record_id AND i.is_current
        JOIN records_sourcerecord s ON s.id = i.source_record_id
        JOIN records_batch b ON b.id = s.batch_id
        JOIN agencies_agency a ON a.id = b.agency_id
        WHERE l.ended_at IS NULL AND (%s::uuid[] IS NULL OR l.child_id = ANY(%s::uuid[]))
    ) said
    GROUP BY child_id
) chosen
ON CONFLICT (child_id) DO UPDATE SET
    sort_name = excluded.sort_name, has_targeted_help = excluded.has_targeted_help,
    record_count = excluded.record_count, agency_count = excluded.agency_count,
    {", ".join(f"{column} = excluded.{column}" for column in _COLUMNS)}
"""  # noqa: S608  (only our own column names are put together)

_DROP = (
    "DELETE FROM people_childsummary s WHERE (%s::uuid[] IS NULL OR s.child_id = ANY(%s::uuid[])) AND NOT EXISTS "
    "(SELECT 1 FROM people_child c WHERE c.id = s.child_id AND c.state = 'active')"
)

_SEALED = (
    "SELECT s.child_id, s.given_name, s.family_name, s.birth_date FROM people_childsummary s "
    "JOIN people_child c ON c.id = s.child_id AND c.is_sealed WHERE %s::uuid[] IS NULL OR s.child_id = ANY(%s::uuid[])"
)


def refresh_all(*, at: datetime.datetime) -> None:
    """Write afresh who every child is now, and who is tied to them."""
    _refresh(None)
    relating.relate(None, at=at)


def refresh(child_ids: Sequence[uuid.UUID], *, at: datetime.datetime) -> None:
    """Write afresh who these children are now, and who is tied to them."""
    _refresh(list(child_ids))
    relating.relate(child_ids, at=at)


def _refresh(child_ids: list[uuid.UUID] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [child_ids, child_ids])
        cursor.execute(_REFRESH, [list(rules.AUTHORITY), child_ids, child_ids])
        cursor.execute(_SEALED, [child_ids, child_ids])
        sealed = cursor.fetchall()
    if sealed:
        _refresh_stubs(sealed)


def _refresh_stubs(sealed: Sequence[tuple[uuid.UUID, str, str, datetime.date | None]]) -> None:
    """Let the stubs of sealed children be found by what they show now, and where those children live lead nowhere."""
    keys = [
        (key, child_id)
        for child_id, given, family, born in sealed
        for key in sorted(rules.stub_keys_of(given_name=given, family_name=family, birth_date=born))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM childindex_stubkey WHERE child_id = ANY(%s)", [[child_id for child_id, *_ in sealed]]
        )
        cursor.executemany("INSERT INTO childindex_stubkey (value, child_id) VALUES (%s, %s)", keys)
        cursor.execute("SELECT childindex_spread()")
