"""Which records' time is over: each child's life from the statuses that records and work here ever showed, by the schedule.

Belongs here: gathering lives, as the batch sees them. Not here: the weighing (rules).
"""

import collections
import dataclasses
import datetime
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from joinedup.governance.rights import rules
from joinedup.governance.rights.queries import schedule as schedules

_AT_A_TIME = 2_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DueChild:
    """One child with until when the record is kept, and by which statuses."""

    child_id: uuid.UUID
    number: str
    keeping: rules.Keeping


def find_due(*, on: datetime.date) -> Iterator[DueChild]:
    """Yield the children whose records' time is over on a day, those on hold left out, in the order of their identifiers.

    Shapes: 2 queries for each 2,000 children old enough; only the batch sees them.
    """
    schedule = schedules.get_schedule()
    after = uuid.UUID(int=0)
    while children := _children(_OLD_ENOUGH, [rules.born_by(schedule=schedule, on=on), after, _AT_A_TIME]):
        for due in _weighed(children, schedule):
            if due.keeping.is_over(on=on):
                yield due
        after = children[-1].id


def get_keeping(*, child_id: uuid.UUID) -> DueChild | None:
    """Return until when one child's record is kept, as things stand now; None where nothing is known of the child.

    Shapes: 2 queries; only the batch sees it.
    """
    return next(iter(_weighed(_children(_ONE, [child_id]), schedules.get_schedule())), None)


@dataclasses.dataclass(frozen=True, slots=True)
class _Child:
    id: uuid.UUID
    number: str
    birth_date: datetime.date | None
    death_date: datetime.date | None
    is_on_hold: bool


def _children(query: str, given: list[Any]) -> list[_Child]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return [_Child(*row) for row in cursor.fetchall()]


def _weighed(children: Sequence[_Child], schedule: rules.Schedule) -> list[DueChild]:
    held: dict[uuid.UUID, list[rules.Held]] = collections.defaultdict(list)
    with connection.cursor() as cursor:
        ids = [child.id for child in children]
        cursor.execute(_HELD, [ids] * 3)
        for child_id, is_help, kind, started, ended in cursor.fetchall():
            status = schedule.status_of_help(kind) if is_help else schedule.status_of_event(kind)
            held[child_id].append(rules.Held(status=status, started_date=started, ended_date=ended))
    return [
        DueChild(
            child_id=child.id,
            number=child.number,
            keeping=rules.weigh(
                rules.Life(birth_date=child.birth_date, death_date=child.death_date, held=tuple(held[child.id])),
                schedule=schedule,
                is_on_hold=child.is_on_hold,
            ),
        )
        for child in children
    ]


# The index leaves out what guarded agencies alone say; a record is kept by what anyone says.
_DAY = """
coalesce(s.{day}, (
    SELECT i.{day} FROM childindex_link l JOIN records_identitystatement i ON i.person_record_id = l.person_record_id
    WHERE l.child_id = c.id AND l.ended_at IS NULL AND i.is_current AND i.{day} IS NOT NULL
    ORDER BY i.source_record_id DESC LIMIT 1))
"""
_BORN, _DIED = _DAY.format(day="birth_date"), _DAY.format(day="death_date")
_CHILD = f"""
SELECT c.id, c.number, {_BORN}, {_DIED}, rights_is_held(c.id)
FROM people_child c JOIN people_childsummary s ON s.child_id = c.id
WHERE c.state = 'active' AND
"""  # noqa: S608  (only our own column names are put together)
_ONE = f"{_CHILD} c.id = %s"
_OLD_ENOUGH = f"{_CHILD} {_BORN} <= %s AND c.id > %s ORDER BY c.id LIMIT %s"

# What was ever said counts, though a later row says otherwise: only what was taken back as a whole was never so. Of a row
# that was replaced, an end that was not known then is passed over where a row that counts says the same of the same person.
_HELD = """
WITH linked AS MATERIALIZED (
    SELECT l.child_id, l.person_record_id FROM childindex_link l WHERE l.child_id = ANY (%s) AND l.ended_at IS NULL
)
SELECT DISTINCT linked.child_id, true, i.kind, i.started_date, i.ended_date
FROM linked JOIN records_involvement i ON i.person_record_id = linked.person_record_id
JOIN records_sourcerecord r ON r.id = i.source_record_id JOIN records_batch b ON b.id = r.batch_id AND b.state <> 'undone'
WHERE i.is_current OR NOT EXISTS (
    SELECT 1 FROM records_involvement now WHERE now.person_record_id = i.person_record_id AND now.kind = i.kind
    AND now.is_current)
UNION ALL
SELECT DISTINCT l.child_id, false, e.kind, e.happened_date, coalesce(e.ended_date, e.happened_date)
FROM childindex_link l JOIN records_chronologyentry e ON e.person_record_id = l.person_record_id
JOIN records_sourcerecord r ON r.id = e.source_record_id JOIN records_batch b ON b.id = r.batch_id AND b.state <> 'undone'
WHERE l.child_id = ANY (%s) AND l.ended_at IS NULL
UNION ALL
SELECT w.child_id, true, w.kind, w.started_date, w.ended_date FROM rights_work_of(%s) w
"""
