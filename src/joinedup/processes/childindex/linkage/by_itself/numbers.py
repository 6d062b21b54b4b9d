"""NHS numbers and unique pupil numbers as people store them, read column by column.

Belongs here: spaces, hyphens, numbers kept as numbers, check characters, for a whole column at once. Not here: single
numbers (foundation.text), which these agree with (a test holds them together).
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.coding import checking
from joinedup.processes.childindex.linkage.scoring import tables

Flags = NDArray[Any]

_NHS_LENGTH = 10


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
    text, kind, notes = _packed(column, name, r"[\s\-]+", checking.nhs, width=_NHS_LENGTH)
    ten = kind >= checking.WRONG
    notes += _left_out(text, ten, name, "ten digits")
    return Numbers(number=_kept(text, ten), valid=pa.array(kind == checking.RIGHT), notes=notes)


def upn(column: pa.Array, name: str) -> Numbers:
    """Return unique pupil numbers in capitals.

    Shapes: one whose check letter is wrong is left out: nothing else would say that it must not keep two records apart.
    Source: DfE guide to unique pupil numbers: weights 2 to 13, modulus 23.
    """
    text, kind, notes = _packed(pc.utf8_upper(column.cast(pa.string())), name, r"\s+", checking.upn, width=0)
    right = kind == checking.RIGHT
    notes += _left_out(text, kind >= checking.WRONG, name, "a letter and twelve characters")
    wrong = int((kind == checking.WRONG).sum())
    if wrong:
        notes.append(f"{wrong:,} values of {name} have a wrong check letter; they count as not said.")
    return Numbers(number=_kept(text, right), valid=pa.array(right), notes=notes)


def _packed(
    column: pa.Array, name: str, spaces: str, check: Callable[[Any, Any], Flags], *, width: int
) -> tuple[pa.Array, Flags, list[str]]:
    """Return a column as text without spaces, and what each is; numbers kept as numbers get their leading noughts back."""
    none = np.zeros(len(column), np.uint8)
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), pa.string()), none, []
    if pa.types.is_floating(column.type) or pa.types.is_decimal(column.type):
        column = pc.round(column).cast(pa.int64(), safe=False)
    if pa.types.is_integer(column.type):
        text = pc.utf8_lpad(column.cast(pa.string()), width, padding="0")
        return text, _kinds(text, check), []
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        fault = f"Column {name} holds {column.type}, no numbers; it is left out."
        return pa.nulls(len(column), pa.string()), none, [fault]
    text = column.cast(pa.string())
    kinds = _kinds(text, check)
    if bool(((kinds != checking.OTHER) | ~_there(text)).all()):
        return text, kinds, []
    text = pc.replace_substring_regex(text, spaces, "")
    # A spreadsheet that took them for numbers writes 9990001111.0.
    text = pc.replace_substring_regex(text, r"^([0-9]+)\.0+$", r"\1")
    text = _kept(text, pc.not_equal(text, ""))
    return text, _kinds(text, check), []


def _kinds(text: pa.Array, check: Callable[[Any, Any], Flags]) -> Flags:
    """Return what each written number is; what is not said is of another shape."""
    kinds: Flags = check(*tables.written(text)) * _there(text)
    return kinds


def _kept(text: pa.Array, kept: Any) -> pa.Array:
    """Return the texts that are kept, and null for the others."""
    return pc.if_else(pa.array(kept), text, pa.scalar(None, pa.string()))


def _left_out(text: pa.Array, kept: Flags, name: str, wanted: str) -> list[str]:
    lost = _there(text) & ~kept
    count = int(lost.sum())
    if not count:
        return []
    example = text.filter(pa.array(lost))[0].as_py()
    return [f"{count:,} values of {name} are not {wanted}, such as {example!r}; they count as not said."]


def _there(number: pa.Array) -> Any:
    return number.is_valid().to_numpy(zero_copy_only=False)
