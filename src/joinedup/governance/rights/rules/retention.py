"""The values of retention: a life with the statuses held in it, and until when it is kept and why.

Belongs here: values and the counting of years. Not here: the schedule (schedule), which rule wins (weighing).
"""

import dataclasses
import datetime

#: The status of every child, whatever else they held.
KNOWN = "known"
ADULT_YEARS = 18
_LEAP_DAY = (2, 29)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """That a status was held from one day to another; without an end it is held still, or nobody knows better."""

    status: str
    started_date: datetime.date | None = None
    ended_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What decides how long a child's record is kept."""

    birth_date: datetime.date | None
    death_date: datetime.date | None = None
    held: tuple[Held, ...] = ()

    @property
    def died_young(self) -> bool:
        """Return whether the child died before the eighteenth birthday."""
        return (
            self.birth_date is not None
            and self.death_date is not None
            and self.death_date < years_after(self.birth_date, ADULT_YEARS)
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Until which day a record is kept, that day included, and by which statuses.

    Shapes: `until` is None where no day can be named yet; `because` names the statuses that decide, in order.
    """

    until: datetime.date | None
    because: tuple[str, ...]
    is_on_hold: bool = False

    def is_over(self, *, on: datetime.date) -> bool:
        """Return whether the record may be put on a list for deletion on this day."""
        return not self.is_on_hold and self.until is not None and on > self.until


def years_after(day: datetime.date, years: int) -> datetime.date:
    """Return the anniversary of a day; that of 29 February falls on 1 March where the year has none.

    Shapes: the last day there is, where the calendar ends before.
    """
    year = day.year + years
    if year > datetime.MAXYEAR:
        return datetime.date.max
    if (day.month, day.day) == _LEAP_DAY and not _is_leap(year):
        return datetime.date(year, 3, 1)
    return day.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
