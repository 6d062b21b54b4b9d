"""Answering: whether a condition holds of two aliases, compiled; nothing said makes a condition not hold, as in SQL.

Belongs here: one compiled function for each kind of condition. Not here: their texts (conditions), their worth (weights).

In SQL a condition on something not said is neither true nor false, and a level whose condition is not true is passed
over. Only `not` tells the two apart, so each `not` below asks that its flag was said.
"""

from typing import Any, NamedTuple

import numpy as np

from joinedup.processes.childindex.linkage.compiling import compiled, inlined
from joinedup.processes.childindex.linkage.scoring import conditions, processor
from joinedup.processes.childindex.linkage.scoring.columns import DAY_AT, FLAG_AT, LIST_AT, TEXT_AT, WIDTH, Columns
from joinedup.processes.childindex.linkage.scoring.letters import is_one_slip, jaro_winkler

_GIVEN, _CANONICAL = TEXT_AT["given"], TEXT_AT["given_canonical"]
_SOUND, _INITIAL = TEXT_AT["given_sound"], TEXT_AT["given_initial"]
_FAMILY, _FAMILY_SOUND = TEXT_AT["family"], TEXT_AT["family_sound"]
_DOB, _POSTCODE, _STREET = TEXT_AT["dob"], TEXT_AT["postcode"], TEXT_AT["street"]
_ALL, _SWAPS, _FAMILY_SWAPS = LIST_AT["given_all"], LIST_AT["given_swaps"], LIST_AT["family_swaps"]
_KNOWN, _SHARED = FLAG_AT["given_known"], FLAG_AT["given_shared"]

_DAY = DAY_AT
#: From this Jaro-Winkler likeness on names are alike.
GIVEN_ALIKE, FAMILY_ALIKE = 0.88, 0.9
_LEAST_SOUND, _LEAST_TYPO = 2, 3
_YEAR = 4
_JANUARY = tuple(b"01-01")

_MISSING, _SAME, _SAME_START = conditions.MISSING, conditions.SAME, conditions.SAME_START
_ONE_SLIP, _SHARE_A_WORD, _EITHER = conditions.ONE_SLIP, conditions.SHARE_A_WORD, conditions.EITHER
_SWAPPED, _FURTHER, _SHARED_NAME = conditions.SWAPPED, conditions.FURTHER, conditions.SHARED
_INITIAL_ONLY, _TYPO, _ALIKE, _TWO_NAMES = conditions.INITIAL, conditions.TYPO, conditions.ALIKE, conditions.TWO_NAMES
_CROSSED = conditions.CROSSED
_FAMILY_MISSING, _FAMILY_LIKE = conditions.FAMILY_MISSING, conditions.FAMILY_ALIKE
_NEAR_DAYS, _FIRST_OF_JANUARY = conditions.NEAR_DAYS, conditions.FIRST_OF_JANUARY
_HOME_MISSING, _HOME_SAME, _HOME_TYPO = conditions.HOME_MISSING, conditions.HOME_SAME, conditions.HOME_TYPO


class Table(NamedTuple):
    """The fields of aliases by their bare addresses: see `processor`.

    Shapes: as `columns.Columns`, `cells` row after row.
    """

    cells: Any
    items: Any
    begins: Any
    letters: Any


class Pair(NamedTuple):
    """Two aliases by their rows, and one bit for each column of one word: whether both say it, and say the same."""

    one: int
    two: int
    said: int
    same: int


@inlined
def table_of(columns: Columns) -> Table:
    """Return the addresses of the fields; whoever asks holds the fields."""
    bare = processor.bare
    return Table(bare(columns.cells), bare(columns.items), bare(columns.begins), bare(columns.letters))


@inlined
def cell(table: Table, row: int, place: int) -> int:
    """Return what stands in a row at a place."""
    return int(np.int64(table.cells[row * WIDTH + place]))


@inlined
def pair_of(table: Table, one: int, two: int) -> Pair:
    """Return two aliases with what they say and have in common; most conditions need no more."""
    said, same = processor.compared(table.cells, one, two)
    return Pair(one, two, said, same)


@compiled
def holds(kind: int, column: int, number: int, table: Table, pair: Pair) -> bool:
    """Return whether a condition is true of two aliases."""
    if kind == _MISSING:
        return not (pair.said >> column) & 1
    if kind == _SAME:
        return bool((pair.same >> column) & 1)
    if kind < _SWAPPED:
        return _holds_of_any(kind, column, number, table, pair)
    if kind < _FAMILY_MISSING:
        return _holds_of_given(kind, table, pair)
    if kind == _FAMILY_MISSING:
        return not (pair.said >> _FAMILY) & 1 or _swapped(table, pair)
    if kind == _FAMILY_LIKE:
        return _alike(table, _FAMILY, _FAMILY_SOUND, FAMILY_ALIKE, pair)
    if kind < _HOME_MISSING:
        return _holds_of_days(kind, table, pair)
    return _holds_of_homes(kind, table, pair)


@compiled
def _holds_of_any(kind: int, column: int, number: int, table: Table, pair: Pair) -> bool:
    if kind == _SHARE_A_WORD:
        return _share(table, column, pair.one, column, pair.two)
    left, right = cell(table, pair.one, column), cell(table, pair.two, column)
    if kind == _EITHER:
        return bool(left == 1 or right == 1)
    if left < 0 or right < 0:
        return False
    if kind == _SAME_START:
        return _same_start(table, left, right, number)
    return _one_slip(table, left, right, number)


