"""Rules of how much a shared surname says: little where many bear it, in the area or in the community it comes from.

Belongs here: how rare a surname is. Not here: accusing anybody of anything (snooping).

A worker named Khan who serves families of whom many are named Khan meets the name every day. Weighed by its share in the
whole area it would still look rare; so the larger of two shares counts, that in the area and that among the people of the
community in which the name is at home.
"""

import collections
import dataclasses
import math
from collections.abc import Iterable, Mapping


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How large a share of people bears each surname.

    Units: shares, 0 to 1. `rarest` stands for a name that nobody counted bears.
    """

    in_area: Mapping[str, float]
    in_community: Mapping[str, float]
    rarest: float

    def share(self, surname: str) -> float:
        """Return the larger of a surname's shares in the area and in its community."""
        return max(self.in_area.get(surname, self.rarest), self.in_community.get(surname, self.rarest))

    def bits(self, surname: str) -> float:
        """Return how rare a surname is.

        Units: bits, the negative binary logarithm of its share: 7 is one person in 128, 13 one in 8,192.
        """
        return -math.log2(self.share(surname))

    def chance_of_meeting(self, surname: str, *, children: int) -> float:
        """Return how likely it is to meet the surname by chance among so many children.

        Units: share, 0 to 1.
        """
        return 1 - (1 - min(self.share(surname), 1)) ** children


def count_names(bearers: Iterable[tuple[str, str]], *, least_in_community: int = 100) -> Names:
    """Count who bears each surname: pairs of a folded surname and a community, which may be empty.

    A community of fewer people than `least_in_community` says too little of its names, and is not weighed.
    A name is at home where the largest share of a community bears it.
    """
    pairs = collections.Counter((surname, community) for surname, community in bearers if surname)
    in_area: collections.Counter[str] = collections.Counter()
    communities: collections.Counter[str] = collections.Counter()
    for (surname, community), people in pairs.items():
        in_area[surname] += people
        communities[community] += people
    everyone = max(in_area.total(), 1)
    in_community: dict[str, float] = {}
    for (surname, community), people in pairs.items():
        if community and communities[community] >= least_in_community:
            in_community[surname] = max(in_community.get(surname, 0.0), people / communities[community])
    return Names(
        in_area={surname: people / everyone for surname, people in in_area.items()},
        in_community=in_community,
        rarest=1 / (everyone + 1),
    )
