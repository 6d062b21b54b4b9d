"""Sketching: a few bits of each alias, from which it is seen that two cannot have something in common, before words are read.

Belongs here: the sketch of an alias, compiled, and what two sketches allow. Not here: whether it is so (answering), what
follows for an answer (foreseeing).

A sketch may allow what is not so, never the other way round. Words of a list are bits of one number, so that lists whose
bits do not meet share no word; letters of a word likewise, so that words of too different letters are no slip apart.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled, inlined
from joinedup.processes.childindex.linkage.scoring import answering, processor
from joinedup.processes.childindex.linkage.scoring.answering import Pair, Table, cell
from joinedup.processes.childindex.linkage.scoring.columns import DAY_AT, LIST_AT, TEXT_AT, Columns

Sketches = NDArray[np.int64]

#: What two sketches may allow, as places of bits; those that one comparison asks about stand side by side.
NAMES, CALLED, CROSSED, GIVEN_SLIP, GIVEN_ALIKE, SWAPPED, PARTS, FAMILY_SLIP, FAMILY_ALIKE = range(9)
NEAR_DAYS, ONE_YEAR, POSTCODE_SLIP, NHS_SLIP, UPN_SLIP = range(9, 14)
#: So many of them at most are looked at for one comparison.
MOST_HINTS = 6

_LISTS = ("given_names", "given_all", "given_swaps", "family_swaps", "family_parts")
_LIST_PLACES = tuple(LIST_AT[name] for name in _LISTS)
_IN_NAMES, _IN_ALL, _IN_SWAPS, _IN_FAMILY_SWAPS, _IN_PARTS = range(len(_LISTS))
#: Two words share each further number of a sketch: the first its lower half, the second its upper half.
_SPELLED = (
    (TEXT_AT["given"], TEXT_AT["family"]),
    (TEXT_AT["postcode"], TEXT_AT["dob"]),
    (TEXT_AT["nhs"], TEXT_AT["upn"]),
)
_NAMES_AT, _HOME_AND_DAY_AT, _NUMBERS_AT = range(len(_LISTS), len(_LISTS) + len(_SPELLED))
#: So many numbers has a sketch: one line of memory.
SKETCH = len(_LISTS) + len(_SPELLED)
_BY_LETTERS = tuple(TEXT_AT[name] for name in ("given", "family", "postcode"))

_CANONICAL, _INITIAL, _SOUND = TEXT_AT["given_canonical"], TEXT_AT["given_initial"], TEXT_AT["given_sound"]
_FAMILY_START, _FAMILY_SOUND = TEXT_AT["family_start"], TEXT_AT["family_sound"]
_DAY = DAY_AT

_HALF, _HALF_BITS = 0xFFFFFFFF, 32
_QUARTER, _QUARTER_BITS = 0xFFFF, 16
_MIX, _MIX_SHIFT, _PLACES = 0x9E3779B1, 26, 0x3F
#: Letters are bits 0 to 26, and five bits say how many there are, 31 for that many or more.
_LETTER_BITS, _LETTERS, _MANY = 27, (1 << 27) - 1, 31
#: Of a word of at least so many letters, the first or the last few stay as they are under any one slip.
_LEAST_FOR_ENDS, END = 9, 4
_ANY = _HALF


def _meeting(least: float, first_letters: int) -> float:
    """Return what share of both words' letters must meet, added up, for a Jaro-Winkler likeness of `least`.

    Shapes: of the first letters so many are alike at most, each of which makes up a tenth of what is lacking.
    """
    jaro = (least - 0.1 * first_letters) / (1.0 - 0.1 * first_letters)
    return 3.0 * jaro - 1.0 - _SLACK


_SLACK = 1e-6
#: By whether the first letters are the same: one letter of given names, three of family names.
_GIVEN_NEEDED = (_meeting(answering.GIVEN_ALIKE, 0), _meeting(answering.GIVEN_ALIKE, 4))
_FAMILY_NEEDED = (_meeting(answering.FAMILY_ALIKE, 2), _meeting(answering.FAMILY_ALIKE, 4))


class Spelling(NamedTuple):
    """What is known of each word: its letters and length, and its two ends.

    Shapes: by word, 32 bits each.
    """

    letters: NDArray[np.int64]
    ends: NDArray[np.int64]


@compiled
def spell(begins: NDArray[np.int32], letters: NDArray[np.uint8]) -> Spelling:
    """Return what is known of each word of a dictionary."""
    count = len(begins) - 1
    found = Spelling(np.zeros(count, np.int64), np.full(count, _ANY, np.int64))
    for word in range(count):
        begin, end = begins[word], begins[word + 1]
        bits = 0
        for at in range(begin, end):
            place = int(np.int64(letters[at])) & 31
            bits |= 1 << (place if place < _LETTER_BITS else 0)
        found.letters[word] = bits | min(int(np.int64(end - begin)), _MANY) << _LETTER_BITS
        if end - begin >= _LEAST_FOR_ENDS:
            found.ends[word] = _end(letters, begin) | _end(letters, end - END) << _QUARTER_BITS
    return found


@compiled
def _end(letters: NDArray[np.uint8], begin: int) -> int:
    mixed = 0
    for at in range(begin, begin + END):
        mixed = mixed << 8 | int(np.int64(letters[at]))
    return ((mixed * _MIX) & _HALF) >> _QUARTER_BITS


@inlined
def _bit(word: int) -> int:
    return 1 << ((((int(np.int64(word)) * _MIX) & _HALF) >> _MIX_SHIFT) & _PLACES)


@compiled
def sketch(table: Columns, spelling: Spelling, begin: int, end: int, found: Sketches) -> None:
    """Write the sketches of a range of rows."""
    for row in range(begin, end):
        for which in range(len(_LIST_PLACES)):
            place = _LIST_PLACES[which]
            bits = 0
            for at in range(table.cells[row, place], table.cells[row, place + 1]):
                bits |= _bit(table.items[at])
            found[row, which] = bits
        for which in range(len(_SPELLED)):
            low, high = _SPELLED[which]
            found[row, len(_LIST_PLACES) + which] = _spelled(table, spelling, row, low) | (
                _spelled(table, spelling, row, high) << _HALF_BITS
            )


@compiled
def _spelled(table: Columns, spelling: Spelling, row: int, place: int) -> int:
    word = table.cells[row, place]
    if word < 0:
        return 0
    for by_letters in _BY_LETTERS:
        if place == by_letters:
            return int(spelling.letters[word])
    return int(spelling.ends[word])


def empty(rows: int) -> Sketches:
    """Return room for the sketches of so many rows."""
    return np.empty((rows, SKETCH), np.int64)


@inlined
def hints(table: Table, sketches: Any, pair: Pair) -> int:
    """Return what the sketches of two aliases allow, one bit for each.

    Shapes: `sketches` by their bare address.
    """
    one, two = SKETCH * pair.one, SKETCH * pair.two
    found = int((sketches[one + _IN_NAMES] & sketches[two + _IN_NAMES]) != 0) << NAMES
    called = sketches[one + _IN_ALL] & _bit(cell(table, pair.two, _CANONICAL))
    called |= sketches[two + _IN_ALL] & _bit(cell(table, pair.one, _CANONICAL))
    found |= int(called != 0) << CALLED
    here = int((sketches[one + _IN_SWAPS] & sketches[two + _IN_FAMILY_SWAPS]) != 0)
    there = int((sketches[two + _IN_SWAPS] & sketches[one + _IN_FAMILY_SWAPS]) != 0)
    found |= (here | there) << CROSSED | (here & there) << SWAPPED
    found |= int((sketches[one + _IN_PARTS] & sketches[two + _IN_PARTS]) != 0) << PARTS
    left, right = sketches[one + _NAMES_AT], sketches[two + _NAMES_AT]
    needed = _GIVEN_NEEDED[(pair.same >> _INITIAL) & 1]
    found |= _may_slip(left, right) << GIVEN_SLIP
    found |= (((pair.same >> _SOUND) & 1) | _may_be_alike(left, right, needed)) << GIVEN_ALIKE
    left, right = left >> _HALF_BITS, right >> _HALF_BITS
    needed = _FAMILY_NEEDED[(pair.same >> _FAMILY_START) & 1]
    found |= _may_slip(left, right) << FAMILY_SLIP
    found |= (((pair.same >> _FAMILY_SOUND) & 1) | _may_be_alike(left, right, needed)) << FAMILY_ALIKE
    left, right = sketches[one + _HOME_AND_DAY_AT], sketches[two + _HOME_AND_DAY_AT]
    found |= _may_slip(left, right) << POSTCODE_SLIP
    left, right = left >> _HALF_BITS, right >> _HALF_BITS
    beside = int(abs(cell(table, pair.one, _DAY) - cell(table, pair.two, _DAY)) == 1)
    found |= (beside | _may_end_alike(left, right)) << NEAR_DAYS
    found |= _may_begin_alike(left, right) << ONE_YEAR
    left, right = sketches[one + _NUMBERS_AT], sketches[two + _NUMBERS_AT]
    found |= _may_end_alike(left, right) << NHS_SLIP
    return found | _may_end_alike(left >> _HALF_BITS, right >> _HALF_BITS) << UPN_SLIP


@inlined
def _may_slip(left: int, right: int) -> int:
    """Return 1 unless two words are more than one slip apart: a slip takes one letter away and adds one."""
    longer = ((left >> _LETTER_BITS) & _MANY) - ((right >> _LETTER_BITS) & _MANY)
    return int(processor.count_bits((left ^ right) & _LETTERS) <= 2) & int(abs(longer) <= 1)


@inlined
def _may_be_alike(left: int, right: int, needed: float) -> int:
    """Return 1 unless too few letters of two words can meet: those that the other word lacks do not.

    Shapes: `needed` as `_meeting` gives it.
    """
    length, other = (left >> _LETTER_BITS) & _MANY, (right >> _LETTER_BITS) & _MANY
    met = min(
        length - processor.count_bits(left & ~right & _LETTERS), other - processor.count_bits(right & ~left & _LETTERS)
    )
    enough = met * (length + other) >= needed * (length * other)
    return int(enough) | int(max(length, other) == _MANY)


@inlined
def _may_end_alike(left: int, right: int) -> int:
    """Return 1 unless both ends of two long words differ."""
    apart = left ^ right
    last = int((apart >> _QUARTER_BITS) & _QUARTER == 0)
    return last | _may_begin_alike(left, right)


@inlined
def _may_begin_alike(left: int, right: int) -> int:
    short = int(left & _HALF == _ANY) | int(right & _HALF == _ANY)
    return short | int((left ^ right) & _QUARTER == 0)
