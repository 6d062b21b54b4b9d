"""Pairing: the compiled loop over blocks that weighs each pair and keeps those that reach the least weight.

Belongs here: the loop, and what it hands back. Not here: blocks (blocks), weights (weighing), people (batch).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled, inlined
from joinedup.processes.childindex.linkage.scoring import processor
from joinedup.processes.childindex.linkage.scoring.answering import Table, pair_of, table_of
from joinedup.processes.childindex.linkage.scoring.blocks import Buckets
from joinedup.processes.childindex.linkage.scoring.columns import WIDTH, Columns
from joinedup.processes.childindex.linkage.scoring.sketching import SKETCH, Sketches, hints
from joinedup.processes.childindex.linkage.scoring.weighing import Notes, Rarity, bare_of, foresee, notes_of, weigh
from joinedup.processes.childindex.linkage.scoring.weights import Plan

_FIRST_ROOM = 4096
#: So many rows ahead are fetched.
_AHEAD = 12


class Kept(NamedTuple):
    """Pairs that reached the least weight.

    Shapes: rows of the table, `one` < `two`; `weight` in bits; `levels` pairs x comparisons, counted from 0 within each.
    """

    one: NDArray[np.int32]
    two: NDArray[np.int32]
    weight: NDArray[np.float64]
    levels: NDArray[np.int8]


class Job(NamedTuple):
    """What the loop reads and never changes.

    Shapes: `rules` has for each blocking rule in order one bit for each of its columns, as `blocks.masks` gives them.
    """

    table: Columns
    sketches: Sketches
    rarity: Rarity
    plan: Plan
    person: NDArray[np.int32]
    rules: NDArray[np.int64]
    least: float


@inlined
def _is_first(same: int, rules: Any, rule: int) -> bool:
    """Return whether a rule finds a pair that no rule before it finds; most pairs of one child are found by many."""
    first = (same & rules[rule]) == rules[rule]
    for before in range(rule):
        first = first and (same & rules[before]) != rules[before]
    return bool(first)


@compiled
def _more_room(kept: Kept, count: int) -> Kept:
    room = 2 * len(kept.one)
    one, two, weight = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.float64)
    levels = np.empty((room, kept.levels.shape[1]), np.int8)
    one[:count], two[:count], weight[:count] = kept.one[:count], kept.two[:count], kept.weight[:count]
    levels[:count] = kept.levels[:count]
    return Kept(one, two, weight, levels)


@inlined
def _come_nearer(table: Table, sketches: Any, row: int) -> None:
    """Fetch a row that is looked at soon: rows of a bucket lie anywhere."""
    processor.fetch(table.cells, WIDTH * row)
    processor.fetch(table.cells, WIDTH * row + WIDTH // 2)
    processor.fetch(sketches, SKETCH * row)


@compiled
def scan(job: Job, rule: int, found: Buckets, begin: int, end: int) -> Kept:
    """Return the pairs within a range of a rule's buckets that reach the least weight, in the order of buckets and rows."""
    comparisons = len(job.plan.state)
    room = Notes(np.zeros(comparisons, np.int64), np.zeros(comparisons, np.int64), np.zeros(comparisons, np.float64))
    return _scan(job, rule, found, (begin, end), room)


@compiled
def _scan(job: Job, rule: int, found: Buckets, span: tuple[int, int], room: Notes) -> Kept:
    """Do so with room for what is found of one pair, which whoever calls holds."""
    comparisons = len(job.plan.state)
    kept = Kept(
        np.empty(_FIRST_ROOM, np.int32),
        np.empty(_FIRST_ROOM, np.int32),
        np.empty(_FIRST_ROOM, np.float64),
        np.empty((_FIRST_ROOM, comparisons), np.int8),
    )
    table, plan, notes = table_of(job.table), bare_of(job.plan, job.rarity), notes_of(room)
    sketches, rules = processor.bare(job.sketches), processor.bare(job.rules)
    person, rows, begins = job.person, found.rows, found.begins
    count = 0
    for bucket in range(span[0], span[1]):
        last = begins[bucket + 1]
        for at in range(begins[bucket], last - 1):
            one = rows[at]
            _come_nearer(table, sketches, rows[min(at + _AHEAD, len(rows) - 1)])
            for other in range(at + 1, last):
                two = rows[other]
                pair = pair_of(table, one, two)
                if not _is_first(pair.same, rules, rule):
                    continue
                most = foresee(plan, pair, hints(table, sketches, pair), notes)
                weight = weigh(table, plan, pair, (job.least, most), notes)
                if weight < job.least or person[one] == person[two]:
                    continue
                if count == len(kept.one):
                    kept = _more_room(kept, count)
                kept.one[count], kept.two[count], kept.weight[count] = one, two, weight
                for comparison in range(comparisons):
                    kept.levels[count, comparison] = notes.level[comparison] - plan.first[comparison]
                count += 1
    return Kept(
        kept.one[:count].copy(), kept.two[:count].copy(), kept.weight[:count].copy(), kept.levels[:count].copy()
    )
