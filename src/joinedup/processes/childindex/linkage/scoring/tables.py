"""Tables: the standardised aliases of a whole run as numbers.

Belongs here: encoding a table, how common its values are, and the columns that pairs are found by. Not here: a few aliases
at a time (columns), finding the pairs (blocks).
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.scoring import columns, weighing
from joinedup.processes.childindex.linkage.scoring.columns import DAY_AT, NO_DAY, Columns


@dataclasses.dataclass(frozen=True, slots=True)
class Coded:
    """All standardised aliases of a run, in the order of `alias_id`.

    Shapes: `person` and `record` are ids; `verified` says whether the person's NHS number is; `person_at` counts the
    persons from 0 in the order of their ids. `known` says of each word whether it is a forename that many children bear;
    `variants` are, for each word, where in the second array its other forms begin, and those forms. `same_nhs` and
    `same_upn` give for each number that was replaced or replaces one the one that stands for all of them.
    """

    columns: Columns
    verified: NDArray[np.bool_]
    person: NDArray[np.int64]
    record: NDArray[np.int64]
    person_at: NDArray[np.int32]
    known: NDArray[np.bool_]
    variants: tuple[NDArray[np.int32], NDArray[np.int32]]
    same_nhs: Mapping[str, str]
    same_upn: Mapping[str, str]


def rarity(table: Coded, rare_columns: tuple[str, ...]) -> weighing.Rarity:
    """Return minus the logarithm of the share of aliases that have each alias's value, for each column.

    Shapes: n x columns; not a number where nothing is said.
    """
    found = np.empty((len(table.person), len(rare_columns)), np.float32)
    for place, name in enumerate(rare_columns):
        codes = np.ascontiguousarray(table.columns.cells[:, columns.TEXT_AT[name]])
        # What is not said has the code -1, and comes first.
        counts = np.bincount(codes + 1, minlength=1)
        with np.errstate(divide="ignore"):
            by_word = -np.log2(counts / max(counts[1:].sum(), 1))
        by_word[0] = np.nan
        found[:, place] = by_word[codes + 1]
    return found


def written(words: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return where each word of a dictionary begins, and all letters."""
    if not len(words):
        return np.zeros(1, np.int32), np.zeros(0, np.uint8)
    _, begins, letters = words.buffers()
    starts = np.frombuffer(begins, np.int32)[words.offset : words.offset + len(words) + 1]
    # Words that are all empty or not said may have no letters at all.
    written = np.frombuffer(letters or b"", np.uint8)[starts[0] : starts[-1]]
    return (starts - starts[0]).astype(np.int32), written.copy()


def words_of(table: Coded, codes: NDArray[Any]) -> list[str]:
    """Return words by their numbers."""
    words: list[str] = _words(table.columns).take(pa.array(codes)).to_pylist()
    return words


def _words(cells: Columns) -> pa.Array:
    return pa.StringArray.from_buffers(len(cells.begins) - 1, pa.py_buffer(cells.begins), pa.py_buffer(cells.letters))


def sample(table: Coded, people: int, seed: int) -> Coded:
    """Return all aliases of so many persons, drawn without regard to what is said of them; of fewer, all.

    Pairs, and pairs of one child, thin out alike: what holds of the answers of pairs in the sample holds of all.
    """
    count = int(table.person_at[-1]) + 1 if len(table.person_at) else 0
    if count <= people:
        return table
    drawn = np.zeros(count, np.bool_)
    drawn[np.random.Generator(np.random.PCG64(seed)).permutation(count)[:people]] = True
    rows = np.flatnonzero(drawn[table.person_at])
    return dataclasses.replace(
        table,
        columns=table.columns._replace(cells=table.columns.cells[rows]),
        verified=table.verified[rows],
        person=table.person[rows],
        record=table.record[rows],
        person_at=np.cumsum(np.diff(table.person_at[rows], prepend=-1) != 0, dtype=np.int32) - 1,
    )


def as_arrow(table: Coded) -> pa.Table:
    """Return the table with its words written out, as Splink and people read it.

    Shapes: `name_key` is a number in writing: it says which rows have it in common, and nothing else.
    """
    cells = table.columns
    words = _words(cells)
    born = np.ascontiguousarray(cells.cells[:, DAY_AT])
    shown: dict[str, pa.Array] = {
        "alias_id": pa.array(np.arange(len(table.person))),
        "record_id": pa.array(table.record),
        "person_record_id": pa.array(table.person),
        "birth_date": pa.array(born, mask=born == NO_DAY).cast(pa.date32()),
        "nhs_verified": pa.array(table.verified),
    }
    for name, place in columns.TEXT_AT.items():
        codes = _masked(cells.cells[:, place])
        shown[name] = codes.cast(pa.string()) if name == "name_key" else words.take(codes)
    for name, place in columns.FLAG_AT.items():
        shown[name] = _masked(cells.cells[:, place]).cast(pa.bool_())
    for name, place in columns.LIST_AT.items():
        shown[name] = _listed(words, cells, place)
    return pa.table(shown)


def _masked(codes: NDArray[Any]) -> pa.Array:
    return pa.array(np.ascontiguousarray(codes), mask=codes < 0)


def _listed(words: pa.Array, cells: Columns, place: int) -> pa.Array:
    """Return one list of words for each row."""
    begins, ends = cells.cells[:, place], cells.cells[:, place + 1]
    counts = ends - begins
    offsets = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=offsets[1:])
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
    return pa.ListArray.from_arrays(
        pa.array(offsets), words.take(pa.array(cells.items[np.repeat(begins, counts) + within]))
    )
