import pytest

from joinedup.processes.childindex.linkage import aliases, chance, engine, model, records
from joinedup.processes.childindex.linkage.settings import LinkSettings
from tests.unit.linkage import families


def counted(settings):
    table, _truth = families.borough(300, seed=5)
    with engine.opened(settings) as at_work:
        standard = aliases.standardise(records.conform(table))
        return standard, chance.with_chance(model.splink_settings(), standard, at_work, settings)


def level(counted_model, comparison, name):
    found = next(each for each in counted_model["comparisons"] if each["output_column_name"] == comparison)
    return next(each for each in found["comparison_levels"] if each["label_for_charts"] == name)


def test_chance_agreement_is_the_share_of_pairs_that_agree():
    standard, found = counted(LinkSettings(threads=1, training_pairs=200_000))
    sexes = [sex for sex in standard.column("sex").to_pylist() if sex]
    girls = sexes.count("F") / len(sexes)

    assert level(found, "sex", "same")["u_probability"] == pytest.approx(girls**2 + (1 - girls) ** 2, abs=0.01)


def test_answers_that_hardly_come_up_or_are_fixed_keep_the_figure_set_by_hand():
    _standard, found = counted(LinkSettings(threads=1, training_pairs=2_000))

    assert level(found, "nhs", "same")["u_probability"] == model.NHS.levels[0].u
    assert level(found, "birth_date", "month")["u_probability"] == model.BIRTH.levels[4].u


def test_the_same_records_and_seed_give_the_same_figures():
    settings = LinkSettings(threads=2, training_pairs=5_000)

    assert counted(settings)[1] == counted(settings)[1]
