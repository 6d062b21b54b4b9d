"""The records of one agency while they are written, and the names of what can slip in them.

Belongs here: noting what happened to which record. Not here: the happenings (said_names, said_numbers, dates, writing).
"""

import dataclasses
import enum
import random
from collections.abc import Callable
from typing import Any

import numpy as np

from joinedup.synthesis import errors
from joinedup.synthesis.records_only import shares
from joinedup.synthesis.records_only.agencies import Met
from joinedup.synthesis.records_only.lexicon import Flags, Ints, Words
from joinedup.synthesis.records_only.people import People, World


class Slip(enum.IntFlag):
    """What makes a record differ from the truth, as it is today."""

    NICKNAME = enum.auto()
    OTHER_SPELLING = enum.auto()
    CUSTOM = enum.auto()
    HALF_NAME = enum.auto()
    FORMER_NAME = enum.auto()
    TYPO_GIVEN = enum.auto()
    TYPO_FAMILY = enum.auto()
    INITIAL = enum.auto()
    NAMES_SWAPPED = enum.auto()
    UNNAMED_BABY = enum.auto()
    NO_BIRTH_DATE = enum.auto()
    DAY_MONTH = enum.auto()
    DATE_NEAR = enum.auto()
    FIRST_OF_JANUARY = enum.auto()
    SEX_WRONG = enum.auto()
    FORMER_ADDRESS = enum.auto()
    OTHER_HOME = enum.auto()
    NO_POSTCODE = enum.auto()
    POSTCODE_TYPO = enum.auto()
    NHS_WRONG = enum.auto()
    NHS_COPIED = enum.auto()
    NHS_SIBLING = enum.auto()
    NHS_FORMER = enum.auto()
    UPN_WRONG = enum.auto()
    UPN_TEMPORARY = enum.auto()
    LISTED_TWICE = enum.auto()


@dataclasses.dataclass(slots=True)
class Page:
    """The records of one agency while they are written: columns, chances and what slipped."""

    people: People
    met: Met
    world: World
    rates: errors.ErrorRates
    chance: np.random.Generator
    single: random.Random
    slips: Ints

    @property
    def habits(self) -> errors.AgencyHabits:
        return shares.HABITS[self.met.agency]

    def of(self, column: Any) -> Any:
        """Return a column of the children, record by record."""
        return column[self.met.child]

    def hits(self, rate: float, where: Flags, slip: Slip, *, level: bool = True) -> Flags:
        """Return the records among `where` to which something happens, and note it."""
        drawn = self.chance.random(len(where)) < (rate * self.habits.level if level else rate)
        hit: Flags = where & drawn
        self.slips[hit] |= slip
        return hit

    def rewrite(self, column: Words, where: Flags, form: Callable[[str], str]) -> None:
        """Put the form of each of some entries in its place."""
        for place in np.flatnonzero(where):
            column[place] = form(column[place])
