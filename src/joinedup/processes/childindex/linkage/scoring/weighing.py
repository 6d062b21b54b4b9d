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
def _answer(table: Columns, plan: Plan, comparison: int, possible: int, pair: Pair) -> int:
    """Return the place, among all levels, of the first that holds; of those that are possible the last one always does."""
    at = plan.first[comparison]
    left = possible
    while left > 1:
        if left & 1:
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
        left >>= 1
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
def foresee(plan: Plan, pair: Pair, allowed: int, notes: Notes) -> float:
    """Note the state of each comparison, and return the most that a pair can weigh.

    Shapes: `allowed` is what the sketches of the two allow (`sketching.hints`).
    Units: bits.
    """
    most = plan.prior
    for comparison in range(len(plan.state)):
        column, columns = plan.seen[comparison, 0], plan.seen[comparison, 1]
        these, hints = (1 << columns) - 1, (1 << plan.seen[comparison, 3]) - 1
        state = (allowed >> plan.seen[comparison, 2]) & hints
        state = state << columns | ((pair.same >> column) & these)
        state = state << columns | ((pair.said >> column) & these)
        notes.state[comparison] = plan.state[comparison] + state
        most += plan.most[notes.state[comparison]]
    return most


@inlined
def _is_less(most: float, least: float) -> bool:
    """Return whether what is added up cannot reach a weight; sums in different order differ in their last digits."""
    return most < least - _SLACK


@inlined
def weigh(table: Columns, rarity: Rarity, plan: Plan, pair: Pair, bounds: tuple[float, float], notes: Notes) -> float:
    """Return the match weight of a pair that was foreseen, or minus infinity as soon as it cannot be enough.

    Shapes: `bounds`: the least that is enough, and the most that was foreseen.
    Units: bits.
    """
    least, most = bounds
    if _is_less(most, least):
        return _TOO_LITTLE
    for comparison in plan.order:
        state = notes.state[comparison]
        level = _answer(table, plan, comparison, plan.possible[state], pair)
        notes.level[comparison] = level
        notes.bits[comparison] = _worth(rarity, plan, level, pair.one)
        most += notes.bits[comparison] - plan.most[state]
        if _is_less(most, least):
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
            every = (1 << (plan.first[comparison + 1] - plan.first[comparison])) - 1
            level = _answer(table, plan, comparison, every, pair)
            levels[at, comparison] = level - plan.first[comparison]
            bits[at, comparison] = _worth(rarity, plan, level, pair.one)
