"""Pairing: the compiled loop over blocks that weighs each pair and keeps those that reach the least weight.

Belongs here: the loop, and what it hands back. Not here: blocks (blocks), weights (weighing), people (batch).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled
from joinedup.processes.childindex.linkage.scoring.answering import pair_of
from joinedup.processes.childindex.linkage.scoring.blocks import Buckets
from joinedup.processes.childindex.linkage.scoring.columns import Columns
from joinedup.processes.childindex.linkage.scoring.weighing import Rarity, weigh
from joinedup.processes.childindex.linkage.scoring.weights import Plan

_FIRST_ROOM = 4096


class Kept(NamedTuple):
    """Pairs that reached the least weight.

    Shapes: rows of the table, `one` < `two`; `weight` in bits.
    """

    one: NDArray[np.int32]
    two: NDArray[np.int32]
    weight: NDArray[np.float64]


class Job(NamedTuple):
    """What the loop reads and never changes.

    Shapes: `rules` has the mask of each blocking rule in order.
    """

    table: Columns
    rarity: Rarity
    plan: Plan
    person: NDArray[np.int32]
    rules: NDArray[np.int64]
    least: float


@compiled
def _is_first(rules: NDArray[np.int64], rule: int, agreeing: int) -> bool:
    """Return whether a rule finds a pair that no rule before it finds."""
    found = 0
    while agreeing & rules[found] != rules[found]:
        found += 1
        if found > rule:
            return False
    return found == rule


@compiled
def _more_room(kept: Kept, count: int) -> Kept:
    room = 2 * len(kept.one)
    one, two, weight = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.float64)
    one[:count], two[:count], weight[:count] = kept.one[:count], kept.two[:count], kept.weight[:count]
    return Kept(one, two, weight)


@compiled
def scan(job: Job, rule: int, found: Buckets, begin: int, end: int) -> Kept:
    """Return the pairs within a range of a rule's buckets that reach the least weight, in the order of buckets and rows."""
    kept = Kept(np.empty(_FIRST_ROOM, np.int32), np.empty(_FIRST_ROOM, np.int32), np.empty(_FIRST_ROOM, np.float64))
    count = 0
    for bucket in range(begin, end):
        first, last = found.begins[bucket], found.begins[bucket + 1]
        for at in range(first, last - 1):
            one = found.rows[at]
            for other in range(at + 1, last):
                two = found.rows[other]
                if job.person[one] == job.person[two]:
                    continue
                pair = pair_of(job.table, one, two)
                if not _is_first(job.rules, rule, pair.same):
                    continue
                weight = weigh(job.table, job.rarity, job.plan, pair, job.least)
                if weight < job.least:
                    continue
                if count == len(kept.one):
                    kept = _more_room(kept, count)
                kept.one[count], kept.two[count], kept.weight[count] = one, two, weight
                count += 1
    return Kept(kept.one[:count].copy(), kept.two[:count].copy(), kept.weight[:count].copy())
