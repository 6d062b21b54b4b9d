import numpy as np
import pyarrow as pa
import pytest

from joinedup.processes.childindex.linkage import engine, model, predict, run, training
from joinedup.processes.childindex.linkage.scoring import batch, blocks, conditions, tables
from joinedup.processes.childindex.linkage.settings import LinkSettings
from tests.unit.linkage import families, standards

SETTINGS = LinkSettings(training_pairs=200_000)
#: No pair differs from Splink's own weight by more than this.
PARITY_BITS = 0.01


def both_ways(table, settings=SETTINGS):
    """Return the edges of a table as Splink and as compiled code weigh them, with one model."""
    coded, _learnt = standards.together(table)
    standard = tables.as_arrow(coded)
    with engine.opened(settings) as at_work:
        try:
            saved = training.train(standard, at_work, settings)
        except training.UntrainedModel:
            saved = training.untrained()
        splinks = predict.edges(standard, saved, at_work, settings)
    weighed = batch.weigh(coded, saved.settings(), settings)
    return splinks, weighed.with_evidence(weighed.edges)


def assert_same(splinks, ours):
    assert set(splinks.column_names) == set(ours.column_names)
    assert splinks.num_rows == ours.num_rows
    for name in splinks.column_names:
        if name == "weight" or name.endswith("_bits"):
            apart = np.abs(ours.column(name).to_numpy() - splinks.column(name).to_numpy())
            assert apart.max(initial=0) <= PARITY_BITS, name
        else:
            assert ours.column(name).to_pylist() == splinks.column(name).to_pylist(), name


def test_every_pair_weighs_what_splink_says():
    table, _truth = families.borough(2_200, seed=31)
    assert table.num_rows > 5_000

    splinks, ours = both_ways(table)

    assert splinks.num_rows > 4_000
    assert_same(splinks, ours)


@pytest.mark.slow
def test_every_pair_of_a_hundred_thousand_records_weighs_what_splink_says():
    table, _truth = families.borough(43_500, seed=32)
    assert table.num_rows > 100_000

    splinks, ours = both_ways(table, LinkSettings(memory_limit="4GB"))

    assert splinks.num_rows > 80_000
    assert_same(splinks, ours)


@pytest.mark.parametrize("seed", range(3))
def test_people_of_several_names_and_homes_weigh_what_splink_says(seed):
    rng = standards.random_of(seed)
    rows = [standards.said(rng, rng.randrange(300)) for _ in range(900)]

    splinks, ours = both_ways(families.table(rows))

    assert splinks.num_rows > 1_000
    assert splinks.column("torn").to_pylist().count(True) > 10
    assert_same(splinks, ours)


def test_any_number_of_threads_and_any_order_of_records_give_the_same_bytes():
    table, _truth = families.borough(1_500, seed=33)
    saved = training.untrained()
    shuffled = table.take(pa.array(np.random.default_rng(5).permutation(table.num_rows)))

    found = [
        run.link(each, settings=LinkSettings(threads=threads), saved=saved)
        for each in (table, shuffled)
        for threads in (1, 2, 4)
    ]

    first = found[0]
    assert first.links.num_rows > 1_000
    assert all(each.membership.equals(first.membership) for each in found)
    assert all(each.links.equals(first.links) and each.reviews.equals(first.reviews) for each in found)


def test_a_model_that_looks_for_pairs_in_an_unknown_way_is_refused_by_name():
    asked = model.splink_settings()
    asked["blocking_rules_to_generate_predictions"] = [{"blocking_rule": "l.shoe_size = r.shoe_size"}]

    with pytest.raises(conditions.UnknownCondition, match="shoe_size"):
        blocks.read(asked)


def test_no_records_have_no_edges():
    coded, _learnt = standards.together(families.table([]))

    weighed = batch.weigh(coded, training.untrained().settings(), SETTINGS)

    assert weighed.with_evidence(weighed.edges).num_rows == 0
    assert pa.types.is_string(weighed.with_evidence(weighed.edges).schema.field("given_level").type)
