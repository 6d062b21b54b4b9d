"""Torn: a record without a clear forename may be either of two twins; nobody links it without a person.

Belongs here: finding such pairs among all edges, compiled. Not here: what looks like kin or is telling (terms).

A pair is torn when it is not telling, and one of its two records is nearly as close to a third that looks like the
other's brother or sister.
"""

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled

Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]


def find(ends: Rows, weight: NDArray[np.float64], kin: Flags, telling: Flags, margin: float) -> Flags:
    """Return which edges are torn.

    Shapes: `ends` 2 x e, the lower row first, ordered by them; n people counted from 0.
    Units: `weight` and `margin` in bits.
    """
    people = int(ends.max()) + 1 if ends.size else 0
    begins, edges = _sides(ends, people)
    keys = ends[0].astype(np.int64) * people + ends[1]
    return _find(ends, (begins, edges, keys), weight, (kin, telling), margin)


@compiled
def _sides(ends: Rows, people: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each person the edges that end there: where they begin, and which."""
    begins = np.zeros(people + 1, np.int64)
    for side in range(2):
        for edge in range(ends.shape[1]):
            begins[ends[side, edge] + 1] += 1
    for person in range(people):
        begins[person + 1] += begins[person]
    filled = begins[:-1].copy()
    edges = np.empty(2 * ends.shape[1], np.int64)
    for side in range(2):
        for edge in range(ends.shape[1]):
            person = ends[side, edge]
            edges[filled[person]] = edge
            filled[person] += 1
    return begins, edges


@compiled
def _find(
    ends: Rows,
    sides: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    weight: NDArray[np.float64],
    flags: tuple[Flags, Flags],
    margin: float,
) -> Flags:
    kin, telling = flags
    torn = np.zeros(ends.shape[1], np.bool_)
    for edge in range(ends.shape[1]):
        if telling[edge] or kin[edge]:
            continue
        for side in range(2):
            here, there = ends[side, edge], ends[1 - side, edge]
            torn[edge] = torn[edge] or _has_rival(ends, sides, weight, kin, (edge, here, there, margin))
    return torn


@compiled
def _has_rival(
    ends: Rows,
    sides: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    weight: NDArray[np.float64],
    kin: Flags,
    asked: tuple[int, int, int, float],
) -> bool:
    begins, edges, keys = sides
    edge, here, there, margin = asked
    people = len(begins) - 1
    for at in range(begins[here], begins[here + 1]):
        other = edges[at]
        rival = ends[0, other] if ends[1, other] == here else ends[1, other]
        if rival == there or kin[other] or weight[other] < weight[edge] - margin:
            continue
        key = np.int64(min(there, rival)) * people + max(there, rival)
        found = np.searchsorted(keys, key)
        if found < len(keys) and keys[found] == key and kin[found]:
            return True
    return False
