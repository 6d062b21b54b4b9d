"""Calendars: which days are working days and which are school days.

Belongs here: counting days on a calendar that is given. Not here: which days are holidays (timescales.shipped), or what a
day is counted for (clocks).
"""

import calendar
import dataclasses
import datetime
from collections.abc import Callable

_DAY = datetime.timedelta(days=1)
_SATURDAY = 5
#: No stretch without a single day that counts is longer; one that is comes from a wrong calendar.
_LONGEST_REST_DAYS = 400


class Unbounded(Exception):
    """The calendar has no day that counts for more than a year: its terms end too early, or all days are holidays."""


@dataclasses.dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one place.

    Shapes: `holidays` are days on which nobody works besides weekends; `terms` are (first, last) days of school, both
    counted, in any order. Without terms nobody knows when schools are open, and school days are working days.
    """

    holidays: frozenset[datetime.date] = frozenset()
    terms: tuple[tuple[datetime.date, datetime.date], ...] = ()

    def is_working_day(self, day: datetime.date) -> bool:
        """Return whether it is a weekday and no holiday."""
        return day.weekday() < _SATURDAY and day not in self.holidays

    def is_school_day(self, day: datetime.date) -> bool:
        """Return whether it is a working day in a term; every working day is one where no terms are known."""
        in_term = not self.terms or any(first <= day <= last for first, last in self.terms)
        return in_term and self.is_working_day(day)

    def next_working_day(self, day: datetime.date) -> datetime.date:
        """Return the day itself if it is a working day, else the first after it.

        Errors: Unbounded.
        """
        return count_on(day - _DAY, 1, counts=self.is_working_day)


def count_on(start: datetime.date, days: int, *, counts: Callable[[datetime.date], bool]) -> datetime.date:
    """Return the last of so many days after `start` that count; `start` is day nought.

    Errors: Unbounded.
    """
    day, left, idle = start, days, 0
    while left:
        day += _DAY
        if counts(day):
            left, idle = left - 1, 0
        elif (idle := idle + 1) > _LONGEST_REST_DAYS:
            raise Unbounded(start)
    return day


def count_back(end: datetime.date, days: int, *, counts: Callable[[datetime.date], bool]) -> datetime.date:
    """Return the last day after which so many days that count have gone by until `end`, the end itself counted.

    Errors: Unbounded.
    """
    day, left, idle = end, days, 0
    while left:
        if counts(day):
            left, idle = left - 1, 0
        elif (idle := idle + 1) > _LONGEST_REST_DAYS:
            raise Unbounded(end)
        day -= _DAY
    return day


def months_on(start: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or that month's last day where it has none."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
