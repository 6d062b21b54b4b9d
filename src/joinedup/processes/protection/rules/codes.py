"""Lists of codes that a statutory return uses, each with the years in which it is valid.

Belongs here: reading a list from plain rows. Not here: where the lists lie (shipped).
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping


class UnreadableCodes(Exception):
    """A row of a list of codes cannot be read; the words say which."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code with its words, and the days on which something may begin under it."""

    code: str
    words: str
    valid_from: datetime.date
    valid_to: datetime.date | None

    def is_valid(self, on: datetime.date) -> bool:
        """Return whether something may begin under it on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def read_codes(rows: Iterable[Mapping[str, str]]) -> tuple[Code, ...]:
    """Read codes from rows with `code`, `words`, `valid_from` and `valid_to`, in their order.

    Errors: UnreadableCodes naming the row.
    """
    return tuple(_read(row, place) for place, row in enumerate(rows, 1))


def _read(row: Mapping[str, str], place: int) -> Code:
    try:
        ends = row["valid_to"]
        return Code(
            code=_filled(row["code"]),
            words=_filled(row["words"]),
            valid_from=datetime.date.fromisoformat(row["valid_from"]),
            valid_to=datetime.date.fromisoformat(ends) if ends else None,
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise UnreadableCodes(f"Row {place} of the list of codes: {fault}") from None


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("a code and its words are not empty")
    return text.strip()
