"""Families as arrays: homes with their community, and children with birth date, sex and place among the others.

Belongs here: who there is. Not here: what they are called (naming) and where they live (homes).
"""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from joinedup.synthesis import households
from joinedup.synthesis.records_only.lexicon import Flags, Ints, Lexicon
from joinedup.synthesis.records_only.neighbourhoods import Ground
from joinedup.synthesis.records_only.shares import Shares

Days = NDArray[np.int64]

YEAR_DAYS = 365.25
_LEAST_GAP_DAYS = 320
_MOST_CHILDREN = 5
_OLDEST_ELDEST_YEARS = 31.0
_GROWN_YEARS, _OUT_OF_SCOPE_YEARS = 19.0, 24.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """Homes and their children.

    Shapes: `ward` and `community` by home; the rest by child, the children of a home together and the eldest first.
    `rank` counts from 0 in a home. `half` children have another father than the younger ones.
    Units: `birth` in days since 1970.
    """

    ward: Ints
    community: Ints
    home: Ints
    rank: Ints
    birth: Days
    male: Flags
    twin: Flags
    half: Flags

    @property
    def child_community(self) -> Ints:
        return self.community[self.home]


def draw(
    homes: int, *, ground: Ground, lexicon: Lexicon, shares: Shares, ends_on: int, chance: np.random.Generator
) -> Families:
    """Return so many homes with the children in scope; some have none.

    Shapes: at most five births in a home.
    Source: sizes of families and gaps between births are the borough's (`households`).
    """
    ward = ground.wards(homes, chance)
    community = ground.communities(ward, chance)
    births, sizes = _births(community, lexicon, ends_on, chance)
    in_scope = np.arange(births.shape[1]) < sizes[:, None]
    age = (ends_on - births) / YEAR_DAYS
    leaver = chance.random(births.shape) < shares.care_leavers
    in_scope &= (age > 0) & ((age < _GROWN_YEARS) | ((age < _OUT_OF_SCOPE_YEARS) & leaver))
    home, place = np.nonzero(in_scope)
    # A share p of children are twins when p / (2 - p) of births are of two.
    doubled = chance.random(len(home)) < shares.twin_children / (2 - shares.twin_children)
    repeats = 1 + doubled.astype(np.int64)
    home, birth = np.repeat(home, repeats), np.repeat(births[home, place], repeats)
    first = np.searchsorted(home, home, side="left")
    rank = np.arange(len(home)) - first
    count = np.bincount(home, minlength=homes)
    split = (chance.random(homes) < shares.half_siblings) & (count > 1)
    eldest_birth = birth[np.minimum(first, max(len(birth) - 1, 0))]
    return Families(
        ward=ward,
        community=community,
        home=home,
        rank=rank,
        birth=birth,
        male=chance.random(len(home)) < 0.512,
        twin=np.repeat(doubled, repeats),
        half=split[home] & (birth == eldest_birth),
    )


def _births(community: Ints, lexicon: Lexicon, ends_on: int, chance: np.random.Generator) -> tuple[Days, Ints]:
    """Return the birth days of up to five children of each home, and how many there are or will be."""
    homes = len(community)
    family_size = np.array([each.family_size for each in lexicon.communities])[community]
    larger = chance.random(homes) < (family_size - 0.95) * 1.6
    drawn = chance.random(homes)
    sizes = np.where(
        larger, _size(drawn, households.LARGER_SIZE.cumulative), _size(drawn, households.COMPLETED_SIZE.cumulative)
    )
    eldest = ends_on - (chance.random(homes) * _OLDEST_ELDEST_YEARS * YEAR_DAYS).astype(np.int64)
    gaps = np.maximum(_LEAST_GAP_DAYS, chance.normal(3.0, 1.2, (homes, _MOST_CHILDREN)) * YEAR_DAYS).astype(np.int64)
    gaps[:, 0] = 0
    return eldest[:, None] + np.cumsum(gaps, axis=1), sizes


def _size(drawn: NDArray[np.float64], cumulative: tuple[float, ...]) -> Ints:
    found = np.searchsorted(np.array(cumulative) / cumulative[-1], drawn, side="right") + 1
    return np.minimum(found, _MOST_CHILDREN)


def neighbour(families: Families) -> Ints:
    """Return for each child a brother or sister in the same home, by place; -1 for an only child."""
    count = len(families.home)
    places = np.arange(count)
    before, after = np.maximum(places - 1, 0), np.minimum(places + 1, count - 1)
    home = families.home
    with_elder = (places > 0) & (home[before] == home)
    with_younger = (places < count - 1) & (home[after] == home)
    return np.where(with_elder, before, np.where(with_younger, after, -1))
