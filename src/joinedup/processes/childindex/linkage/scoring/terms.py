"""Terms: what the answers together say beyond the model, each with a name and a reason.

Belongs here: kin, borrowed number, thin, telling, read from levels. Not here: the model's own weights (weighing), or a
record torn between twins, which takes more than one pair (torn).

A family's names, home and, for twins, birth date go together, so the sum of their bits overstates. A model whose fields
are weighed each by itself cannot know that; these terms do.
"""

import dataclasses
import functools

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.scoring.weights import Weights

Flags = NDArray[np.bool_]
Levels = NDArray[np.int8]


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """What the answers of n pairs say together.

    `kin`: a brother and a sister: one home, one family name, other given names; or a number borrowed: it is the same,
    but forename and birth date are another child's. `thin`: without birth date or home it may be a namesake, with another
    birth date a brother, and with another NHS number and no clear forename a twin, whatever the rest weighs. `telling`:
    the pair shares a number or the given name.
    """

    kin: Flags
    thin: Flags
    telling: Flags


def judge(levels: Levels, weights: Weights) -> Terms:
    """Return what the levels of n pairs say together.

    Shapes: `levels` n x comparisons, as `weighing.explain` writes them.
    """

    def among(comparison: str, names: str) -> Flags:
        at, table = _answers(weights, comparison, names)
        return table[levels[:, at]] if at >= 0 else np.zeros(len(levels), np.bool_)

    number = among("nhs", "same") | among("upn", "same")
    telling = among("given", "same swapped known_as further typo")
    other_name, one_home = among("given", "different two_names"), among("home", "same postcode typo")
    kin = other_name & among("family", "same part typo alike") & one_home
    borrowed = other_name & among("birth_date", "different month default")
    thin = ~among("birth_date", "same swapped near") & ~one_home
    thin |= among("birth_date", "different")
    thin |= among("nhs", "different") & ~telling
    return Terms(kin=np.where(number, borrowed, kin), thin=~number & thin, telling=number | telling)


@functools.lru_cache(maxsize=1024)
def _answers(weights: Weights, comparison: str, names: str) -> tuple[int, Flags]:
    """Return the place of a comparison, -1 if the model has none of that name, and which of its levels are meant."""
    if comparison not in weights.names:
        return -1, np.zeros(0, np.bool_)
    at = weights.names.index(comparison)
    return at, np.array([level in names.split() for level in weights.levels[at]], np.bool_)
