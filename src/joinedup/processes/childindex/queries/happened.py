"""A part of one child's chronology: which lines, how many there are, and what it can be narrowed to."""

import collections
import dataclasses
import uuid
from collections.abc import Iterable, Sequence

from joinedup.delivery.records import queries as records_queries

CHRONOLOGY_LINES = 25
#: One of no more lines is read whole, for that is as quick as reading a part of it, and its totals are counted from it.
READ_WHOLE_LINES = 60


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyAsked:
    """Which part of a chronology is asked for.

    Shapes: `first` counts from 0; a `year` in which something happened replaces it.
    """

    kind: str = ""
    agency_code: str = ""
    is_oldest_first: bool = False
    year: int | None = None
    first: int = 0
    count: int = CHRONOLOGY_LINES

    @property
    def is_the_beginning(self) -> bool:
        """Return whether nothing is narrowed or gone to: the part that a page opens with."""
        return not (self.kind or self.agency_code or self.year or self.first)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """A part of what happened to a child, and what there is besides.

    Shapes: `count` and `years` are of what was narrowed to; `kinds` and `agencies` of all; `years` in the order asked.
    """

    lines: tuple[records_queries.ChronologyLine, ...]
    first: int
    count: int
    years: tuple[int, ...]
    kinds: tuple[str, ...]
    agencies: tuple[tuple[str, str], ...]


def get_chronology(*, person_record_ids: Sequence[uuid.UUID], asked: ChronologyAsked) -> Chronology:
    """Return a part of what happened to a child; a beginning beyond the end is the last page.

    Shapes: at most 2 queries; 1 for the beginning of one that is short, as nearly all are.
    """
    if not asked.is_the_beginning:
        return _read_in_parts(person_record_ids, asked)
    most = max(READ_WHOLE_LINES, asked.count)
    whole = records_queries.get_chronology(
        person_record_ids=person_record_ids, first=0, count=most + 1, is_oldest_first=asked.is_oldest_first
    )
    if len(whole) <= most:
        return _part_of(whole, asked)
    return _read_in_parts(person_record_ids, asked, beginning=whole)


def _part_of(whole: Sequence[records_queries.ChronologyLine], asked: ChronologyAsked) -> Chronology:
    return Chronology(
        lines=tuple(whole[: asked.count]),
        first=0,
        count=len(whole),
        years=tuple(dict.fromkeys(line.happened_date.year for line in whole)),
        kinds=tuple(sorted({line.kind for line in whole})),
        agencies=_by_name((line.agency_code, line.agency_name) for line in whole),
    )


def _by_name(agencies: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(set(agencies), key=lambda agency: agency[1]))


def _read_in_parts(
    person_record_ids: Sequence[uuid.UUID],
    asked: ChronologyAsked,
    *,
    beginning: Sequence[records_queries.ChronologyLine] = (),
) -> Chronology:
    tallies = records_queries.tally_chronology(person_record_ids=person_record_ids)
    by_year: collections.Counter[int] = collections.Counter()
    for tally in tallies:
        if asked.kind in {"", tally.kind} and asked.agency_code in {"", tally.agency_code}:
            by_year[tally.year] += tally.lines
    years = tuple(sorted(by_year, reverse=not asked.is_oldest_first))
    count = by_year.total()
    first = _first(asked, years, by_year, count)
    lines = beginning[: asked.count] or records_queries.get_chronology(
        person_record_ids=person_record_ids,
        first=first,
        count=asked.count,
        kind=asked.kind,
        agency_code=asked.agency_code,
        is_oldest_first=asked.is_oldest_first,
    )
    return Chronology(
        lines=tuple(lines),
        first=first,
        count=count,
        years=years,
        kinds=tuple(sorted({tally.kind for tally in tallies})),
        agencies=_by_name((tally.agency_code, tally.agency_name) for tally in tallies),
    )


def _first(asked: ChronologyAsked, years: Sequence[int], by_year: collections.Counter[int], count: int) -> int:
    if asked.year in by_year:
        return sum(by_year[year] for year in years[: years.index(asked.year)])
    last_page = max(count - 1, 0) // asked.count * asked.count
    return min(asked.first, last_page)
