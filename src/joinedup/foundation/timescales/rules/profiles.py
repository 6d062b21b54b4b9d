"""Profiles: what one jurisdiction lets things take, as data with dates and sources.

Belongs here: reading a profile and finding the timescale in force. Not here: counting (clocks), or where a profile lies.
"""

import dataclasses
import datetime
import enum
from collections.abc import Mapping
from typing import Any


class Unit(enum.StrEnum):
    """In what a timescale is counted."""

    HOUR = "hour"  #: by the clock, nights and weekends too
    DAY = "day"  #: calendar days
    WORKING_DAY = "working_day"  #: weekdays that are no holidays
    SCHOOL_DAY = "school_day"  #: working days in a school term
    WEEK = "week"  #: seven calendar days each
    MONTH = "month"  #: to the same day of the month
    YEAR = "year"  #: to the same day of the year
    AT_ONCE = "as_soon_as_possible"  #: no number is set


class Kind(enum.StrEnum):
    """Where a timescale comes from, and so how far it binds."""

    STATUTE = "statute"
    REGULATIONS = "regulations"
    STATUTORY_GUIDANCE = "statutory_guidance"
    PROGRAMME_RULE = "programme_rule"
    LOCAL = "local"
    HISTORIC = "historic"


class NoSuchTimescale(Exception):
    """No timescale of the profile has this code."""


class NotInForce(Exception):
    """The timescale is not in force on that day."""


class UnreadableProfile(Exception):
    """A profile cannot be read; the words say which entry is wrong, and how."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Timescale:
    """How long something may take at most, from what moment, and who says so.

    Units: `most` in `unit`; nothing where no number is set. `is_least` turns it round: so long at least.
    `from_date` and `until_date` bound the starts to which it applies, both counted.
    """

    code: str
    name: str
    starts: str
    unit: Unit
    kind: Kind
    source: str
    is_verified: bool
    most: int | None = None
    is_least: bool = False
    from_date: datetime.date | None = None
    until_date: datetime.date | None = None

    def is_in_force(self, on: datetime.date) -> bool:
        """Return whether it applies to what starts on this day."""
        return (self.from_date is None or self.from_date <= on) and (self.until_date is None or on <= self.until_date)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The timescales of one jurisdiction.

    Shapes: several entries may bear one code when their dates do not overlap. `country` and `part` name the calendar of
    holidays by ISO 3166.
    """

    code: str
    name: str
    country: str
    part: str
    terms: tuple[tuple[datetime.date, datetime.date], ...]
    timescales: tuple[Timescale, ...]

    def get(self, code: str, *, on: datetime.date) -> Timescale:
        """Return the timescale for what starts on a day.

        Errors: NoSuchTimescale; NotInForce.
        """
        bearing = [each for each in self.timescales if each.code == code]
        if not bearing:
            raise NoSuchTimescale(code)
        for each in bearing:
            if each.is_in_force(on):
                return each
        raise NotInForce(code, on)


def read_profile(given: Mapping[str, Any]) -> Profile:
    """Read a profile from plain data, as a YAML file gives it.

    Errors: UnreadableProfile naming the entry.
    """
    try:
        terms = tuple((_day(term["first"]), _day(term["last"])) for term in given.get("terms", ()))
        head = {name: str(given[name]) for name in ("code", "name", "country", "part")}
    except (KeyError, TypeError, ValueError) as fault:
        raise UnreadableProfile(f"The head of the profile: {_said(fault)}") from None
    timescales = tuple(_timescale(entry, place) for place, entry in enumerate(given.get("timescales", ()), 1))
    _refuse_overlaps(timescales)
    return Profile(**head, terms=terms, timescales=timescales)


def _timescale(entry: Mapping[str, Any], place: int) -> Timescale:
    try:
        most = entry.get("most")
        unit = Unit(entry["unit"])
        if (most is None) != (unit is Unit.AT_ONCE):
            raise ValueError("a number is set for every unit but as_soon_as_possible, and for that none")
        if most is not None and (not isinstance(most, int) or isinstance(most, bool) or most < 1):
            raise ValueError(f"most is {most!r}; it is a whole number from 1")
        return Timescale(
            code=str(entry["code"]),
            name=str(entry["name"]),
            starts=str(entry["starts"]),
            unit=unit,
            kind=Kind(entry["kind"]),
            source=str(entry["source"]),
            is_verified=bool(entry.get("verified", False)),
            most=most,
            is_least=bool(entry.get("least", False)),
            from_date=_day(entry["from"]) if "from" in entry else None,
            until_date=_day(entry["until"]) if "until" in entry else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        code = entry.get("code", "without a code") if isinstance(entry, Mapping) else "that is no entry"
        raise UnreadableProfile(f"Timescale {place} ({code}): {_said(fault)}") from None


def _refuse_overlaps(timescales: tuple[Timescale, ...]) -> None:
    for place, one in enumerate(timescales):
        for other in timescales[place + 1 :]:
            if one.code == other.code and _overlap(one, other):
                raise UnreadableProfile(f"Two timescales are called {one.code}, and some days have both in force.")


def _overlap(one: Timescale, other: Timescale) -> bool:
    first = max(one.from_date or datetime.date.min, other.from_date or datetime.date.min)
    last = min(one.until_date or datetime.date.max, other.until_date or datetime.date.max)
    return first <= last


def _day(written: Any) -> datetime.date:
    if isinstance(written, datetime.date) and not isinstance(written, datetime.datetime):
        return written
    return datetime.date.fromisoformat(str(written))


def _said(fault: Exception) -> str:
    return f"{fault.args[0]!r} is missing" if isinstance(fault, KeyError) else str(fault)
