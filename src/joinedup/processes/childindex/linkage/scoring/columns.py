"""Columns: the fields of standardised aliases as numbers, so that compiled code can compare them.

Belongs here: the layout, and encoding a few aliases that come as mappings. Not here: encoding a whole table (tables),
or comparing (conditions).

One alias is one row. What a row compares first lies side by side in memory: its words as codes of one dictionary, -1
where nothing is said. Words of different columns share the dictionary, so that a given name may meet a family name.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Alias = Mapping[str, Any]

#: The columns of one word each, in the order of their codes. Those that one comparison asks about stand side by side, so
#: that what two aliases have in common in all of them is read in one step (foreseeing).
TEXTS = (
    "given_initial", "given", "given_canonical", "family", "middle", "dob", "dob_key",
    "postcode", "street", "sector", "district", "sex", "nhs", "upn", "given_sound", "family_sound",
    "given_start", "family_start", "name_key", "birth_year", "birth_month",
)  # fmt: skip
#: The columns of several words each.
LISTS = ("given_names", "given_all", "given_swaps", "family_swaps", "family_parts")
#: The columns that are true or false.
FLAGS = ("given_known", "given_shared", "family_title", "upn_temporary")

TEXT_AT = {name: place for place, name in enumerate(TEXTS)}
FLAG_AT = {name: place for place, name in enumerate(FLAGS, len(TEXTS))}
DAY_AT = len(TEXTS) + len(FLAGS)
LIST_AT = {name: place for place, name in enumerate(LISTS, DAY_AT + 1)}
#: So many cells has a row: two lines of memory, and what a processor compares in a step or two.
WIDTH = DAY_AT + 1 + len(LISTS) + 1

NOT_SAID = -1
#: The day of a birth date that is not said; so far from any other that no two lie side by side.
NO_DAY = -(2**30)
_FIRST_DAY = datetime.date(1970, 1, 1).toordinal()


class Columns(NamedTuple):
    """The fields of n aliases as numbers.

    Shapes: `cells` has a row for each alias: the codes of `TEXTS`; `FLAGS` as 1, 0 or -1; the day of birth; and where in
    `items` the codes of each of `LISTS` begin, and the last ones end. `begins` d + 1, where in `letters` each code's word
    begins and ends.
    """

    cells: NDArray[np.int32]
    items: NDArray[np.int32]
    begins: NDArray[np.int32]
    letters: NDArray[np.uint8]


class Words:
    """A dictionary of words that grows: each different word has one code."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def code(self, word: str | None) -> int:
        """Return a word's code; nothing said has none."""
        return NOT_SAID if word is None else self.codes.setdefault(word, len(self.codes))

    def written(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return where each word begins, and all letters."""
        encoded = [word.encode() for word in self.codes]
        begins = np.zeros(len(encoded) + 1, np.int32)
        begins[1:] = np.cumsum([len(word) for word in encoded], dtype=np.int32)
        return begins, np.frombuffer(b"".join(encoded), np.uint8).copy()


def encode(aliases: Sequence[Alias], words: Words) -> Columns:
    """Return a few standardised aliases as numbers.

    Shapes: one row for each alias, in order; each alias has the columns of the standardised table.
    """
    code = words.codes.setdefault
    known = words.codes
    cells = []
    items: list[int] = []
    for alias in aliases:
        row = [NOT_SAID if (word := alias[name]) is None else code(word, len(known)) for name in TEXTS]
        row += [NOT_SAID if (flag := alias[name]) is None else int(flag) for name in FLAGS]
        born = alias["birth_date"]
        row += (NO_DAY if born is None else born.toordinal() - _FIRST_DAY, len(items))
        for name in LISTS:
            items.extend([code(word, len(known)) for word in alias[name] or ()])
            row.append(len(items))
        cells.append(row)
    begins, letters = words.written()
    return Columns(np.array(cells, np.int32).reshape(-1, WIDTH), np.array(items, np.int32), begins, letters)
