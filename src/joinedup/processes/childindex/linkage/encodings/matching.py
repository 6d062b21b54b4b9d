"""Matching: which encodings of two agencies are one child, for whoever holds the encodings and no key.

Belongs here: the order in which pairs are taken, and which are let go. Not here: how alike they are (near).
"""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.encodings import near
from joinedup.processes.childindex.linkage.encodings.filters import Filters

Ints = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Pairs of rows of two lists, the most alike first.

    Shapes: `left`, `right` and `alike` of one length.
    """

    left: Ints
    right: Ints
    alike: NDArray[np.float64]


def match(left: Filters, right: Filters, *, least: float, margin: float) -> Matched:
    """Return the pairs that are alike enough and, within `margin`, the most alike that either record has.

    A brother is alike as well. He is let go when the child itself is on the other list, and kept, wrongly, when it is
    not and `least` is too low. A child that one agency lists twice keeps both.
    Units: `least` and `margin` as Dice's measure, 0 to 1.
    """
    found = near.pairs(left, right, least=least)
    alike = near.dice(left, right, found)
    best = np.zeros(len(left)), np.zeros(len(right))
    for side in (0, 1):
        np.maximum.at(best[side], found[:, side], alike)
    kept = (alike >= best[0][found[:, 0]] - margin) & (alike >= best[1][found[:, 1]] - margin)
    found, alike = found[kept], alike[kept]
    order = np.lexsort((found[:, 1], found[:, 0], -alike))
    return Matched(left=found[order, 0], right=found[order, 1], alike=alike[order])
