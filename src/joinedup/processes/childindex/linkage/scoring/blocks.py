"""Blocks: the pairs that are looked at, found by the model's own blocking rules, each pair once.

Belongs here: reading the rules, putting rows that agree side by side, cutting the work in pieces. Not here: weighing.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled
from joinedup.processes.childindex.linkage.scoring.columns import TEXT_AT
from joinedup.processes.childindex.linkage.scoring.conditions import UnknownCondition

Cells = NDArray[np.int32]

_OTHER_PERSON = "l.person_record_id <> r.person_record_id"
_EQUAL = re.compile(r"l\.(\w+) = r\.\1")
#: Pairs in one piece of work, about.
_PIECE_PAIRS = 50_000
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


class Buckets(NamedTuple):
    """Rows side by side that may agree in the columns of a rule.

    Shapes: `begins` b + 1, where in `rows` each bucket begins; at least two rows in each, and they ascend within it.
    """

    begins: NDArray[np.int32]
    rows: NDArray[np.int32]


def read(model: Mapping[str, Any]) -> list[tuple[int, ...]]:
    """Return for each blocking rule of a model the places of its columns among `columns.TEXTS`.

    Errors: UnknownCondition when a rule asks for anything but equal columns of two people.
    """
    rules = []
    for each in model["blocking_rules_to_generate_predictions"]:
        parts = set(each["blocking_rule"].split(" and "))
        found = [_EQUAL.fullmatch(part) for part in sorted(parts - {_OTHER_PERSON})]
        if _OTHER_PERSON not in parts or not found or not all(each and each[1] in TEXT_AT for each in found):
            raise UnknownCondition(f"The model looks for pairs as this program cannot: {each['blocking_rule']}")
        rules.append(tuple(TEXT_AT[each[1]] for each in found if each))
    return rules


def masks(rules: list[tuple[int, ...]]) -> NDArray[np.int64]:
    """Return the columns of each rule as the bits of one number."""
    return np.array([sum(1 << place for place in rule) for rule in rules], np.int64)


@compiled
def bucket(cells: Cells, places: Cells) -> Buckets:
    """Return the rows that say all of a rule's columns, those that agree in them side by side; who stands alone is left out.

    A bucket may hold rows that do not agree: whoever pairs them asks again.
    """
    count = len(cells)
    size = 1
    while size < count:
        size *= 2
    of = np.empty(count, np.int32)
    sizes = np.zeros(size, np.int32)
    for row in range(count):
        mixed = np.uint64(0)
        said = True
        for place in places:
            said = said and cells[row, place] >= 0
            mixed = (mixed ^ np.uint64(cells[row, place] + 1)) * _MIX
            mixed ^= mixed >> _SHIFT
        of[row] = np.int32(mixed & np.uint64(size - 1)) if said else -1
        if said:
            sizes[of[row]] += 1
    return _filled(of, sizes)


@compiled
def _filled(of: Cells, sizes: Cells) -> Buckets:
    """Return the buckets of at least two rows, from the bucket of each row, -1 for none, and how many each bucket has."""
    begins = np.zeros(len(sizes) + 1, np.int32)
    buckets = 0
    for at in range(len(sizes)):
        if sizes[at] > 1:
            begins[buckets + 1] = begins[buckets] + sizes[at]
            # From here on it says where the bucket's next row goes.
            sizes[at] = begins[buckets]
            buckets += 1
        else:
            sizes[at] = -1
    rows = np.empty(begins[buckets], np.int32)
    for row in range(len(of)):
        if of[row] >= 0 and sizes[of[row]] >= 0:
            rows[sizes[of[row]]] = row
            sizes[of[row]] += 1
    return Buckets(begins[: buckets + 1].copy(), rows)


def pieces(found: Buckets) -> list[tuple[int, int]]:
    """Return ranges of buckets with about as many pairs each: the same ones for the same rows, on any machine."""
    sizes = np.diff(found.begins).astype(np.int64)
    pairs = np.cumsum(sizes * (sizes - 1) // 2)
    if not len(pairs) or not pairs[-1]:
        return []
    wanted = np.arange(_PIECE_PAIRS, pairs[-1] + _PIECE_PAIRS, _PIECE_PAIRS)
    ends = np.unique(np.minimum(np.searchsorted(pairs, wanted) + 1, len(sizes)))
    return list(zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True))
