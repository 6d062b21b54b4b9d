"""Weighing a life by the schedule: each status says a day, the longest wins, and what cannot be worked out keeps.

Belongs here: the decision. Not here: acting on it (operations).
"""

import datetime
from collections.abc import Iterable

from joinedup.governance.rights.rules import retention
from joinedup.governance.rights.rules import schedule as schedules


def weigh(life: retention.Life, *, schedule: schedules.Schedule, is_on_hold: bool = False) -> retention.Keeping:
    """Return until when a record is kept, and which statuses decide.

    A status that the schedule does not know, or whose day cannot be worked out, keeps the record without an end:
    a doubt never deletes.
    Source: the schedule's own; that the longest period counts is the practice of every schedule that was read.
    """
    held = {*life.held, retention.Held(status=retention.KNOWN)}
    days = {one: _day(one, life, schedule) for one in held}
    if None in days.values():
        return retention.Keeping(
            until=None, because=_codes(one for one, day in days.items() if day is None), is_on_hold=is_on_hold
        )
    longest = max(day for day in days.values() if day is not None)
    return retention.Keeping(
        until=longest, because=_codes(one for one, day in days.items() if day == longest), is_on_hold=is_on_hold
    )


def _codes(held: Iterable[retention.Held]) -> tuple[str, ...]:
    return tuple(sorted({one.status for one in held}))


def _day(one: retention.Held, life: retention.Life, schedule: schedules.Schedule) -> datetime.date | None:
    status = schedule.statuses.get(one.status)
    if status is None:
        return None
    period = status.died_young if status.died_young is not None and life.died_young else status.period
    start = {
        schedules.Anchor.BIRTH: life.birth_date,
        schedules.Anchor.DEATH: life.death_date,
        schedules.Anchor.START: one.started_date,
        schedules.Anchor.END: one.ended_date or life.death_date,
    }[period.anchor]
    return None if start is None else retention.years_after(start, period.years)


def born_by(*, schedule: schedules.Schedule, on: datetime.date) -> datetime.date:
    """Return the last birthday with which a record's time can be over on a day: everyone is kept as a known child at least.

    Shapes: `on` itself where the schedule keeps known children from another day than birth.
    """
    period = schedule.statuses[retention.KNOWN].period
    if period.anchor is not schedules.Anchor.BIRTH:
        return on
    # A day late at most, on a leap day: the weighing itself is to the day.
    return on.replace(year=max(on.year - period.years, 1), day=min(on.day, 28)) + datetime.timedelta(days=3)
