"""The compiled functions that answer of one pair, so that a test may ask them."""

import numba

from joinedup.processes.childindex.linkage.scoring import answering, processor, sketching


@numba.njit
def pair_of(columns, one, two):
    return answering.pair_of(answering.table_of(columns), one, two)


@numba.njit
def holds(kind, column, number, columns, pair):
    return answering.holds(kind, column, number, answering.table_of(columns), pair)


@numba.njit
def hints(columns, sketches, pair):
    return sketching.hints(answering.table_of(columns), processor.bare(sketches), pair)
