"""What is foreseen of a pair's answers is what reading its words gives."""

import itertools

import pytest

from joinedup.processes.childindex.linkage import model
from joinedup.processes.childindex.linkage.scoring import columns, conditions, foreseeing, sketching
from tests.unit.linkage import families, reading, standards

CONDITIONS = [
    conditions.read(level["sql_condition"])
    for comparison in model.splink_settings()["comparisons"]
    for level in comparison["comparison_levels"]
]


def states(table, one, two):
    """Return the state of each column of words of two aliases."""
    found = {}
    for place in range(len(columns.TEXTS)):
        left, right = table.cells[one, place], table.cells[two, place]
        said = left >= 0 and right >= 0
        found[place] = foreseeing.UNSAID if not said else foreseeing.SAME if left == right else foreseeing.DIFFERENT
    return found


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_foreseen_is_what_the_words_say(seed):
    rng = standards.random_of(seed)
    coded, _learnt = standards.together(families.table([standards.said(rng, person) for person in range(60)]))
    table = coded.columns
    foreseen = 0
    for one, two in itertools.combinations(range(len(table.cells)), 2):
        state, pair = states(table, one, two), reading.pair_of(table, one, two)
        for asked in CONDITIONS:
            known = foreseeing.is_true(asked, state)
            if known is None or asked.kind == conditions.ELSE:
                continue
            foreseen += 1
            assert known == reading.holds(asked.kind, asked.column, asked.number, table, pair), asked

    assert foreseen > 20_000


def test_only_columns_that_are_looked_at_are_asked_about():
    for asked in CONDITIONS:
        looked_at = foreseeing.columns_of([asked])

        for state in itertools.product(foreseeing.STATES, repeat=len(looked_at)):
            foreseeing.is_true(asked, dict(zip(looked_at, state, strict=True)))


@pytest.mark.parametrize("seed", range(2))
def test_sketches_rule_nothing_out_that_is_so(seed):
    rng = standards.random_of(seed)
    rows = families.borough(60, seed=seed)[0].to_pylist() + [standards.said(rng, 10_000 + at) for at in range(60)]
    coded, _learnt = standards.together(families.table([row | {"person_record_id": at} for at, row in enumerate(rows)]))
    table = coded.columns
    sketches = sketching.empty(len(table.cells))
    sketching.sketch(table, sketching.spell(table.begins, table.letters), 0, len(sketches), sketches)
    ruled_out, holding = 0, set()
    for one, two in itertools.combinations(range(len(table.cells)), 2):
        state, pair = states(table, one, two), reading.pair_of(table, one, two)
        allowed = reading.hints(table, sketches, pair)
        for asked in CONDITIONS:
            needs = foreseeing.hints_of(asked)
            if not needs or foreseeing.is_true(asked, state) is not None:
                continue
            is_so = reading.holds(asked.kind, asked.column, asked.number, table, pair)
            holding |= {asked} if is_so else set()
            if not any(allowed >> each & 1 for each in needs):
                ruled_out += 1
                assert not is_so, asked

    assert ruled_out > 5_000
    assert len(holding) > 10
