"""Letters: how alike two words are, on their bytes, exactly as DuckDB finds it.

Belongs here: compiled comparisons of two byte strings within one long array. Not here: what they compare (conditions).

Folded words are plain ASCII, so a byte is a letter. Each function takes the array of all letters and, for each of the
two words, where it begins and ends.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled

Letters = NDArray[np.uint8]

#: Up to this many letters are marked as bits of one number; longer words take a slower way.
_MARKED = 64
_WINKLER_FROM = 0.7
_PREFIX_LETTERS, _PREFIX_WORTH = 4, 0.1


def _rounded_once(_context: Any, _one: Any, _two: Any, _added: Any) -> tuple[Any, Callable[..., Any]]:
    """Write one * two + added with one rounding, as DuckDB's library is compiled: likenesses at a limit depend on it."""

    def write(_target: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fma(*given)

    return types.float64(types.float64, types.float64, types.float64), write


_times_plus: Any = intrinsic(_rounded_once)


@compiled
def is_one_slip(letters: Letters, one: int, one_end: int, two: int, two_end: int) -> bool:
    """Return whether two words are the same but for one letter lost, gained, changed or swapped with its neighbour.

    It is `damerau_levenshtein(one, two) <= 1`, found in one pass.
    """
    longer, shorter = one_end - one, two_end - two
    if longer < shorter:
        one, one_end, two, two_end = two, two_end, one, one_end
        longer, shorter = shorter, longer
    if longer - shorter > 1:
        return False
    while two < two_end and letters[one] == letters[two]:
        one += 1
        two += 1
    while two < two_end and letters[one_end - 1] == letters[two_end - 1]:
        one_end -= 1
        two_end -= 1
    longer, shorter = one_end - one, two_end - two
    if longer <= 1:
        return True
    if longer != 2 or shorter != 2:
        return False
    return bool(letters[one] == letters[two + 1] and letters[one + 1] == letters[two])


@compiled
def jaro_winkler(letters: Letters, one: int, one_end: int, two: int, two_end: int) -> float:
    """Return the Jaro-Winkler likeness of two words.

    Units: 0 (nothing in common) to 1 (the same).
    Source: Winkler (1990), with the prefix counted from a Jaro likeness of 0.7 as DuckDB's library has it.
    """
    length, other = one_end - one, two_end - two
    if length == 0 or other == 0:
        return 1.0 if length == other else 0.0
    if length > _MARKED or other > _MARKED:
        common, moved = _met_long(letters, one, one_end, two, two_end)
    else:
        common, moved = _met(letters, one, one_end, two, two_end)
    if common == 0:
        return 0.0
    alike = (common / length + common / other + (common - moved // 2) / common) / 3.0
    if alike > _WINKLER_FROM:
        prefix = 0
        while prefix < min(_PREFIX_LETTERS, length, other) and letters[one + prefix] == letters[two + prefix]:
            prefix += 1
        alike = _times_plus(prefix * _PREFIX_WORTH, 1.0 - alike, alike)
    return alike


@compiled
def _met(letters: Letters, one: int, one_end: int, two: int, two_end: int) -> tuple[int, int]:
    """Return how many letters of two words meet, and how many of those stand in another order."""
    length, other = one_end - one, two_end - two
    reach = max(max(length, other) // 2 - 1, 0)
    bit = np.uint64(1)
    met_one, met_two = np.uint64(0), np.uint64(0)
    common = 0
    for at in range(other):
        letter = letters[two + at]
        for place in range(max(at - reach, 0), min(at + reach + 1, length)):
            mark = bit << np.uint64(place)
            if letters[one + place] == letter and not met_one & mark:
                met_one |= mark
                met_two |= bit << np.uint64(at)
                common += 1
                break
    moved, place = 0, 0
    for at in range(other):
        if met_two & (bit << np.uint64(at)):
            while not met_one & (bit << np.uint64(place)):
                place += 1
            moved += letters[one + place] != letters[two + at]
            place += 1
    return common, moved


@compiled
def _met_long(letters: Letters, one: int, one_end: int, two: int, two_end: int) -> tuple[int, int]:
    """Do as `_met` does for words of any length."""
    length, other = one_end - one, two_end - two
    reach = max(max(length, other) // 2 - 1, 0)
    met_one, met_two = np.zeros(length, np.bool_), np.zeros(other, np.bool_)
    common = 0
    for at in range(other):
        for place in range(max(at - reach, 0), min(at + reach + 1, length)):
            if letters[one + place] == letters[two + at] and not met_one[place]:
                met_one[place] = met_two[at] = True
                common += 1
                break
    moved, place = 0, 0
    for at in range(other):
        if met_two[at]:
            while not met_one[place]:
                place += 1
            moved += letters[one + place] != letters[two + at]
            place += 1
    return common, moved
