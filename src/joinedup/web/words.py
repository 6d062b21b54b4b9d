"""How dates, ages and numbers are written on a page.

Belongs here: pure turning of values into words, with the day given.
Not here: choosing what to say (presenters), reading the clock.
"""

import datetime
from collections.abc import Iterable

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)


def day(date: datetime.date | None, unknown: str = "not known") -> str:
    """Write a date as 3 March 2026."""
    if date is None:
        return unknown
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def moment(at: datetime.datetime | None, unknown: str = "not known") -> str:
    """Write a point in time as 3 March 2026 at 14:05, in the time zone that `at` carries."""
    if at is None:
        return unknown
    return f"{day(at.date())} at {at.hour:02}:{at.minute:02}"


def _whole_months(start: datetime.date, end: datetime.date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end.day >= start.day else months - 1


def age(birth_date: datetime.date | None, on: datetime.date) -> str:
    """Write an age: years; years and months under five; months under two years; weeks or days for a new baby.

    A child born on the 31st reaches a month in a shorter month on the first day after it, as the law counts.
    """
    if birth_date is None:
        return "age not known"
    if birth_date > on:
        return "not born yet"
    months = _whole_months(birth_date, on)
    years, odd_months = divmod(months, 12)
    if years >= 5:
        return f"{years} years"
    if years >= 2:
        return count(years, "year") + (f" {count(odd_months, 'month')}" if odd_months else "")
    if months >= 3:
        return count(months, "month")
    days = (on - birth_date).days
    return count(days // 7, "week") if days >= 14 else count(days, "day")


def number(value: int) -> str:
    """Write a whole number with commas at the thousands."""
    return f"{value:,}"


def count(value: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun, as 1 child or 2,031 children."""
    return f"{number(value)} {noun if value == 1 else plural or noun + 's'}"


def _grouped(text: str, sizes: Iterable[int], between: str) -> str:
    parts, rest = [], text
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    return between.join(part for part in (*parts, rest) if part)


def nhs_number(value: str) -> str:
    """Write an NHS number in its groups of three, three and four."""
    return _grouped(value, (3, 3), " ")


def child_number(value: str) -> str:
    """Write a child number in three groups of three, as it is read out on the telephone."""
    return _grouped(value, (3, 3), " ")


def odds_of(odds: str) -> str:
    """Return odds so that what they are of can follow: "Odds of 8 to 1 for", "About even odds of"."""
    return f"{odds} of" if odds.endswith("odds") else odds
