"""Levels of need as a value: what each means, how one enters it, and by which law; a person decides, with the text beside it.

Belongs here: reading the levels. Not here: where they lie (shipped), deciding (operations).
"""

import dataclasses
from collections.abc import Mapping
from typing import Any


class UnreadableLevels(Exception):
    """The levels cannot be read; the words say what is wrong."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of need, as an area's thresholds describe it."""

    number: int
    name: str
    meaning: str
    entry: str
    lead: str
    legal: str
    source: str


def read_levels(given: Mapping[str, Any]) -> tuple[Level, ...]:
    """Read levels of need from plain data, lowest first.

    Errors: UnreadableLevels.
    """
    try:
        levels = tuple(
            Level(
                number=int(one["level"]),
                name=str(one["name"]),
                meaning=str(one["meaning"]),
                entry=str(one["entry"]),
                lead=str(one["lead"]),
                legal=str(one.get("legal") or ""),
                source=str(one["source"]),
            )
            for one in given["levels"]
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UnreadableLevels(str(fault)) from None
    numbers = [level.number for level in levels]
    if not numbers or numbers != sorted(set(numbers)):
        raise UnreadableLevels("each level has a number of its own, and they rise")
    return levels
