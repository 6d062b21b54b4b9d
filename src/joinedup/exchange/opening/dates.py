"""Dates as agencies write them: year first, day first, packed, and with the month in letters.

Belongs here: reading one written date. Not here: whether a date makes sense beside others (a format's rules).
"""

import datetime
import functools
import re

_TIME = r"(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){_TIME}", re.ASCII)
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR_FIRST_LETTERS = re.compile(rf"(\d{{4}})[-/. ]([A-Za-z]{{3,9}})[-/. ](\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST_LETTERS = re.compile(rf"(\d{{1,2}})[-/. ]([A-Za-z]{{3,9}})[-/. ,]{{1,2}}(\d{{4}}){_TIME}", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d\d", re.ASCII)

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBERS = {name[:length]: number for number, name in enumerate(_MONTHS, 1) for length in (3, len(name))}
_MONTH_NUMBERS["sept"] = 9

#: What systems write where there is no date.
_NO_DATE = frozenset({"", "null", "none", "n/a", "na", "nan", "nat", "-", "--", "not known", "unknown"})
_SHOWN_CHARACTERS = 30


@functools.lru_cache(maxsize=131_072)
def date_of(written: str) -> datetime.date | str | None:
    """Return the date that is written, None where none is, or the reason why it cannot be read.

    Shapes: 2012-01-21, 21/01/2012, 20120121, 2012-Jan-21 00:00:00, 21 January 2012; a time is passed over.
    Day and month are never guessed: figures apart from the year are read day first.
    """
    written = written.strip()
    if written.lower() in _NO_DATE:
        return None
    numbers = _numbers(written)
    if numbers is None:
        return _unreadable(written)
    year, month, day = numbers
    if month > 12:
        return f"{_shown(written)} has {month} in the place of the month (dates are read day first)"
    if year < 1900:
        return f"{_shown(written)} is before 1900"
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return f"{_shown(written)} is not a day of the calendar"


def future_reason(written: str) -> str:
    """Return the reason to give for a date that lies in the future where it cannot."""
    return f"{_shown(written)} is in the future"


def _numbers(written: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(written) or _PACKED.fullmatch(written):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(written):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _YEAR_FIRST_LETTERS.fullmatch(written):
        year, letters, day = match.groups()
    elif match := _DAY_FIRST_LETTERS.fullmatch(written):
        day, letters, year = match.groups()
    else:
        return None
    month = _MONTH_NUMBERS.get(letters.lower())
    return (int(year), month, int(day)) if month else None


def _unreadable(written: str) -> str:
    if _SHORT_YEAR.fullmatch(written):
        return f"{_shown(written)} needs a year of four figures"
    return f"{_shown(written)} is not a date (write 2012-01-21 or 21/01/2012)"


def _shown(written: str) -> str:
    short = written if len(written) <= _SHOWN_CHARACTERS else written[:_SHOWN_CHARACTERS] + "…"
    return f'"{short}"'
