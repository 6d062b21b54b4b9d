"""Phrases: each different thing that is written in a column, brought to its forms once.

Belongs here: written text to words, words to numbers. Not here: which words of a row count (naming), whose rows they are
(people).
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import wording

Codes = NDArray[np.int32]
NOT_SAID = -1


class Lists(NamedTuple):
    """A list of words for each of n things.

    Shapes: `begins` n + 1, where in `words` each list begins.
    """

    begins: Codes
    words: Codes


class Written(NamedTuple):
    """A column: its different texts, and which of them each row has, -1 for none."""

    texts: list[str]
    rows: Codes


class Given(NamedTuple):
    """What given names as written become: their words, and all of them run together."""

    words: Lists
    joined: Codes


class Family(NamedTuple):
    """What family names as written become.

    Shapes: one entry for each different text; -1, or an empty list, where nothing is said.
    """

    words: Lists
    parts: Lists
    swaps: Lists
    whole: Codes
    sound: Codes
    start: Codes
    title: NDArray[np.int8]


class _Codes(dict[str, int]):
    """Words and their numbers; a new word gets the next one."""

    def __missing__(self, word: str) -> int:
        code = self[word] = len(self)
        return code


class Dictionary:
    """All words of a run, each with one number, in the order in which they first come."""

    def __init__(self) -> None:
        self.codes = _Codes()

    def code(self, word: str | None) -> int:
        """Return a word's number; nothing said, or an empty word, has none."""
        return self.codes[word] if word else NOT_SAID

    def lists(self, phrases: Iterable[Sequence[str]]) -> Lists:
        """Return lists of words as numbers."""
        found = list(phrases)
        begins = np.zeros(len(found) + 1, np.int32)
        begins[1:] = np.cumsum([len(each) for each in found], dtype=np.int32)
        code = self.codes
        words = [code[word] for word in itertools.chain.from_iterable(found)]
        return Lists(begins, np.array(words, np.int32))

    def each(self, words: Iterable[str | None]) -> Codes:
        """Return words as numbers."""
        code = self.codes
        found = [code[word] if word else NOT_SAID for word in words]
        return np.fromiter(found, np.int32, len(found))


def written(column: pa.ChunkedArray) -> Written:
    """Return the different texts of a column; an empty text is none."""
    encoded = column.combine_chunks().dictionary_encode()
    rows = encoded.indices.fill_null(NOT_SAID).to_numpy(zero_copy_only=False).astype(np.int32)
    return Written(encoded.dictionary.to_pylist(), rows)


def given(texts: Sequence[str], words: Dictionary) -> Given:
    """Return what given names become."""
    found = [wording.forenames(each) for each in texts]
    return Given(words.lists(found), words.each("".join(each) for each in found))


def family(texts: Sequence[str], words: Dictionary) -> Family:
    """Return what family names become; each is taken apart once."""
    found = [wording.name_words(each) for each in texts]
    whole = [" ".join(each) for each in found]
    joined = ["".join(each) for each in found]
    return Family(
        words=words.lists(found),
        parts=words.lists(wording.telling(each) for each in found),
        swaps=words.lists(
            [*map(text.canonical_given_name, wording.as_forenames(each)), in_one] if in_one else []
            for each, in_one in zip(found, joined, strict=True)
        ),
        whole=words.each(whole),
        sound=words.each(text.sound(each) for each in joined),
        start=words.each(each[:3] for each in whole),
        title=np.array([wording.are_titles(each) for each in found], np.int8),
    )


def formed(column: Written, form: Callable[[str], Any], words: Dictionary) -> Codes:
    """Return for each row the number of what its text becomes."""
    return picked(words.each(form(each) if each else None for each in column.texts), column.rows)


def picked(values: NDArray[Any], rows: Codes, *, unsaid: int = NOT_SAID) -> NDArray[Any]:
    """Return the value of each row's text; `unsaid` where nothing is said."""
    return np.append(values, values.dtype.type(unsaid))[rows]
