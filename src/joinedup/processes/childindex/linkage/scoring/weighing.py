"""Weighing: the levels and the bits of pairs of aliases, and their sum, compiled.

Belongs here: adding up what a model says of pairs. Not here: which pairs (candidates), what else counts (terms).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled, inlined
from joinedup.processes.childindex.linkage.scoring import conditions
from joinedup.processes.childindex.linkage.scoring.answering import Pair, holds, pair_of
from joinedup.processes.childindex.linkage.scoring.columns import Columns
from joinedup.processes.childindex.linkage.scoring.weights import Plan

Rows = NDArray[np.int32]
Rarity = NDArray[np.float32]

_TOO_LITTLE = -np.inf
_SLACK = 1e-9
_MISSING, _SAME = conditions.MISSING, conditions.SAME


@inlined
def _answer(table: Columns, plan: Plan, comparison: int, first: int, pair: Pair) -> int:
    """Return the place, among all levels, of the first that holds, from one on before which none does."""
    at = first
    while at < plan.first[comparison + 1] - 1:
        kind, column = plan.asked[at, 0], plan.asked[at, 1]
        # Most questions are answered by a bit; calling costs more than asking.
        if kind == _MISSING:
            found = not (pair.said >> column) & 1
        elif kind == _SAME:
            found = bool((pair.same >> column) & 1)
        else:
            found = holds(kind, column, plan.asked[at, 2], table, pair)
        if found:
            return int(at)
        at += 1
    return int(at)


@inlined
def _worth(rarity: Rarity, plan: Plan, level: int, one: int) -> float:
    """Return the bits of a level, with what the rarity of the value that both have adds."""
    bits = float(plan.worth[level, 0])
    if plan.asked[level, 3] < 0:
        return bits
    rare = rarity[one, plan.asked[level, 3]]
    if np.isnan(rare):
        return bits
    return float(bits + plan.worth[level, 3] * (plan.worth[level, 1] + min(rare, plan.worth[level, 2])))


class Notes(NamedTuple):
    """Room for what is found of one pair while it is weighed: for each comparison its state, its level and its bits."""

    state: NDArray[np.int32]
    level: NDArray[np.int32]
    bits: NDArray[np.float64]


@inlined
def _foresee(plan: Plan, pair: Pair, notes: Notes) -> float:
    """Note the state of each comparison, and return the most that a pair can weigh."""
    most = plan.prior
    for comparison in range(len(plan.state)):
        state = 0
        for at in range(1, plan.seen[comparison, 0] + 1):
            column = plan.seen[comparison, at]
            state = 3 * state + ((pair.said >> column) & 1) + ((pair.same >> column) & 1)
        notes.state[comparison] = plan.state[comparison] + state
        most += plan.most[notes.state[comparison]]
    return most


@inlined
def weigh(table: Columns, rarity: Rarity, plan: Plan, pair: Pair, least: float, notes: Notes) -> float:
    """Return the match weight of a pair, or minus infinity as soon as it cannot reach `least`.

    Units: bits.
    """
    most = _foresee(plan, pair, notes)
    # Sums in different order differ in their last digits.
    if most < least - _SLACK:
        return _TOO_LITTLE
    for comparison in plan.order:
        state = notes.state[comparison]
        level = plan.level[state]
        if not plan.sure[state]:
            level = _answer(table, plan, comparison, level, pair)
        notes.level[comparison] = level
        notes.bits[comparison] = _worth(rarity, plan, level, pair.one)
        most += notes.bits[comparison] - plan.most[state]
        if most < least - _SLACK:
            return _TOO_LITTLE
    weight = plan.prior
    for comparison in range(len(plan.state)):
        weight += notes.bits[comparison]
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
    for at in range(len(one)):
        pair = pair_of(table, one[at], two[at])
        for comparison in range(len(plan.order)):
            level = _answer(table, plan, comparison, plan.first[comparison], pair)
            levels[at, comparison] = level - plan.first[comparison]
            bits[at, comparison] = _worth(rarity, plan, level, pair.one)
