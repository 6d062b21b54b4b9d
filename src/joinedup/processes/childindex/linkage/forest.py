"""The forest: the compiled loop that joins records best edge first and refuses what may not be joined.

Belongs here: arrays and loops that numba compiles. Not here: what the arrays mean to people (clustering).
"""

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Flags = NDArray[np.uint8]

ALREADY = 0
JOINED = 1
TWO_NHS = 2
TWO_UPN = 3
KIN = 4
PARTED = 5
_NONE = -1


@numba.njit(cache=True)
def _root(parent: Small, node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@numba.njit(cache=True)
def _opposed(parent: Small, lists: Ints, others: Ints, kinds: Ints, one: int, two: int) -> int:
    """Return the gravest reason that keeps two trees apart, or 0; the shorter list of opposites is read."""
    first, length = 0, 2
    if lists[length, two] < lists[length, one]:
        one, two = two, one
    gravest = 0
    entry = lists[first, one]
    while entry != _NONE:
        if kinds[0, entry] > gravest and _root(parent, others[0, entry]) == two:
            gravest = kinds[0, entry]
        entry = others[1, entry]
    return gravest


@numba.njit(cache=True)
def _merge_lists(lists: Ints, others: Ints, into: int, gone: int) -> None:
    first, last, length = 0, 1, 2
    if lists[length, gone] == 0:
        return
    if lists[length, into] == 0:
        lists[first, into] = lists[first, gone]
    else:
        others[1, lists[last, into]] = lists[first, gone]
    lists[last, into] = lists[last, gone]
    lists[length, into] += lists[length, gone]


@numba.njit(cache=True)
def _opposites(count: int, pairs: Ints, kinds: Ints) -> tuple[Ints, Ints, Ints]:
    """Return linked lists of opposites: per node its first and last entry and their number; per entry other and next."""
    total = pairs.shape[1]
    lists = np.full((3, count), _NONE, np.int64)
    lists[2, :] = 0
    others = np.full((2, 2 * total), _NONE, np.int64)
    both_kinds = np.zeros((1, 2 * total), np.int64)
    for entry in range(2 * total):
        side = entry % 2
        node = pairs[side, entry // 2]
        others[0, entry] = pairs[1 - side, entry // 2]
        both_kinds[0, entry] = kinds[entry // 2]
        if lists[2, node] == 0:
            lists[0, node] = entry
        else:
            others[1, lists[1, node]] = entry
        lists[1, node] = entry
        lists[2, node] += 1
    return lists, others, both_kinds


@numba.njit(cache=True)
def grow(edges: Ints, overrides: Flags, numbers: Ints, apart: Ints, kinds: Ints) -> tuple[Ints, Ints]:
    """Return each node's tree and each edge's outcome, the edges taken in the order given.

    Shapes: `edges` 2 x e and `apart` 2 x a (nodes), `numbers` 2 x n (codes of NHS number and UPN, -1 for none).
    An edge with `overrides` set joins against kin; nothing joins against a number or a parting.
    """
    count = numbers.shape[1]
    # In half the room more of it stays near: edges come in no order of places.
    parent = np.arange(count, dtype=np.int32)
    size = np.ones(count, np.int32)
    held = numbers.astype(np.int32)
    lists, others, both_kinds = _opposites(count, apart, kinds)
    outcome = np.zeros(edges.shape[1], np.int64)
    for at in range(edges.shape[1]):
        one, two = _root(parent, edges[0, at]), _root(parent, edges[1, at])
        if one == two:
            continue
        if size[one] < size[two]:
            one, two = two, one
        if held[0, one] != _NONE and held[0, two] != _NONE and held[0, one] != held[0, two]:
            outcome[at] = TWO_NHS
            continue
        if held[1, one] != _NONE and held[1, two] != _NONE and held[1, one] != held[1, two]:
            outcome[at] = TWO_UPN
            continue
        reason = _opposed(parent, lists, others, both_kinds, one, two)
        if reason == PARTED or (reason == KIN and not overrides[at]):
            outcome[at] = reason
            continue
        outcome[at] = JOINED
        parent[two] = one
        size[one] += size[two]
        for kind in range(2):
            held[kind, one] = max(held[kind, one], held[kind, two])
        _merge_lists(lists, others, one, two)
    tree = np.empty(count, np.int64)
    for node in range(count):
        tree[node] = _root(parent, node)
    return tree, outcome
