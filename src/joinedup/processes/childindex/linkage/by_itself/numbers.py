"""NHS numbers and unique pupil numbers as people store them, read column by column.

Belongs here: spaces, hyphens, numbers kept as numbers, check characters, for a whole column at once. Not here: single
numbers (foundation.text), which these agree with (a test holds them together).
"""

import dataclasses
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_NHS_WEIGHTS = np.arange(10, 1, -1)
_UPN_LETTERS = b"ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS_LENGTH, _UPN_LENGTH = 10, 13
_NO_VALUE = 255


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A column of numbers in one form.

    Shapes: `number` is text, null where there is none; `valid` says whether its check character is right.
    """

    number: pa.Array
    valid: pa.Array
    notes: list[str]


def nhs(column: pa.Array, name: str) -> Numbers:
    """Return NHS numbers as ten digits.

    Shapes: one with a wrong check digit is kept, for it may be a slip away from another, but is not `valid`; one digit
    ten times over is what systems write for "not known" and is left out.
    Source: NHS Data Dictionary, NHS number: modulus 11 with weights 10 to 2.
    """
    text, notes = _packed(column, name, r"[\s\-]+", shape=_TEN_DIGITS, width=_NHS_LENGTH)
    ten = pc.and_(pc.match_substring_regex(text, _TEN_DIGITS), pc.invert(pc.match_substring_regex(text, _ONE_DIGIT)))
    notes += _left_out(text, ten, name, "ten digits")
    number = pc.if_else(ten, text, pa.scalar(None, pa.string()))
    digits = _characters(number, _NHS_LENGTH).astype(np.int64) - ord("0")
    check = (11 - (digits[:, :9] * _NHS_WEIGHTS).sum(axis=1) % 11) % 11
    valid = np.zeros(len(number), np.bool_)
    valid[_there(number)] = check == digits[:, 9]
    return Numbers(number=number, valid=pa.array(valid), notes=notes)


def upn(column: pa.Array, name: str) -> Numbers:
    """Return unique pupil numbers in capitals.

    Shapes: one whose check letter is wrong is left out: nothing else would say that it must not keep two records apart.
    Source: DfE guide to unique pupil numbers: weights 2 to 13, modulus 23.
    """
    text, notes = _packed(pc.utf8_upper(column.cast(pa.string())), name, r"\s+", shape=_UPN_SHAPE, width=0)
    shaped = pc.match_substring_regex(text, _UPN_SHAPE)
    notes += _left_out(text, shaped, name, "a letter and twelve characters")
    number = pc.if_else(shaped, text, pa.scalar(None, pa.string()))
    values = _UPN_VALUES[_characters(number, _UPN_LENGTH)].astype(np.int64)
    right = (values[:, 1:] * np.arange(2, 14)).sum(axis=1) % len(_UPN_LETTERS) == _letter_values(number)
    valid = np.zeros(len(number), np.bool_)
    valid[_there(number)] = right
    wrong = len(right) - int(right.sum())
    if wrong:
        notes.append(f"{wrong:,} values of {name} have a wrong check letter; they count as not said.")
    return Numbers(
        number=pc.if_else(pa.array(valid), number, pa.scalar(None, pa.string())), valid=pa.array(valid), notes=notes
    )


_TEN_DIGITS = "^[0-9]{10}$"
_UPN_SHAPE = "^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$"
_ONE_DIGIT = "^(" + "|".join(f"{digit}{{10}}" for digit in range(10)) + ")$"
_UPN_VALUES = np.full(256, _NO_VALUE, np.uint8)
_UPN_VALUES[np.frombuffer(b"0123456789", np.uint8)] = np.arange(10)
_UPN_VALUES[np.frombuffer(_UPN_LETTERS, np.uint8)] = np.arange(len(_UPN_LETTERS))


def _packed(column: pa.Array, name: str, spaces: str, *, shape: str, width: int) -> tuple[pa.Array, list[str]]:
    """Return a column as text without spaces; numbers kept as numbers get their leading noughts back."""
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), pa.string()), []
    if pa.types.is_floating(column.type) or pa.types.is_decimal(column.type):
        column = pc.round(column).cast(pa.int64(), safe=False)
    if pa.types.is_integer(column.type):
        return pc.utf8_lpad(column.cast(pa.string()), width, padding="0"), []
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return pa.nulls(len(column), pa.string()), [f"Column {name} holds {column.type}, no numbers; it is left out."]
    text = column.cast(pa.string())
    if pc.all(pc.match_substring_regex(text, shape)).as_py():
        return text, []
    text = pc.replace_substring_regex(text, spaces, "")
    # A spreadsheet that took them for numbers writes 9990001111.0.
    text = pc.replace_substring_regex(text, r"^([0-9]+)\.0+$", r"\1")
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text), []


def _left_out(text: pa.Array, kept: pa.Array, name: str, wanted: str) -> list[str]:
    lost = pc.invert(pc.fill_null(kept, True))
    count = int(pc.sum(lost).as_py() or 0)
    if not count:
        return []
    example = text.filter(lost)[0].as_py()
    return [f"{count:,} values of {name} are not {wanted}, such as {example!r}; they count as not said."]


def _there(number: pa.Array) -> Any:
    return number.is_valid().to_numpy(zero_copy_only=False)


def _characters(number: pa.Array, width: int) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    """Return the characters of the numbers that are there, one row each, without a Python object for any."""
    dense = number.drop_null().cast(pa.binary(width))
    raw = np.frombuffer(dense.buffers()[1], np.uint8) if len(dense) else np.empty(0, np.uint8)
    return raw[dense.offset * width : (dense.offset + len(dense)) * width].reshape(len(dense), width)


def _letter_values(number: pa.Array) -> Any:
    return _UPN_VALUES[_characters(number, _UPN_LENGTH)[:, 0]].astype(np.int64)
