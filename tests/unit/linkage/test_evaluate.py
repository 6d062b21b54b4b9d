import itertools

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex.linkage import evaluate

labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), min_size=1, max_size=14)


def tables(rows):
    ids = list(range(len(rows)))
    membership = pa.table({"person_record_id": ids, "cluster_id": [row[0] for row in rows]})
    truth = pa.table({"person_record_id": ids, "child": [row[1] for row in rows], "twin": [row[2] for row in rows]})
    return membership, truth


def counted_one_by_one(rows, inside):
    found = wrong = missed = 0
    for one, other in itertools.combinations(rows, 2):
        if not (inside(one) or inside(other)):
            continue
        together, same = one[0] == other[0], one[1] == other[1]
        found, wrong, missed = (
            found + (together and same),
            wrong + (together and not same),
            missed + (same and not together),
        )
    return evaluate.Figures(found=found, wrong=wrong, missed=missed)


@given(rows=labels)
def test_pairs_are_counted_as_if_one_by_one(rows):
    result = evaluate.evaluate(*tables(rows))

    assert result.overall == counted_one_by_one(rows, lambda _row: True)
    assert result.groups["twin"] == counted_one_by_one(rows, lambda row: row[2])


def test_clusters_that_mix_children_and_children_that_are_split_are_counted():
    result = evaluate.evaluate(*tables([(0, 0, False), (0, 0, False), (1, 1, False), (1, 2, False), (2, 2, False)]))

    assert (result.clusters, result.mixed_clusters) == (3, 1)
    assert (result.children, result.whole_children, result.split_children) == (3, 1, 1)


def test_precision_recall_and_f1_are_shares():
    figures = evaluate.Figures(found=6, wrong=2, missed=4)

    assert (figures.precision, figures.recall) == (0.75, 0.6)
    assert figures.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)


def test_each_community_has_its_own_figures():
    membership, truth = tables([(0, 0, False), (0, 0, False), (1, 1, False), (2, 1, False)])
    truth = truth.append_column("community", pa.array(["polish", "polish", "somali", "somali"]))

    groups = evaluate.evaluate(membership, truth).groups

    assert groups["community: polish"].recall == 1
    assert groups["community: somali"].recall == 0
