"""Checking: whether what is written is an NHS number or a pupil number, and whether its check character is right, compiled.

Belongs here: a whole column of numbers at once, letter by letter. Not here: spaces and other ways to write them (by_itself),
single numbers (foundation.text).
"""

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.compiling import compiled

#: What a written number is: of another shape, one digit over and over, wrong in its check character, or right.
OTHER, ONE_DIGIT, WRONG, RIGHT = 0, 1, 2, 3

_NHS_LENGTH, _UPN_LENGTH = 10, 13
_NOUGHT, _NINE = ord("0"), ord("9")
_NO_VALUE = 255
_LETTERS = b"ABCDEFGHJKLMNPQRTUVWXYZ"
#: Of each byte: its value in a pupil number, and its place among the check letters.
_VALUES, _CHECKS = np.full(256, _NO_VALUE, np.uint8), np.full(256, _NO_VALUE, np.uint8)
_VALUES[_NOUGHT : _NINE + 1] = np.arange(10)
_VALUES[list(_LETTERS)] = _CHECKS[list(_LETTERS)] = np.arange(len(_LETTERS))
_MODULUS = len(_LETTERS)

Kinds = NDArray[np.uint8]


@compiled
def nhs(begins: NDArray[np.int32], letters: NDArray[np.uint8]) -> Kinds:
    """Return what each written NHS number is.

    Shapes: `begins` n + 1, where in `letters` each begins.
    Source: NHS Data Dictionary, NHS number: modulus 11 with weights 10 to 2.
    """
    found = np.zeros(len(begins) - 1, np.uint8)
    for at in range(len(found)):
        begin = begins[at]
        if begins[at + 1] - begin != _NHS_LENGTH:
            continue
        total, digits, alike = 0, 0, 0
        for place in range(_NHS_LENGTH):
            letter = letters[begin + place]
            digits += _NOUGHT <= letter <= _NINE
            alike += letter == letters[begin]
            total += (_NHS_LENGTH - place) * (int(np.int64(letter)) - _NOUGHT)
        if digits == _NHS_LENGTH:
            check = int(np.int64(letters[begin + _NHS_LENGTH - 1])) - _NOUGHT
            # The last digit was counted once among the others.
            right = (11 - (total - check) % 11) % 11 == check
            found[at] = ONE_DIGIT if alike == _NHS_LENGTH else RIGHT if right else WRONG
    return found


@compiled
def upn(begins: NDArray[np.int32], letters: NDArray[np.uint8]) -> Kinds:
    """Return what each written pupil number is.

    Shapes: `begins` n + 1, where in `letters` each begins; capitals.
    Source: DfE guide to unique pupil numbers: weights 2 to 13, modulus 23.
    """
    found = np.zeros(len(begins) - 1, np.uint8)
    for at in range(len(found)):
        begin = begins[at]
        if begins[at + 1] - begin != _UPN_LENGTH or _CHECKS[letters[begin]] == _NO_VALUE:
            continue
        total, shaped = 0, _VALUES[letters[begin + _UPN_LENGTH - 1]] != _NO_VALUE
        for place in range(1, _UPN_LENGTH):
            letter = letters[begin + place]
            shaped = shaped and (place == _UPN_LENGTH - 1 or _NOUGHT <= letter <= _NINE)
            total += (place + 1) * int(np.int64(_VALUES[letter]))
        if shaped:
            found[at] = RIGHT if total % _MODULUS == int(np.int64(_CHECKS[letters[begin]])) else WRONG
    return found
