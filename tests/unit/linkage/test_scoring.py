import itertools
import random

import numpy as np
import pyarrow as pa
import pytest

from joinedup.processes.childindex.linkage import engine, evidence, model, training
from joinedup.processes.childindex.linkage.scoring import (
    columns,
    conditions,
    letters,
    online,
    tables,
    weighing,
    weights,
)
from joinedup.processes.childindex.linkage.settings import LinkSettings
from tests.unit.linkage import families, standards

SETTINGS = LinkSettings(training_pairs=200_000)


def compiled(standard, pairs):
    """Return the levels that compiled code gives pairs of rows, by name."""
    read = weights.read(training.untrained().settings())
    table = columns.encode(standard.to_pylist(), columns.Words())
    one, two = np.array(pairs, np.int32).T.copy()
    levels, bits = np.empty((len(pairs), len(read.names)), np.int8), np.empty((len(pairs), len(read.names)))
    rarity = np.full((standard.num_rows, len(read.rare_columns)), np.nan, np.float32)
    weighing.explain(table, rarity, read.plan, one, two, (levels, bits))
    return {
        name: [read.levels[at][level] for level in levels[:, at]] for at, name in enumerate(read.names)
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_compiled_code_answers_each_condition_as_the_database_does(seed):
    rng = random.Random(seed)
    rows = [standards.said(rng, at) for at in range(150)]
    like = [child | {"given_name": _mistyped(rng, child["given_name"])} for child in rows[:75]]
    like = [child | {"family_name": _mistyped(rng, child["family_name"])} for child in like]
    coded, _learnt = standards.together(
        families.table([*rows, *(row | {"person_record_id": 500 + at} for at, row in enumerate(like))])
    )
    standard = tables.as_arrow(coded)
    pairs = list(itertools.combinations(range(standard.num_rows), 2))
    asked = pa.table({"left_alias": [one for one, _ in pairs], "right_alias": [two for _, two in pairs]})

    with engine.opened(SETTINGS) as at_work:
        at_work.register("standard", standard)
        at_work.register("asked", asked)
        query = evidence.query(training.untrained().settings(), pairs="asked", standard="standard")
        answered = at_work.table(f"select * from ({query}) order by left_alias, right_alias")
        at_work.forget("standard", "asked")

    seen = set()
    for name, levels in compiled(standard, pairs).items():
        assert levels == answered.column(f"{name}_level").to_pylist(), name
        seen |= {(name, level) for level in levels if level}
    assert {"given", "family", "birth_date", "home"} <= {name for name, _ in seen}
    assert len(seen) > 25


def _mistyped(rng, word):
    if not word or len(word) < 4:
        return word
    at = rng.randrange(len(word) - 1)
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + "e" + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def test_words_are_as_alike_as_the_database_finds_them():
    rng = random.Random(5)
    stems = ["".join(rng.choices("abcde", k=rng.randrange(1, 14))) for _ in range(1_500)]
    stems += ["".join(rng.choices("ab", k=rng.randrange(60, 90))) for _ in range(30)]
    words = [(one, _mistyped(rng, one) if rng.random() < 0.5 else rng.choice(stems)) for one in stems]
    asked = pa.table({"one": [one for one, _ in words], "two": [two for _, two in words]})

    with engine.opened(SETTINGS) as at_work:
        at_work.register("asked", asked)
        known = at_work.table(
            "select jaro_winkler_similarity(one, two), damerau_levenshtein(one, two) <= 1,"
            " levenshtein(one, two) <= 2 and damerau_levenshtein(one, two) <= 1 from asked"
        )
        at_work.forget("asked")

    likeness, slip, sifted = (column.to_pylist() for column in known.columns)
    written = [np.frombuffer((one + two).encode(), np.uint8).copy() for one, two in words]
    ends = [(0, len(one), len(one), len(one) + len(two)) for one, two in words]
    assert [letters.jaro_winkler(text, *end) for text, end in zip(written, ends, strict=True)] == likeness
    assert [letters.is_one_slip(text, *end) for text, end in zip(written, ends, strict=True)] == slip == sifted


def test_every_condition_of_the_model_is_known():
    read = weights.read(model.splink_settings())

    assert read.names == tuple(each.name for each in model.COMPARISONS)


@pytest.mark.parametrize(
    "text", ["soundex(given_l) = soundex(given_r)", "shoe_size_l = shoe_size_r", "given_l = family_r"]
)
def test_a_model_that_asks_what_is_not_known_is_refused_by_name(text):
    asked = model.splink_settings()
    asked["comparisons"][0]["comparison_levels"][1]["sql_condition"] = text

    with pytest.raises(conditions.UnknownCondition, match="what this program cannot answer") as refused:
        online.Scorer(asked, SETTINGS)
    assert text in str(refused.value)


def test_a_model_that_weighs_how_common_an_unknown_column_is_or_leaves_answers_open_is_refused():
    rare, open_ended = model.splink_settings(), model.splink_settings()
    rare["comparisons"][0]["comparison_levels"][1]["tf_adjustment_column"] = "shoe_size"
    open_ended["comparisons"][1]["comparison_levels"].pop()

    with pytest.raises(conditions.UnknownCondition, match="shoe_size"):
        weights.read(rare)
    with pytest.raises(conditions.UnknownCondition, match="family"):
        weights.read(open_ended)
