"""Levels of need: the text that stands beside a judgement.

Belongs here: reading it. Not here: the judgement, which is a person's, and which nothing here adds up or suggests.
"""

import dataclasses
import datetime
from typing import Any


class UnreadableLevels(Exception):
    """The levels cannot be read; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of need, as the area words it."""

    level: str
    name: str
    also: str
    meaning: str
    entry: str
    lead: str
    legal: str
    source: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The levels of need in force from one day on."""

    version: str
    from_date: datetime.date
    levels: tuple[Level, ...]

    def name_of(self, level: str) -> str:
        """Return how a level is read: its number and its name."""
        return next((f"Level {one.level}: {one.name}" for one in self.levels if one.level == level), level)


def read_levels(given: Any) -> Levels:
    """Read the levels of need.

    Errors: UnreadableLevels.
    """
    names = tuple(field.name for field in dataclasses.fields(Level))
    try:
        return Levels(
            version=str(given["version"]),
            from_date=datetime.date.fromisoformat(str(given["from_date"])),
            levels=tuple(Level(**{name: str(one[name]) for name in names}) for one in given["levels"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise UnreadableLevels(f"The levels of need cannot be read: {type(fault).__name__} {fault}") from None
