"""Rules of writing together: what becomes of words when somebody else may have written the same answer meanwhile.

Belongs here: the one decision, and cleaning what was typed. Not here: keeping it (operations).

Whoever writes says which version of the answer they saw, and from which page they write. Words are never thrown away: they
become the next version, or they are kept beside the other's until a person has chosen.
"""

import dataclasses
import enum
import re
import uuid
from collections.abc import Sequence

#: One answer is at most so long; about eight printed pages.
MOST_LETTERS = 30_000
#: What the database and a printed page cannot hold: control characters, save the tabulator and the end of a line.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class TooLong(Exception):
    """An answer is longer than one answer may be; nothing of it was kept."""


class Outcome(enum.StrEnum):
    """What becomes of words that were written."""

    UNCHANGED = "unchanged"  #: they are the present ones already, or the writer has left alone what they saw
    KEPT = "kept"  #: they are the next version
    BESIDE = "beside"  #: somebody else wrote meanwhile: both stand, and a person chooses


class Choice(enum.StrEnum):
    """What a person chose of two answers that were written at once."""

    PRESENT = "present"  #: those that stand
    WAITING = "waiting"  #: those that waited
    BOTH = "both"  #: both, one under the other


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an answer: its number, its words, and the page that it was written from."""

    number: int
    words: str
    page_id: uuid.UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Words as they come from a page, which saw version `seen`."""

    words: str
    seen: int
    page_id: uuid.UUID


def cleaned(words: str) -> str:
    """Return words as they are kept: ends of lines of one kind, nothing that cannot be printed, no space at the end.

    Errors: TooLong.
    """
    kept = _UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
    if len(kept) > MOST_LETTERS:
        raise TooLong(len(kept))
    return kept


def weigh(written: Written, versions: Sequence[Version]) -> Outcome:
    """Say what becomes of words, given all versions of the answer, oldest first.

    Shapes: `versions` may be empty, which is version 0 without words. What came from the same page since is the writer's
    own, saved when its answer was lost on the way, and is written over like any earlier version of theirs.
    """
    present = versions[-1] if versions else Version(number=0, words="")
    if written.words == present.words:
        return Outcome.UNCHANGED
    since = [version for version in versions if version.number > written.seen]
    if not since or all(version.page_id == written.page_id for version in since):
        return Outcome.KEPT
    seen = next((version.words for version in versions if version.number == written.seen), "")
    return Outcome.UNCHANGED if written.words == seen else Outcome.BESIDE


def chosen(choice: Choice, *, present: str, waiting: str) -> str:
    """Return the words that stand once a person has chosen."""
    if choice is Choice.PRESENT:
        return present
    if choice is Choice.WAITING:
        return waiting
    return "\n\n".join(words for words in (present, waiting) if words)
