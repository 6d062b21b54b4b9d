"""Rules of showing what changed between two versions of an answer, word by word.

Belongs here: the comparison. Not here: how it is drawn (web).
"""

import dataclasses
import difflib
import enum
import re

_PIECES = re.compile(r"\s+|[^\s]+")


class Change(enum.StrEnum):
    """What became of a piece of a text."""

    SAME = "same"  #: in both
    ADDED = "added"  #: in the later one alone
    TAKEN_OUT = "taken_out"  #: in the earlier one alone


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words, and what became of them."""

    words: str
    change: Change


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one row of pieces: what is not added is the earlier one, what is not taken out the later."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(words="".join(old[old_from:old_to]), change=Change.SAME))
            continue
        if old_to > old_from:
            pieces.append(Piece(words="".join(old[old_from:old_to]), change=Change.TAKEN_OUT))
        if new_to > new_from:
            pieces.append(Piece(words="".join(new[new_from:new_to]), change=Change.ADDED))
    return tuple(pieces)
