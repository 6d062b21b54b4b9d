"""Birth dates as people write them, read column by column.

Belongs here: dates from text, numbers and timestamps; which part is the day is judged by the whole column.
Not here: which column it is (tables).
"""

import datetime
import re

import pyarrow as pa
import pyarrow.compute as pc

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_PARTED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?: .*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/. ](\d{1,2})[/. ](\d{1,2})(?: .*)?")
_WORDED = re.compile(r"(\d{1,2})[ \-.]*([A-Za-z]{3})[a-z]*[ \-.,]*(\d{4})")
_MONTHS = {
    word: place
    for place, word in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_YEARS = range(1900, 2101)
_MONTHS_IN_YEAR = 12


def read(column: pa.Array, name: str) -> tuple[pa.Array, list[str]]:
    """Return a column as dates, and in words whatever could not be read.

    Shapes: dates, timestamps, numbers like 20150312, or text: year first, or day first, or month first where the column
    as a whole shows that the month comes first.
    """
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), pa.date32()), []
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        return column.cast(pa.date32(), safe=False), []
    if pa.types.is_dictionary(column.type):
        return _from_text(column, column, name)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or _is_number(column.type)):
        return pa.nulls(len(column), pa.date32()), [
            f"Column {name} holds {column.type} and cannot be read as dates; it is left out."
        ]
    return _from_text(column, column.cast(pa.string()).dictionary_encode(), name)


def _from_text(column: pa.Array, encoded: pa.DictionaryArray, name: str) -> tuple[pa.Array, list[str]]:
    plain = _all_iso(encoded.dictionary)
    if plain is not None:
        return plain.take(encoded.indices), []
    written = [word.strip() if word else "" for word in encoded.dictionary.to_pylist()]
    month_first = _is_month_first(written)
    dates = pa.array([_date(word, month_first=month_first) for word in written], pa.date32())
    found = dates.take(encoded.indices)
    notes = [f"Dates in {name} stand month first, as 31 December is 12/31."] if month_first else []
    return found, notes + _unread(column, found, written, dates, name)


def _all_iso(written: pa.Array) -> pa.Array | None:
    """Return texts as dates where all of them are years, months and days in that order: most files have no others."""
    try:
        dates = written.cast(pa.date32())
    except pa.ArrowInvalid:
        return None
    first, last = datetime.date(_YEARS[0], 1, 1), datetime.date(_YEARS[-1], 12, 31)
    within = pc.and_(pc.greater_equal(dates, first), pc.less_equal(dates, last))
    return dates if pc.all(within).as_py() else None


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _is_month_first(written: list[str]) -> bool:
    """Say whether some date can only be read month first, and none can only be read day first."""
    parts = [match for word in written if (match := _PARTED.fullmatch(word))]
    day_first = any(int(match[1]) > _MONTHS_IN_YEAR for match in parts)
    return not day_first and any(int(match[2]) > _MONTHS_IN_YEAR for match in parts)


def _date(written: str, *, month_first: bool) -> datetime.date | None:
    for shape in (_ISO, _PACKED, _YEAR_FIRST):
        if match := shape.fullmatch(written):
            return _of(int(match[1]), int(match[2]), int(match[3]))
    if match := _PARTED.fullmatch(written):
        first, second = int(match[1]), int(match[2])
        return _of(int(match[3]), *((first, second) if month_first else (second, first)))
    if match := _WORDED.fullmatch(written):
        return _of(int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1]))
    return None


def _of(year: int, month: int, day: int) -> datetime.date | None:
    if year not in _YEARS:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _unread(column: pa.Array, found: pa.Array, written: list[str], dates: pa.Array, name: str) -> list[str]:
    empty = sum(1 for word in written if not word)
    lost = found.null_count - column.null_count
    if lost <= 0:
        return []
    example = next((word for word, date in zip(written, dates.to_pylist(), strict=True) if word and date is None), "")
    if not example:
        return []
    blank = int(pc.sum(pc.equal(column.cast(pa.string()), "")).as_py() or 0) if empty else 0
    return [f"{lost - blank:,} values of {name} are no date, such as {example!r}; they count as not said."]
