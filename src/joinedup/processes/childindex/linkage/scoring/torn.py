"""Torn: a record without a clear forename may be either of two twins; nobody links it without a person.

Belongs here: finding such pairs among all edges, compiled. Not here: what looks like kin or is telling (terms).

A pair is torn when it is not telling, and one of its two records is nearly as close to a third that looks like the
other's brother or sister.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled
from joinedup.processes.childindex.linkage.scoring.processor import bare

Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]


def find(ends: Rows, weight: NDArray[np.float64], kin: Flags, telling: Flags, margin: float) -> Flags:
    """Return which edges are torn.

    Shapes: `ends` 2 x e, the lower row first, ordered by them; n people counted from 0.
    Units: `weight` and `margin` in bits.
    """
    people = int(ends.max()) + 1 if ends.size else 0
    return _find(ends, _sides(ends, people), weight, (kin, telling), margin)


@compiled
def _sides(ends: Rows, people: int) -> tuple[Rows, Rows]:
    """Return for each person the edges that end there: where they begin, and which."""
    begins = np.zeros(people + 1, np.int32)
    for side in range(2):
        for edge in range(ends.shape[1]):
            begins[ends[side, edge] + 1] += 1
    for person in range(people):
        begins[person + 1] += begins[person]
    filled = begins[:-1].copy()
    edges = np.empty(2 * ends.shape[1], np.int32)
    for side in range(2):
        for edge in range(ends.shape[1]):
            person = ends[side, edge]
            edges[filled[person]] = edge
            filled[person] += 1
    return begins, edges


class _Known(NamedTuple):
    """Edges by their two ends, by bare addresses: see `processor`.

    Shapes: `left`, `right`, `weight` and `kin` by edge; `begins` and `edges` as `_sides` gives them.
    """

    left: Any
    right: Any
    weight: Any
    kin: Any
    begins: Any
    edges: Any


@compiled
def _find(
    ends: Rows,
    sides: tuple[Rows, Rows],
    weight: NDArray[np.float64],
    flags: tuple[Flags, Flags],
    margin: float,
) -> Flags:
    kin, telling = flags
    known = _Known(bare(ends[0]), bare(ends[1]), bare(weight), bare(kin), bare(sides[0]), bare(sides[1]))
    torn = np.zeros(ends.shape[1], np.bool_)
    for edge in range(ends.shape[1]):
        if not (telling[edge] or kin[edge]):
            left, right, least = ends[0, edge], ends[1, edge], weight[edge] - margin
            torn[edge] = _has_rival(known, left, right, least) or _has_rival(known, right, left, least)
    return torn


@compiled
def _has_rival(known: _Known, here: int, there: int, least: float) -> bool:
    """Return whether a person is as close as `least` to a third who looks like the other's brother or sister."""
    for at in range(known.begins[here], known.begins[here + 1]):
        edge = known.edges[at]
        rival = known.left[edge] if known.right[edge] == here else known.right[edge]
        if rival != there and not known.kin[edge] and known.weight[edge] >= least and _are_kin(known, there, rival):
            return True
    return False


@compiled
def _are_kin(known: _Known, one: int, two: int) -> bool:
    for at in range(known.begins[one], known.begins[one + 1]):
        edge = known.edges[at]
        if known.kin[edge] and (known.left[edge] == two or known.right[edge] == two):
            return True
    return False
