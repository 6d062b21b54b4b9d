"""Which children each agency has a record of, since when, and which it lists twice.

Belongs here: who is met and when. Not here: what is written down (writing).
"""

import dataclasses

import numpy as np

from joinedup.synthesis import streams
from joinedup.synthesis.records_only import shares
from joinedup.synthesis.records_only.families import YEAR_DAYS
from joinedup.synthesis.records_only.lexicon import Ints
from joinedup.synthesis.records_only.people import People

AGENCIES = tuple(shares.HABITS)

_AT_BIRTH = 0.4
#: How many years back a record of each agency may have been written; none: at any time of life.
_YEARS_BACK = {"school": 0.9, "social_care": 3.0, "police": 2.0, "charity_leisure": 2.0}
_FIRST_ENTRY_DAYS = int(4.4 * YEAR_DAYS)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """The records an agency will write.

    Shapes: one entry a record, in the order of children; `again` marks a second record of the same child.
    Units: `on` in days since 1970.
    """

    agency: str
    child: Ints
    on: Ints
    again: "np.ndarray[tuple[int], np.dtype[np.bool_]]"


def meet(agency: str, people: People, *, ends_on: int, seed: int, index: int) -> Met:
    """Return which children an agency has met and when it last wrote them down."""
    chance = streams.many(seed, f"met by {agency}", index)
    age = np.clip((ends_on - people.birth) // YEAR_DAYS, 0, shares.AGES[-1]).astype(np.int64)
    known = chance.random(len(people)) < np.array(shares.coverage(agency))[age]
    if agency == "social_care":
        known |= people.looked_after
    first = people.birth + (_FIRST_ENTRY_DAYS if agency == "school" else 0)
    earliest = np.maximum(first, people.begins)
    if agency in _YEARS_BACK:
        earliest = np.maximum(earliest, ends_on - int(_YEARS_BACK[agency] * YEAR_DAYS))
    latest = np.minimum(people.ends, ends_on)
    child = np.flatnonzero(known & (earliest < latest))
    habits = shares.HABITS[agency]
    twice = chance.random(len(child)) < habits.listed_twice
    place = np.repeat(np.arange(len(child)), 1 + twice)
    again = np.concatenate([[False], place[1:] == place[:-1]]) if len(place) else np.zeros(0, np.bool_)
    child = child[place]
    drawn = chance.random(len(child))
    if agency in {"gp", "hospital"}:
        # Lists are brought up to date now and then: late days are likelier than early ones.
        drawn = np.sqrt(drawn)
    on = earliest[child] + (drawn * (latest - earliest)[child]).astype(np.int64)
    if agency == "hospital":
        at_birth = (chance.random(len(child)) < _AT_BIRTH) & (people.begins[child] == people.birth[child]) & ~again
        on = np.where(at_birth, people.birth[child] + 1, on)
    return Met(agency=agency, child=child, on=on, again=again)
