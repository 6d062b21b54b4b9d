"""Which pairs are looked at, and what is known of them at once, against the slow way of finding the same."""

import itertools

import numpy as np
import pytest

from joinedup.processes.childindex.linkage import training
from joinedup.processes.childindex.linkage.scoring import batch, blocks, columns
from joinedup.processes.childindex.linkage.settings import LinkSettings
from tests.unit.linkage import families, reading, standards

#: So little that every pair is kept.
ANYTHING = LinkSettings(review_bits=-1_000.0)


def coded_people(seed, people=90):
    rng = standards.random_of(seed)
    return standards.together(families.table([standards.said(rng, rng.randrange(people)) for _ in range(220)]))[0]


@pytest.mark.parametrize("seed", range(3))
def test_each_two_people_who_agree_in_a_rule_are_looked_at_and_nobody_else(seed):
    coded = coded_people(seed)
    model = training.untrained().settings()
    cells = coded.columns.cells
    expected = {
        (coded.person[one], coded.person[two])
        for one, two in itertools.combinations(range(len(cells)), 2)
        for rule in blocks.read(model)
        if coded.person[one] != coded.person[two] and all(cells[one, place] == cells[two, place] >= 0 for place in rule)
    }

    edges = batch.weigh(coded, model, ANYTHING).edges

    assert len(expected) > 300
    assert edges.num_rows == len(expected)
    assert set(zip(edges.column("left").to_pylist(), edges.column("right").to_pylist(), strict=True)) == expected


def test_rows_that_agree_stand_in_one_bucket_and_whoever_stands_alone_in_none():
    coded = coded_people(4)
    cells = coded.columns.cells
    place = columns.TEXT_AT["dob"]

    found = blocks.bucket(cells, np.array([place], np.int32))

    sizes = np.diff(found.begins)
    bucket_of = dict(zip(found.rows.tolist(), np.repeat(np.arange(len(sizes)), sizes).tolist(), strict=True))
    days, counts = np.unique(cells[cells[:, place] >= 0, place], return_counts=True)
    assert sizes.min() >= 2
    for day in days[counts > 1]:
        assert len({bucket_of[row] for row in np.flatnonzero(cells[:, place] == day).tolist()}) == 1
    assert not set(np.flatnonzero(cells[:, place] < 0).tolist()) & set(bucket_of)


def test_what_two_rows_both_say_and_have_in_common_is_one_bit_for_each_column():
    coded = coded_people(5)
    table = coded.columns
    for one, two in itertools.combinations(range(0, len(table.cells), 7), 2):
        pair = reading.pair_of(table, one, two)
        for place in range(len(columns.TEXTS)):
            left, right = table.cells[one, place], table.cells[two, place]
            assert pair.said >> place & 1 == (left >= 0 and right >= 0)
            assert pair.same >> place & 1 == (left >= 0 and left == right)