@compiled
def _holds_of_given(kind: int, table: Table, pair: Pair) -> bool:
    one, two = pair.one, pair.two
    if kind == _SWAPPED:
        return _swapped(table, pair)
    if kind == _CROSSED:
        return _share(table, _SWAPS, one, _FAMILY_SWAPS, two) or _share(table, _SWAPS, two, _FAMILY_SWAPS, one)
    if kind == _FURTHER:
        return (cell(table, two, _SHARED) == 0 and _contains(table, one, two)) or (
            cell(table, one, _SHARED) == 0 and _contains(table, two, one)
        )
    if kind == _SHARED_NAME:
        return _contains(table, one, two) or _contains(table, two, one)
    if not (pair.said >> _GIVEN) & 1:
        return False
    left, right = cell(table, one, _GIVEN), cell(table, two, _GIVEN)
    same_initial = bool((pair.same >> _INITIAL) & 1)
    if kind == _INITIAL_ONLY:
        return same_initial and min(_length(table, left), _length(table, right)) == 1
    doubtful = bool(cell(table, one, _KNOWN) == 0 or cell(table, two, _KNOWN) == 0)
    if kind == _TYPO:
        return (same_initial or doubtful) and _one_slip(table, left, right, _LEAST_TYPO)
    alike = (doubtful or kind == _TWO_NAMES) and _alike(table, _GIVEN, _SOUND, GIVEN_ALIKE, pair)
    return alike or (kind == _TWO_NAMES and _one_slip(table, left, right, _LEAST_TYPO))


@compiled
def _holds_of_days(kind: int, table: Table, pair: Pair) -> bool:
    if not (pair.said >> _DOB) & 1:
        return False
    left, right = cell(table, pair.one, _DOB), cell(table, pair.two, _DOB)
    if kind == _NEAR_DAYS:
        apart = abs(cell(table, pair.one, _DAY) - cell(table, pair.two, _DAY))
        return bool(apart == 1) or _one_slip(table, left, right, 0)
    if not _same_start(table, left, right, _YEAR):
        return False
    return _is_first_of_january(table, left) or _is_first_of_january(table, right)


@compiled
def _holds_of_homes(kind: int, table: Table, pair: Pair) -> bool:
    one_street = bool((pair.same >> _STREET) & 1)
    unsaid = not (pair.said >> _POSTCODE) & 1
    if kind == _HOME_MISSING:
        return unsaid and not one_street
    if kind == _HOME_SAME:
        return one_street and (unsaid or bool((pair.same >> _POSTCODE) & 1))
    if one_street or unsaid:
        return one_street
    return _one_slip(table, cell(table, pair.one, _POSTCODE), cell(table, pair.two, _POSTCODE), 0)


@compiled
def _length(table: Table, code: int) -> int:
    return int(table.begins[code + 1] - table.begins[code])


@compiled
def _same_start(table: Table, left: int, right: int, letters: int) -> bool:
    length, other = _length(table, left), _length(table, right)
    if min(length, letters) != min(other, letters):
        return False
    for at in range(min(length, letters)):
        if table.letters[table.begins[left] + at] != table.letters[table.begins[right] + at]:
            return False
    return True


@compiled
def _is_first_of_january(table: Table, code: int) -> bool:
    end = table.begins[code + 1]
    alike = 0
    for at in range(min(_length(table, code), len(_JANUARY))):
        alike += table.letters[end - 1 - at] == _JANUARY[len(_JANUARY) - 1 - at]
    return alike == len(_JANUARY)


@compiled
def _one_slip(table: Table, left: int, right: int, least: int) -> bool:
    if min(_length(table, left), _length(table, right)) < least:
        return False
    begins = table.begins
    return left == right or is_one_slip(table.letters, begins[left], begins[left + 1], begins[right], begins[right + 1])


@compiled
def _alike(table: Table, column: int, sound: int, least: float, pair: Pair) -> bool:
    """Return whether two names look or sound alike."""
    if (pair.same >> sound) & 1 and _length(table, cell(table, pair.one, sound)) >= _LEAST_SOUND:
        return True
    left, right = cell(table, pair.one, column), cell(table, pair.two, column)
    if left < 0 or right < 0:
        return False
    begins = table.begins
    likeness = jaro_winkler(table.letters, begins[left], begins[left + 1], begins[right], begins[right + 1])
    return likeness >= least


@compiled
def _swapped(table: Table, pair: Pair) -> bool:
    """Return whether given and family names stand in each other's place."""
    if not ((pair.said & ~pair.same) >> _CANONICAL) & 1:
        return False
    return _share(table, _SWAPS, pair.one, _FAMILY_SWAPS, pair.two) and _share(
        table, _SWAPS, pair.two, _FAMILY_SWAPS, pair.one
    )


@compiled
def _share(table: Table, first: int, one: int, second: int, two: int) -> bool:
    """Return whether a list of one alias and a list of another have a word in common."""
    for at in range(cell(table, one, first), cell(table, one, first + 1)):
        for other in range(cell(table, two, second), cell(table, two, second + 1)):
            if table.items[at] == table.items[other]:
                return True
    return False


@compiled
def _contains(table: Table, one: int, two: int) -> bool:
    """Return whether what one alias is called is among all given names of another."""
    sought = cell(table, two, _CANONICAL)
    if sought < 0:
        return False
    found = False
    for at in range(cell(table, one, _ALL), cell(table, one, _ALL + 1)):
        found = found or table.items[at] == sought
    return found
