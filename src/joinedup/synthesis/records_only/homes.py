"""Where children live: the addresses of a home over the years, a second home, relatives, and placements of children in care.

Belongs here: addresses in time, as arrays. Not here: which of them an agency has (writing).
"""

import dataclasses

import numpy as np

from joinedup.synthesis.records_only.families import Families
from joinedup.synthesis.records_only.lexicon import Flags, Ints
from joinedup.synthesis.records_only.neighbourhoods import Ground
from joinedup.synthesis.records_only.shares import Shares

#: Addresses in time: at most so many, the last the present one.
STAYS = 4
_NEVER = np.iinfo(np.int32).max
_YEARS_ON_RECORD_DAYS = int(8 * 365.25)
_CARE_DAYS = int(3 * 365.25)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Addresses by child.

    Shapes: `since` and `spot` are children x 4, in order of time; a stay that never was has `since` far in the future.
    `door` is a house number beside each spot; `other` is an address with another parent, -1 for none.
    Units: `since` in days since 1970.
    """

    since: Ints
    spot: Ints
    door: Ints
    other: Ints
    moved: Flags
    looked_after: Flags


def draw(families: Families, ground: Ground, shares: Shares, *, ends_on: int, chance: np.random.Generator) -> Homes:
    """Return the addresses of all children."""
    since, spot = _of_homes(families, ground, shares, ends_on, chance)
    home, count = families.home, len(families.home)
    since, spot = since[home], spot[home]
    elsewhere = chance.random(count) < shares.lives_elsewhere
    spot[elsewhere] = ground.spots_in(ground.wards(int(elsewhere.sum()), chance), chance)[:, None]
    since[elsewhere, 1:] = _NEVER
    looked_after = (chance.random(count) < shares.looked_after) & (ends_on - families.birth > 60)
    in_care = np.flatnonzero(looked_after)
    _place_in_care(in_care, since, spot, birth=families.birth, ground=ground, ends_on=ends_on, chance=chance)
    two_homes = (chance.random(len(families.ward)) < shares.two_homes)[home] & ~looked_after
    second = ground.spots_in(ground.wards(len(families.ward), chance), chance)[home]
    return Homes(
        since=since,
        spot=spot,
        door=_doors(spot, families, elsewhere | looked_after, chance),
        other=np.where(two_homes, second, -1),
        moved=since[:, 1] < _NEVER,
        looked_after=looked_after,
    )


def _of_homes(
    families: Families, ground: Ground, shares: Shares, ends_on: int, chance: np.random.Generator
) -> tuple[Ints, Ints]:
    homes = len(families.ward)
    drawn = chance.random(homes)
    moves = np.where(drawn < shares.moved_twice, 2, np.where(drawn < shares.moved_twice + shares.moved_once, 1, 0))
    days = np.sort(ends_on - (chance.random((homes, 2)) * _YEARS_ON_RECORD_DAYS).astype(np.int64), axis=1)
    since = np.full((homes, STAYS), _NEVER, np.int64)
    since[:, 0] = 0
    since[:, 1] = np.where(moves > 0, days[:, 0], _NEVER)
    since[:, 2] = np.where(moves > 1, days[:, 1], _NEVER)
    spot = np.empty((homes, STAYS), np.int64)
    ward = families.ward
    for stay in range(STAYS):
        if stay:
            nearby = chance.random(homes) < shares.moves_nearby
            ward = np.where(nearby, ward, ground.wards(homes, chance))
        spot[:, stay] = ground.spots_in(ward, chance)
    came = (moves > 0) & (chance.random(homes) < shares.moved_in / (shares.moved_once + shares.moved_twice))
    spot[came, 0] = ground.spots_outside(int(came.sum()), chance)
    return since, spot


def _place_in_care(
    who: Ints, since: Ints, spot: Ints, *, birth: Ints, ground: Ground, ends_on: int, chance: np.random.Generator
) -> None:
    """Give children in care up to three placements after the home they came from, three in ten of them outside."""
    came = np.maximum(birth[who] + 5, ends_on - (chance.random(len(who)) * _CARE_DAYS).astype(np.int64))
    rest = ends_on - came
    placements = chance.integers(1, STAYS, len(who))
    later = came[:, None] + np.sort(chance.random((len(who), 2)), axis=1) * rest[:, None]
    since[who, 0] = 0
    since[who, 1] = came
    since[who, 2] = np.where(placements > 1, later[:, 0], _NEVER)
    since[who, 3] = np.where(placements > 2, later[:, 1], _NEVER)
    for stay in range(1, STAYS):
        inside = ground.spots_in(ground.wards(len(who), chance), chance)
        outside = ground.spots_outside(len(who), chance)
        spot[who, stay] = np.where(chance.random(len(who)) < 0.3, outside, inside)


def _doors(spot: Ints, families: Families, apart: Flags, chance: np.random.Generator) -> Ints:
    """Return house numbers: those of one home share them, those who live apart have others."""
    doors = 1 + (chance.random((len(families.ward), STAYS)) * 120).astype(np.int64)
    own = 1 + (chance.random(spot.shape) * 120).astype(np.int64)
    return np.where(apart[:, None], own, doors[families.home])
