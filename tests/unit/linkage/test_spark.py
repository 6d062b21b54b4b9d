"""Linking on Spark: the same model in other words, the same pairs, and plain words where Spark is missing."""

import dataclasses
import importlib.util
import shutil

import numpy as np
import pytest
from typer.testing import CliRunner

from joinedup.commands import main
from joinedup.processes.childindex.linkage import model, records, run, spark
from joinedup.processes.childindex.linkage.coding import making
from joinedup.processes.childindex.linkage.scoring import batch, tables
from joinedup.processes.childindex.linkage.settings import LinkSettings, SparkSettings
from tests.unit.linkage import families

CAN_RUN = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
#: They come to 100,000 records.
CHILDREN = 43_000


@pytest.mark.parametrize(
    ("duckdb", "sparks"),
    [
        ("given_l = given_r", "given_l = given_r"),
        ("list_has_any(a_l, a_r) and not b_l", "arrays_overlap(a_l, a_r) and not b_l"),
        ("(list_contains(a_l, b_r) and c_l)", "(array_contains(a_l, b_r) and c_l)"),
        ("jaro_winkler_similarity(a_l, a_r) >= 0.88", "jaro_winkler(a_l, a_r) >= 0.88"),
        ("abs(date_diff('day', birth_date_l, birth_date_r)) = 1", "abs(datediff(birth_date_r, birth_date_l)) = 1"),
        ("least(length(a_l), length(a_r)) >= 3", "least(length(a_l), length(a_r)) >= 3"),
        ("ELSE", "ELSE"),
    ],
)
def test_a_condition_is_said_in_the_words_of_spark(duckdb, sparks):
    assert spark.condition(duckdb) == sparks


@pytest.mark.parametrize("sql", ["regexp_matches(a_l, 'x')", "date_diff('month', a_l, a_r) = 1", "strptime(a_l, '%Y')"])
def test_a_function_of_which_no_form_is_known_is_refused_by_its_name(sql):
    with pytest.raises(spark.UnknownFunction, match=sql.partition("(")[0]):
        spark.condition(sql)


def test_every_condition_of_our_model_has_a_form_for_spark_and_nothing_else_changes():
    ours = model.splink_settings()
    theirs = spark.translated(ours | {"sql_dialect": "duckdb"})

    assert "sql_dialect" not in theirs
    for mine, other in zip(ours["comparisons"], theirs["comparisons"], strict=True):
        for level, said in zip(mine["comparison_levels"], other["comparison_levels"], strict=True):
            assert {**level, "sql_condition": ""} == {**said, "sql_condition": ""}
    assert theirs["blocking_rules_to_generate_predictions"] == ours["blocking_rules_to_generate_predictions"]


def test_without_pyspark_the_words_say_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    done = CliRunner().invoke(main.app, ["link", "--engine", "spark"])

    assert done.exit_code == 1
    assert "uv sync --frozen --extra spark" in done.output
    assert "Traceback" not in done.output


def test_without_java_the_words_say_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(spark.SparkUnusable, match="apt install openjdk-17-jre-headless"):
        spark.check_ready()


def test_a_folder_that_is_not_there_is_said_before_anything_begins():
    done = CliRunner().invoke(main.app, ["link", "--engine", "spark", "--spark-folder", "/nowhere/at/all"])

    assert done.exit_code == 1
    assert "There is no folder /nowhere/at/all." in done.output


# ---------------------------------------------------------------- at size


def edges_of(weighed):
    pairs = np.stack([weighed.edges.column(side).to_numpy() for side in ("left", "right")], axis=1)
    weights = weighed.edges.column("weight").to_pylist()
    return {tuple(pair): weight for pair, weight in zip(pairs.tolist(), weights, strict=True)}


def clusters_of(table, saved, settings):
    return run.link(table, settings=settings, saved=saved).membership.column("cluster_id").to_numpy()


@pytest.mark.slow
@pytest.mark.skipif(not CAN_RUN, reason="Spark is not installed here: uv sync --frozen --extra spark, and Java 17")
def test_one_model_gives_the_same_pairs_and_children_here_and_on_spark(tmp_path):
    table, _truth = families.borough(CHILDREN, seed=3)
    here = LinkSettings(training_pairs=200_000)
    there = dataclasses.replace(here, spark=SparkSettings(folder=str(tmp_path)))
    coded = making.code(records.conform(table))
    saved = run.learn(table, settings=here)
    sent = tables.as_arrow(coded)
    ours = batch.weigh(coded, saved.settings(), here)
    theirs = batch.weigh(coded, saved.settings(), here, elsewhere=spark.weigh(sent, saved, there, there.spark))

    mine, others = edges_of(ours), edges_of(theirs)
    both = mine.keys() & others.keys()
    agreeing = [pair for pair in both if abs(mine[pair] - others[pair]) <= 0.01]
    children = [clusters_of(table, saved, settings) for settings in (here, there)]
    same = (children[0] == children[1]).mean()
    print(
        f"\n{table.num_rows} records, {len(mine)} and {len(others)} edges, {len(agreeing)} agree; clusters {same:.5f}"
    )
    assert len(agreeing) / max(len(mine), len(others)) >= 0.999
    assert same >= 0.999
    assert list(tmp_path.iterdir()) == []
