"""What an address asks of a list: from which line, in which order, narrowed to what; and the addresses of its other parts.

Belongs here: reading and writing such addresses. Whatever is odd in one is as if it were not there.
Not here: what is in a list (the rings), how it is shown (presenters, templates).
"""

import dataclasses
import urllib.parse
from collections.abc import Collection, Mapping, Sequence

from joinedup.web import presenters

_MOST_DIGITS = 9


def whole_number(given: str) -> int | None:
    """Return a number as it stands in an address, or None for anything else."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A part of a list; `first` counts from 1, the first of `sorts` is the order when none is asked for.

    `kept` goes along to every other part: what the address says besides the list.
    """

    path: str
    sorts: tuple[str, ...]
    sort: str
    first: int
    narrowings: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    anchor: str = ""

    def narrowed_to(self, name: str) -> str:
        """Return the value of one narrowing; empty where the list is not narrowed by it."""
        return dict(self.narrowings).get(name, "")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    def starting_at(self, first: int) -> str:
        """Return the address of another page of the same list."""
        return self._address(self.sort, (("from", str(first)),) if first > 1 else ())

    def sorted_by(self, sort: str) -> str:
        """Return the address of the same list in another order, from its beginning."""
        return self._address(sort, ())

    def with_more(self, name: str, value: str) -> str:
        """Return the address of the same list and order with one thing more asked, from its beginning."""
        return self._address(self.sort, ((name, value),))

    def all_of_it(self) -> str:
        """Return the address of the whole list in the same order."""
        return dataclasses.replace(self, narrowings=())._address(self.sort, ())

    def kept_in_a_form(self) -> tuple[tuple[str, str], ...]:
        """Return what a form that narrows the list must carry on, so that the order stays."""
        return self.kept + self._order(self.sort)

    def _order(self, sort: str) -> tuple[tuple[str, str], ...]:
        return () if sort == self.sorts[0] else (("sort", sort),)

    def _address(self, sort: str, more: tuple[tuple[str, str], ...]) -> str:
        query = urllib.parse.urlencode([*self.kept, *self.narrowings, *self._order(sort), *more])
        return f"{self.path}{'?' if query else ''}{query}{'#' if self.anchor else ''}{self.anchor}"


def asked(  # the list's own address and choices
    given: Mapping[str, str],
    *,
    path: str,
    sorts: tuple[str, ...],
    narrowings: Mapping[str, Collection[str]] | None = None,
    kept: tuple[tuple[str, str], ...] = (),
    anchor: str = "",
) -> Asked:
    """Read what an address asks of a list that knows these orders and these values to be narrowed to."""
    sort = given.get("sort", "")
    chosen = [(name, given.get(name, ""), allowed) for name, allowed in (narrowings or {}).items()]
    return Asked(
        path=path,
        sorts=sorts,
        sort=sort if sort in sorts else sorts[0],
        first=max(whole_number(given.get("from", "")) or 1, 1),
        narrowings=tuple((name, value) for name, value, allowed in chosen if value and value in allowed),
        kept=kept,
        anchor=anchor,
    )


def within(first: int, *, total: int, size: int) -> int:
    """Return a first line that the list has: one beyond its end is that of the last page."""
    return min(first, max(total - 1, 0) // size * size + 1)


def column(asked: Asked, text: str, sort: str, *, is_number: bool = False) -> presenters.SortLink:
    """Return the heading of a column; a number or a date sorts the largest or newest first, and the other way round again."""
    is_now = asked.sort.lstrip("-") == sort.lstrip("-")
    if not is_now:
        return presenters.SortLink(text=text, href=asked.sorted_by(sort), is_number=is_number)
    other = sort.lstrip("-") if asked.is_descending else f"-{sort.lstrip('-')}"
    direction = "descending" if asked.is_descending else "ascending"
    return presenters.SortLink(text=text, href=asked.sorted_by(other), direction=direction, is_number=is_number)


def pager(  # where we are, in what
    asked: Asked, *, first: int, shown: int, total: int, size: int, noun: str, plural: str
) -> presenters.Pager | None:
    """Return where we are in a list and the ways on; None where nothing is shown."""
    if not shown:
        return None
    last = first + shown - 1
    return presenters.Pager(
        first=first,
        last=last,
        total=total,
        noun=noun,
        plural=plural,
        previous_href=asked.starting_at(max(first - size, 1)) if first > 1 else "",
        next_href=asked.starting_at(last + 1) if last < total else "",
    )


def choice_of(  # what is asked, and what may be answered
    name: str, label: str, all_words: str, choices: Sequence[tuple[str, str]], *, chosen: str, within: str = ""
) -> presenters.Field:
    """Return the question by which a list is narrowed; the first answer narrows nothing."""
    return presenters.Field(
        name=name,
        label=label,
        within=within,
        choices=(
            presenters.Choice(value="", text=all_words),
            *(presenters.Choice(value=value, text=text, is_chosen=value == chosen) for value, text in choices),
        ),
    )
