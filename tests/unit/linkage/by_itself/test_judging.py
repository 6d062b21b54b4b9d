"""Clusters held against the truth: whatever types the two files have, and whatever does not fit said in words."""

import pyarrow as pa
import pytest

from joinedup.processes.childindex.linkage.by_itself import judging

CLUSTERS = pa.table({"unique_id": [1, 2, 3, 4, 5], "cluster_id": [1, 1, 3, 3, 5]})
TRUTH = pa.table(
    {
        "unique_id": [1, 2, 3, 4, 5],
        "child_id": ["a", "a", "b", "c", "c"],
        "twin": [False, False, True, True, False],
        "community": ["polish", "polish", "somali", "somali", "somali"],
    }
)


def test_pairs_and_clusters_are_counted_overall_and_by_group():
    found = judging.judge_tables(CLUSTERS, TRUTH).as_json()

    assert (found["pairs"]["found"], found["pairs"]["wrong"], found["pairs"]["missed"]) == (1, 1, 1)
    assert (found["pairs"]["precision"], found["pairs"]["recall"], found["pairs"]["f1"]) == (0.5, 0.5, 0.5)
    assert found["clusters"]["mixed"] == 1
    assert found["clusters"]["mixed_share"] == pytest.approx(1 / 3, abs=1e-5)
    assert (found["clusters"]["exact"], found["clusters"]["split"]) == (1, 1)
    assert set(found["groups"]) == {"twin", "community: polish", "community: somali"}
    assert found["groups"]["community: polish"]["f1"] == 1


def test_b_cubed_is_the_mean_over_records():
    found = judging.judge_tables(CLUSTERS, TRUTH).as_json()["clusters"]

    assert found["b3_precision"] == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)
    assert found["b3_recall"] == pytest.approx((1 + 1 + 1 + 0.5 + 0.5) / 5)


def test_ids_that_are_numbers_in_one_file_and_text_in_the_other_are_the_same():
    text = TRUTH.set_column(0, "unique_id", TRUTH.column("unique_id").cast(pa.string()))

    assert (
        judging.judge_tables(CLUSTERS, text).as_json()["pairs"]
        == judging.judge_tables(CLUSTERS, TRUTH).as_json()["pairs"]
    )


def test_groups_written_as_words_in_a_csv_are_yes_and_no():
    text = TRUTH.set_column(2, "twin", pa.array(["false", "false", "True", "true", ""]))

    assert judging.judge_tables(CLUSTERS, text).evaluation.groups["twin"].wrong == 1


def test_columns_that_are_no_groups_are_named():
    households = TRUTH.append_column("household_id", pa.array([1, 2, 3, 4, 5]))

    assert any("household_id" in note for note in judging.judge_tables(CLUSTERS, households).notes)


def test_records_in_one_file_alone_are_counted_and_left_out():
    judged = judging.judge_tables(CLUSTERS[:4], TRUTH[1:])

    assert judged.records == 3
    assert len(judged.notes) == 2


@pytest.mark.parametrize(
    ("clusters", "truth", "why"),
    [
        (CLUSTERS.drop_columns(["cluster_id"]), TRUTH, "have no column cluster_id"),
        (CLUSTERS, TRUTH.drop_columns(["child_id"]), "no child is known"),
        (CLUSTERS, TRUTH.drop_columns(["unique_id"]), "have no column unique_id"),
        (pa.concat_tables([CLUSTERS, CLUSTERS]), TRUTH, "missing or comes twice"),
        (CLUSTERS[:1], TRUTH[1:], "No unique_id of the clusters is in the truth"),
    ],
)
def test_what_does_not_fit_together_is_refused_in_words(clusters, truth, why):
    with pytest.raises(judging.NotJudgeable, match=why):
        judging.judge_tables(clusters, truth)
