"""Writing who each child is now, as far as anyone may hear of it (chosen)."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.processes.childindex import chosen, rules
from joinedup.processes.childindex.operations import relating

# What agencies say of whom even that they know the child is guarded is not in it, neither in words nor in numbers.
_REFRESH = f"""
INSERT INTO people_childsummary (child_id, sort_name, has_targeted_help, record_count, agency_count,
                                 {", ".join(chosen.COLUMNS)})
SELECT child_id, left(lower(family_name || ' ' || given_name), 200),
       EXISTS (SELECT 1 FROM childindex_link l JOIN records_involvement v ON v.person_record_id = l.person_record_id
               JOIN records_personrecord p ON p.id = v.person_record_id
               JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
               WHERE l.child_id = chosen.child_id AND l.ended_at IS NULL AND v.is_current
                 AND v.ended_date IS NULL AND v.level <> 'universal' AND v.tier = 1),
       record_count, agency_count, {", ".join(chosen.COLUMNS)}
FROM (
    SELECT child_id, count(DISTINCT person_record_id) FILTER (WHERE NOT is_guarded) AS record_count,
           count(DISTINCT agency_id) FILTER (WHERE NOT is_guarded) AS agency_count,
           {chosen.columns("NOT is_guarded")}
    FROM ({chosen.said("(%s::uuid[] IS NULL OR l.child_id = ANY(%s::uuid[]))")}) said
    GROUP BY child_id
) chosen
ON CONFLICT (child_id) DO UPDATE SET
    sort_name = excluded.sort_name, has_targeted_help = excluded.has_targeted_help,
    record_count = excluded.record_count, agency_count = excluded.agency_count,
    {", ".join(f"{column} = excluded.{column}" for column in chosen.COLUMNS)}
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
    with connection.cursor() as cursor:
        # An agency may have become one of whom even that it knows a child is guarded.
        cursor.execute("SELECT childindex_guard_keys()")
    _refresh(None)
    relating.relate(None, at=at)


def refresh(child_ids: Sequence[uuid.UUID], *, at: datetime.datetime) -> None:
    """Write afresh who these children are now, and who is tied to them."""
    _refresh(list(child_ids))
    relating.relate(child_ids, at=at)


def _refresh(child_ids: list[uuid.UUID] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [child_ids, child_ids])
        cursor.execute(_REFRESH, [child_ids, child_ids])
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
