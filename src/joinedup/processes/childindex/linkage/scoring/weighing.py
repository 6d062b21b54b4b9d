"""Weighing: the levels and the bits of pairs of aliases, and their sum, compiled.

Belongs here: adding up what a model says of pairs. Not here: which pairs (candidates), what else counts (terms).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled, inlined
from joinedup.processes.childindex.linkage.scoring import conditions, processor
from joinedup.processes.childindex.linkage.scoring.answering import Pair, Table, holds, pair_of, table_of
from joinedup.processes.childindex.linkage.scoring.columns import Columns
from joinedup.processes.childindex.linkage.scoring.weights import Plan

Rows = NDArray[np.int32]
Rarity = NDArray[np.float32]

_TOO_LITTLE = -np.inf
_SLACK = 1e-9
#: So many numbers has a row of each table of a plan.
_ASKED, _WORTH, _SEEN = 4, 4, 4
_MISSING, _SAME = conditions.MISSING, conditions.SAME


class Bare(NamedTuple):
    """A model's plan and the rarities by their bare addresses: see `processor`.

    Shapes: as `weights.Plan`, rows of tables one after another; `comparisons` says how many there are, `rare_columns` how
    many rarities has each row.
    """

    first: Any
    asked: Any
    worth: Any
    order: Any
    seen: Any
    state: Any
    possible: Any
    most: Any
    prior: float
    comparisons: int
    rarity: Any
    rare_columns: int


class Notes(NamedTuple):
    """Room for what is found of one pair while it is weighed: for each comparison its state, its level and its bits.

    Shapes: arrays, or their bare addresses.
    """

    state: Any
    level: Any
    bits: Any


@inlined
def bare_of(plan: Plan, rarity: Rarity) -> Bare:
    """Return the addresses of a plan and of rarities; whoever asks holds them."""
    bare = processor.bare
    return Bare(
        bare(plan.first),
        bare(plan.asked),
        bare(plan.worth),
        bare(plan.order),
        bare(plan.seen),
        bare(plan.state),
        bare(plan.possible),
        bare(plan.most),
        plan.prior,
        len(plan.state),
        bare(rarity),
        rarity.shape[1],
    )


@inlined
def notes_of(room: Notes) -> Notes:
    """Return the addresses of the room; whoever asks holds it: Numba lets go of an array that is not asked for again."""
    return Notes(processor.bare(room.state), processor.bare(room.level), processor.bare(room.bits))


@inlined
def _answer(table: Table, plan: Bare, comparison: int, possible: int, pair: Pair) -> int:
    """Return the place, among all levels, of the first that holds; of those that are possible the last one always does."""
    at = int(np.int64(plan.first[comparison]))
    left = int(np.int64(possible))
    while left > 1:
        if left & 1:
            kind, column = plan.asked[_ASKED * at], plan.asked[_ASKED * at + 1]
            # Most questions are answered by a bit; calling costs more than asking.
            if kind == _MISSING:
                found = not (pair.said >> column) & 1
            elif kind == _SAME:
                found = bool((pair.same >> column) & 1)
            else:
                found = holds(kind, column, plan.asked[_ASKED * at + 2], table, pair)
            if found:
                return at
        at += 1
        left >>= 1
    return at


@inlined
def _worth(plan: Bare, level: int, one: int) -> float:
    """Return the bits of a level, with what the rarity of the value that both have adds."""
    bits = float(plan.worth[_WORTH * level])
    column = plan.asked[_ASKED * level + 3]
    if column < 0:
        return bits
    rare = plan.rarity[one * plan.rare_columns + column]
    if np.isnan(rare):
        return bits
    usual, rarest = plan.worth[_WORTH * level + 1], plan.worth[_WORTH * level + 2]
    return float(bits + plan.worth[_WORTH * level + 3] * (usual + min(rare, rarest)))


@inlined
def foresee(plan: Bare, pair: Pair, allowed: int, notes: Notes) -> float:
    """Note the state of each comparison, and return the most that a pair can weigh.

    Shapes: `allowed` is what the sketches of the two allow (`sketching.hints`).
    Units: bits.
    """
    most = plan.prior
    for comparison in range(plan.comparisons):
        seen = _SEEN * comparison
        column, columns = plan.seen[seen], plan.seen[seen + 1]
        these, hints = (1 << columns) - 1, (1 << plan.seen[seen + 3]) - 1
        state = (allowed >> plan.seen[seen + 2]) & hints
        state = state << columns | ((pair.same >> column) & these)
        state = state << columns | ((pair.said >> column) & these)
        state += plan.state[comparison]
        notes.state[comparison] = state
        most += plan.most[state]
    return most


@inlined
def _is_less(most: float, least: float) -> bool:
    """Return whether what is added up cannot reach a weight; sums in different order differ in their last digits."""
    return bool(most < least - _SLACK)


@inlined
def weigh(table: Table, plan: Bare, pair: Pair, bounds: tuple[float, float], notes: Notes) -> float:
    """Return the match weight of a pair that was foreseen, or minus infinity as soon as it cannot be enough.

    Shapes: `bounds`: the least that is enough, and the most that was foreseen.
    Units: bits.
    """
    least, most = bounds
    if _is_less(most, least):
        return _TOO_LITTLE
    for place in range(plan.comparisons):
        comparison = plan.order[place]
        state = notes.state[comparison]
        level = _answer(table, plan, comparison, plan.possible[state], pair)
        bits = _worth(plan, level, pair.one)
        notes.level[comparison], notes.bits[comparison] = level, bits
        most += bits - plan.most[state]
        if _is_less(most, least):
            return _TOO_LITTLE
    weight = plan.prior
    for comparison in range(plan.comparisons):
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
    fields, asked = table_of(table), bare_of(plan, rarity)
    for at in range(len(one)):
        pair = pair_of(fields, one[at], two[at])
        for comparison in range(asked.comparisons):
            every = (1 << (plan.first[comparison + 1] - plan.first[comparison])) - 1
            level = _answer(fields, asked, comparison, every, pair)
            levels[at, comparison] = level - plan.first[comparison]
            bits[at, comparison] = _worth(asked, level, pair.one)
