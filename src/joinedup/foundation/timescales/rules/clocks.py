"""Clocks: by when something that has begun must be done, and where it stands.

Belongs here: counting from a start under a timescale, with rests. Not here: what is timed (the rings), or how it is said.

The day on which something begins is day nought. What is counted in days, weeks, months or years may be done until the end of
its last day; what is counted in hours, until that moment. A timescale is a maximum and not a target, unless it is a least.
"""

import dataclasses
import datetime
import enum
from collections.abc import Callable, Sequence

from joinedup.foundation.timescales.rules.calendars import Calendar, count_on, months_on
from joinedup.foundation.timescales.rules.profiles import Timescale, Unit

_DAY = datetime.timedelta(days=1)
_WEEK_DAYS, _YEAR_MONTHS = 7, 12


class PauseOutOfOrder(Exception):
    """A pause ends before it begins, begins before the clock does, or overlaps another."""


class Standing(enum.StrEnum):
    """Where a clock stands."""

    RUNNING = "running"  #: there is time left
    RESTING = "resting"  #: paused, with a reason
    LATE = "late"  #: the last moment is past, and it is not done
    MET = "met"  #: done in time
    MET_LATE = "met_late"  #: done after the last moment
    AT_ONCE = "at_once"  #: no number is set: as soon as possible
    TOO_SOON = "too_soon"  #: done before a least time was over


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which a clock does not run, and why.

    Units: moments with a time zone. `until_at` is nothing while it lasts.
    """

    from_at: datetime.datetime
    until_at: datetime.datetime | None
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The end of a clock.

    Units: `at` is the first moment that is too late; `last_date` the last day in the zone of the place. Both are nothing
    while the clock rests, and where no number is set.
    """

    timescale: Timescale
    started_at: datetime.datetime
    at: datetime.datetime | None
    last_date: datetime.date | None
    rests: bool


def due(
    timescale: Timescale,
    *,
    started_at: datetime.datetime,
    zone: datetime.tzinfo,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> Due:
    """Return by when it must be done.

    A day on whose end the clock rests is not counted; of hours, exactly the rest is left out.
    Shapes: `pauses` in any order, apart from each other, at most one of them lasting.
    Errors: PauseOutOfOrder; Unbounded from the calendar.
    """
    rests = _checked(pauses, started_at)
    at, last = None, None
    if timescale.most is not None and not (rests and rests[-1].until_at is None):
        if timescale.unit is Unit.HOUR:
            at = _hours_on(started_at, timescale.most, rests)
            last = (at - datetime.timedelta.resolution).astimezone(zone).date()
        else:
            last = _last_day(timescale, started_at.astimezone(zone).date(), calendar, _rested(rests, zone))
            at = datetime.datetime.combine(last + _DAY, datetime.time(), tzinfo=zone)
    return Due(
        timescale=timescale,
        started_at=started_at,
        at=at,
        last_date=last,
        rests=bool(rests) and rests[-1].until_at is None,
    )


def standing(due: Due, *, ended_at: datetime.datetime | None, at: datetime.datetime) -> Standing:
    """Return where a clock stands at a moment.

    Units: moments with a time zone; `ended_at` is nothing while it is not done.
    """
    if ended_at is not None and due.timescale.is_least:
        return Standing.MET if due.at is None or ended_at >= due.at - _DAY else Standing.TOO_SOON
    if ended_at is not None:
        return Standing.MET_LATE if due.at is not None and ended_at >= due.at else Standing.MET
    if due.rests:
        return Standing.RESTING
    if due.at is None:
        return Standing.AT_ONCE
    return Standing.LATE if at >= due.at and not due.timescale.is_least else Standing.RUNNING


def _checked(pauses: Sequence[Pause], started_at: datetime.datetime) -> list[Pause]:
    ordered = sorted(pauses, key=lambda pause: pause.from_at)
    free_from: datetime.datetime | None = started_at
    for pause in ordered:
        ends_early = pause.until_at is not None and pause.until_at < pause.from_at
        if free_from is None or pause.from_at < free_from or ends_early:
            raise PauseOutOfOrder(pause)
        free_from = pause.until_at
    return ordered


def _hours_on(start: datetime.datetime, hours: int, rests: Sequence[Pause]) -> datetime.datetime:
    # In UTC: an hour is an hour on the nights when clocks are put back or forward.
    end = start.astimezone(datetime.UTC) + datetime.timedelta(hours=hours)
    for rest in rests:
        if rest.until_at is not None and rest.from_at < end:
            end += rest.until_at - rest.from_at
    return end


def _rested(rests: Sequence[Pause], zone: datetime.tzinfo) -> Callable[[datetime.date], bool]:
    spans = [
        (rest.from_at.astimezone(zone).date(), rest.until_at.astimezone(zone).date())
        for rest in rests
        if rest.until_at is not None
    ]
    return lambda day: any(first <= day < end for first, end in spans)


def _last_day(
    timescale: Timescale, start: datetime.date, calendar: Calendar, rested: Callable[[datetime.date], bool]
) -> datetime.date:
    most, unit = timescale.most or 0, timescale.unit
    if unit in {Unit.MONTH, Unit.YEAR}:
        plain = months_on(start, most * (_YEAR_MONTHS if unit is Unit.YEAR else 1))
        lost = sum(rested(start + _DAY * number) for number in range(1, (plain - start).days + 1))
        return count_on(plain, lost, counts=lambda day: not rested(day))
    counted: dict[Unit, Callable[[datetime.date], bool]] = {
        Unit.WORKING_DAY: calendar.is_working_day,
        Unit.SCHOOL_DAY: calendar.is_school_day,
    }
    is_counted = counted.get(unit, _every_day)
    days = most * (_WEEK_DAYS if unit is Unit.WEEK else 1)
    return count_on(start, days, counts=lambda day: is_counted(day) and not rested(day))


def _every_day(_: datetime.date) -> bool:
    return True
