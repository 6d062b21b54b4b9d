"""What people looked at between two moments, for a batch: the database's own functions answer.

Belongs here: looks as the audit holds them. Not here: what a look means, and the looks at one subject (assurance).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Iterator, Sequence

from django.db import connection


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WeekLine:
    """One event of a person and one subject of it; `went_on` until the same session asked for something else."""

    event_id: uuid.UUID
    at: datetime.datetime
    went_on: datetime.timedelta | None
    actor_id: uuid.UUID
    roles: tuple[str, ...]
    home_id: uuid.UUID | None
    act: str
    purpose: str
    record_ref: str
    subject_id: uuid.UUID


def _roles(kept: str) -> tuple[str, ...]:
    return tuple(kept.split(",")) if kept else ()


def read_looks(*, since: datetime.datetime, until: datetime.datetime, acts: Sequence[str]) -> Iterator[WeekLine]:
    """Yield what people looked at between two moments, in order of time; for the batch role alone, in an open view."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_looks_between(%s, %s, %s)", [since, until, list(acts)])
        names = [column.name for column in cursor.description or ()]
        for row in cursor:
            given = dict(zip(names, row, strict=True))
            yield WeekLine(**{**given, "roles": _roles(given["roles"])})


def count_hours(
    *, since: datetime.datetime, until: datetime.datetime, acts: Sequence[str]
) -> dict[uuid.UUID, dict[int, int]]:
    """Return how many looks each person made in each hour of England's clocks; for the batch role alone, in an open view.

    Shapes: 0 to 23 on working days, 24 to 47 at weekends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id, hour + CASE WHEN is_weekend THEN 24 ELSE 0 END, looks "
            "FROM audit_hours_between(%s, %s, %s, 'Europe/London')",
            [since, until, list(acts)],
        )
        rows = cursor.fetchall()
    counted: dict[uuid.UUID, dict[int, int]] = {}
    for actor_id, hour, looks in rows:
        counted.setdefault(actor_id, {})[hour] = looks
    return counted
