"""Weighing: the levels and the bits of pairs of aliases, and their sum, compiled.

Belongs here: adding up what a model says of pairs. Not here: which pairs (candidates), what else counts (terms).
"""

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled
from joinedup.processes.childindex.linkage.scoring.answering import holds
from joinedup.processes.childindex.linkage.scoring.columns import Columns
from joinedup.processes.childindex.linkage.scoring.weights import Plan

Rows = NDArray[np.int32]
Rarity = NDArray[np.float32]

_TOO_LITTLE = -np.inf


@compiled
def _answer(table: Columns, plan: Plan, comparison: int, one: int, two: int) -> int:
    """Return the place, among all levels, of the first that holds."""
    at = plan.first[comparison]
    while at < plan.first[comparison + 1] - 1:
        if holds(plan.kinds[at], plan.columns[at], plan.numbers[at], table, one, two):
            return int(at)
        at += 1
    return int(at)


@compiled
def _worth(rarity: Rarity, plan: Plan, level: int, one: int) -> float:
    """Return the bits of a level, with what the rarity of the value that both have adds."""
    bits = float(plan.bits[level])
    if plan.rare[level] < 0:
        return bits
    rare = rarity[one, plan.rare[level]]
    if np.isnan(rare):
        return bits
    return float(bits + plan.share[level] * (plan.usual[level] + min(rare, plan.rarest[level])))


@compiled
def weigh(table: Columns, rarity: Rarity, plan: Plan, one: int, two: int, least: float) -> float:
    """Return the match weight of a pair, or minus infinity as soon as it cannot reach `least`.

    Units: bits.
    """
    weight = plan.prior
    for asked in range(len(plan.order)):
        if weight + plan.ahead[asked] < least:
            return _TOO_LITTLE
        level = _answer(table, plan, plan.order[asked], one, two)
        weight += _worth(rarity, plan, level, one)
    return weight if weight >= least else _TOO_LITTLE


@compiled
def explain(
    table: Columns,
    rarity: Rarity,
    plan: Plan,
    one: Rows,
    two: Rows,
    found: tuple[NDArray[np.int8], NDArray[np.float64]],
) -> None:
    """Write the level and the bits of each comparison for pairs of rows.

    Shapes: `found` holds two arrays of pairs x comparisons: levels, counted from 0 within each comparison, and bits.
    """
    levels, bits = found
    for pair in range(len(one)):
        for comparison in range(len(plan.order)):
            level = _answer(table, plan, comparison, one[pair], two[pair])
            levels[pair, comparison] = level - plan.first[comparison]
            bits[pair, comparison] = _worth(rarity, plan, level, one[pair])
