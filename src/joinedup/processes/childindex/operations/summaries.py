"""Writing who each child is now, as summary_sql says it."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.processes.childindex import rules, summary_sql
from joinedup.processes.childindex.operations import relating

_REFRESH, _DROP = summary_sql.refresh("%s"), summary_sql.drop("%s")
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
