"""Knowing: what all aliases together teach about names.

Belongs here: names in use, and forms of one name, counted. Not here: what is done with them (lore, making).
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.coding.phrases import Codes, Lists

#: A forename that children of this many birth dates bear, or of this share of all people, is a name of its own.
_LEAST_DATES, _PEOPLE_FOR_ONE_DATE = 4, 20_000
#: Under this many children, two forenames under one number are an accident rather than forms of one name.
_LEAST_CHILDREN_OF_VARIANT = 2


def known_names(given: Codes, born: Codes, lengths: Codes, *, people: int, no_day: int) -> NDArray[np.bool_]:
    """Return for each word whether it is a forename that many children bear.

    Shapes: `given` and `born` by alias, `lengths` by word.
    """
    asked = (given >= 0) & (born != no_day)
    pairs = pc.unique(
        pa.array(given[asked].astype(np.int64) << 32 | (born[asked].astype(np.int64) - no_day))
    ).to_numpy()
    dates = np.bincount((pairs >> 32).astype(np.int64), minlength=len(lengths))
    return (dates >= max(_LEAST_DATES, people / _PEOPLE_FOR_ONE_DATE)) & (lengths > 1)


def variants(number: Codes, born: Codes, canonical: Codes, lengths: Codes, *, no_day: int) -> Lists:
    """Return for each word the forenames that several children bear beside it under one number and birth date.

    Shapes: by alias, `lengths` by word; a list for each word.
    """
    asked = (number >= 0) & (canonical >= 0) & (born != no_day)
    asked[asked] &= lengths[canonical[asked]] > 1
    # Nearly every number has one name: those that have more are few.
    first = np.full(int(number.max(initial=0)) + 1, -1, np.int32)
    first[number[asked]] = canonical[asked]
    several = np.zeros(len(first), np.bool_)
    several[number[asked][canonical[asked] != first[number[asked]]]] = True
    asked[asked] &= several[number[asked]]
    told = np.stack([number[asked], born[asked], canonical[asked]])
    told = told[:, np.lexsort(told[::-1])]
    told = told[:, _changes(told)]
    group = np.cumsum(_changes(told[:2])) - 1
    # What is left is gone through one by one.
    together = np.bincount(group)[group] > 1 if len(group) else np.zeros(0, np.bool_)
    pairs = [
        (one, other, number)
        for rows in _apart(told[:, together], group[together])
        for number, _born, one in rows
        for _number, _born, other in rows
        if one != other
    ]
    return _often(np.array(sorted(set(pairs)), np.int64).reshape(-1, 3), len(lengths))


def _changes(told: Codes) -> NDArray[np.bool_]:
    """Return where a column is not the one before it."""
    changes = np.ones(told.shape[1], np.bool_)
    changes[1:] = np.any(told[:, 1:] != told[:, :-1], axis=0)
    return changes


def _apart(told: Codes, group: NDArray[np.int64]) -> list[list[list[int]]]:
    found: dict[int, list[list[int]]] = {}
    for row, at in zip(told.T.tolist(), group.tolist(), strict=True):
        found.setdefault(at, []).append(row)
    return list(found.values())


def _often(told: NDArray[np.int64], words: int) -> Lists:
    """Return the pairs of names that come under enough numbers, as a list for each name."""
    pairs, counts = np.unique(told[:, :2], axis=0, return_counts=True)
    often = pairs[counts >= _LEAST_CHILDREN_OF_VARIANT]
    begins = np.zeros(words + 1, np.int32)
    begins[1:] = np.cumsum(np.bincount(often[:, 0], minlength=words))
    return Lists(begins, often[:, 1].astype(np.int32))
