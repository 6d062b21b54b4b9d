"""The ground: real postcodes about the borough's middle, cut into wards that communities gather in.

Belongs here: geography as arrays. Not here: who lives there (families, homes).
"""

import dataclasses

import numpy as np

from joinedup.synthesis import households, places, streams
from joinedup.synthesis.records_only.lexicon import Floats, Ints, Lexicon, Words

_CHILDREN_PER_WARD = 2_500
_LEAST_WARDS = 8
#: Of the postcodes, these many more lie around for those who come, go, or are placed away.
_AROUND = 0.15


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Postcodes by place, and wards.

    Shapes: `postcodes` in the order of wards, those outside at the end; `ward_starts` has one entry more than there
    are wards; `streets` names one street for each postcode; `community_cumulative` is wards x communities.
    Units: `hardship` 0 (least) to 1 (most).
    """

    postcodes: Words
    streets: Words
    ward_starts: Ints
    ward_cumulative: Floats
    hardship: Floats
    community_cumulative: Floats

    @property
    def outside(self) -> int:
        """Return where the postcodes outside begin."""
        return int(self.ward_starts[-1])

    def spots_in(self, ward: Ints, chance: np.random.Generator) -> Ints:
        """Return a postcode, by place, in each of these wards."""
        starts, ends = self.ward_starts[ward], self.ward_starts[ward + 1]
        into: Ints = np.floor(chance.random(len(ward)) * (ends - starts)).astype(np.int64)
        return starts + into

    def spots_outside(self, count: int, chance: np.random.Generator) -> Ints:
        """Return so many postcodes outside."""
        into: Ints = np.floor(chance.random(count) * (len(self.postcodes) - self.outside)).astype(np.int64)
        return self.outside + into

    def wards(self, count: int, chance: np.random.Generator) -> Ints:
        """Return a ward for each of so many homes: more homes where there is more hardship."""
        drawn = np.searchsorted(self.ward_cumulative, chance.random(count) * self.ward_cumulative[-1], side="right")
        wards: Ints = np.minimum(drawn, len(self.hardship) - 1)
        return wards

    def communities(self, ward: Ints, chance: np.random.Generator) -> Ints:
        """Return a community for a home in each of these wards."""
        drawn = chance.random(len(ward))
        found: Ints = (self.community_cumulative[ward] < drawn[:, None]).sum(axis=1)
        communities: Ints = np.minimum(found, self.community_cumulative.shape[1] - 1)
        return communities


def lay_out(*, children: int, lexicon: Lexicon, seed: int) -> Ground:
    """Return the ground for so many children: as many postcodes about the middle as they fill.

    Errors: PostcodesMissing when the postcodes are not installed; TooManyChildren when there are not enough of them.
    """
    wanted = max(160, int(children / places.CHILDREN_PER_POSTCODE))
    spots = places.read_around(int(wanted * (1 + _AROUND)))
    chance = streams.many(seed, "ground")
    wards = _split(spots.easting[:wanted], spots.northing[:wanted], max(_LEAST_WARDS, children // _CHILDREN_PER_WARD))
    order = np.concatenate([*wards, np.arange(wanted, len(spots.postcodes))])
    sizes = np.array([len(ward) for ward in wards], float)
    hardship = chance.permutation(len(wards)) / (len(wards) - 1)
    beginnings, endings = (np.array(places.words(part), object) for part in ("beginning", "ending"))
    streets = chance.choice(beginnings, len(order)) + " " + chance.choice(endings, len(order))
    table = households.community_table(
        shares=np.array([community.share for community in lexicon.communities]), ward_sizes=sizes, seed=seed
    )
    return Ground(
        postcodes=spots.postcodes[order],
        streets=streets,
        ward_starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        ward_cumulative=np.cumsum(sizes * (0.8 + 0.5 * hardship)),
        hardship=hardship,
        community_cumulative=np.cumsum(table, axis=1),
    )


def _split(easting: Floats, northing: Floats, parts: int) -> list[Ints]:
    """Cut places into compact parts of about one size, halving along the longer side."""

    def cut(here: Ints, count: int) -> list[Ints]:
        if count == 1:
            return [here]
        along = easting[here] if np.ptp(easting[here]) > np.ptp(northing[here]) else northing[here]
        ordered = here[np.argsort(along, kind="stable")]
        half = len(here) * (count // 2) // count
        return cut(ordered[:half], count // 2) + cut(ordered[half:], count - count // 2)

    return cut(np.arange(len(easting)), parts)
