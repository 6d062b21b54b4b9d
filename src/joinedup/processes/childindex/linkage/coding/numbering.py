"""Numbering: national numbers as numbers of a dictionary, replaced ones as those that stand for them.

Belongs here: hundreds of thousands of different numbers, without a Python object for each. Not here: which numbers are
one child's (identifiers).
"""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.coding.phrases import NOT_SAID, Codes, picked
from joinedup.processes.childindex.linkage.scoring import tables


@dataclasses.dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers: the different ones, which each row has, and which are for the time being.

    Shapes: `rows` by row, -1 for none; `temporary` by different number; `same` says for each number that was replaced, or
    replaces one, which number stands for it.
    """

    different: pa.Array
    rows: Codes
    temporary: NDArray[np.bool_]
    same: Mapping[str, str]


def read(column: pa.ChunkedArray, same: Mapping[str, str]) -> Numbers:
    """Return a column of numbers, each as the one that stands for it.

    Shapes: `same` as `identifiers.same_numbers` gives it; an empty number is none.
    """
    encoded = pc.dictionary_encode(column.combine_chunks())
    different = encoded.dictionary
    rows = encoded.indices.fill_null(NOT_SAID).to_numpy(zero_copy_only=False).astype(np.int32)
    if same:
        different = pa.concat_arrays([different, pa.array(sorted(set(same.values())), pa.string())]).unique()
    stands = np.arange(len(different), dtype=np.int32)
    if same:
        written, first = (pa.array(each, pa.string()) for each in (list(same), list(same.values())))
        places, firsts = (pc.fill_null(pc.index_in(each, different), NOT_SAID).to_numpy() for each in (written, first))
        stands[places[places >= 0]] = firsts[places >= 0]
    begins, letters = tables.written(different)
    empty = begins[1:] == begins[:-1]
    stands[empty] = NOT_SAID
    last = np.append(letters, np.uint8(0))[begins[1:] - 1]
    return Numbers(different, picked(stands, rows), ~empty & (last >= ord("A")) & (last <= ord("Z")), same)
