import dataclasses
import datetime
import json

import numpy as np
import pyarrow as pa
import pytest

from joinedup.processes.childindex.linkage import (
    aliases,
    engine,
    evaluate,
    evidence,
    explain,
    model,
    predict,
    records,
    run,
    training,
)
from joinedup.processes.childindex.linkage.settings import LinkSettings
from tests.unit.linkage import families

BORN = datetime.date(2015, 3, 12)
NHS, OTHER_NHS = "9434765919", "9434765870"
HOME = {"postcode": "NG1 5FT", "address": "9 Elm Rd"}
ADA = {"given_name": "Ada", "family_name": "Kirkcroft", "birth_date": BORN, "sex": "F", **HOME}
SETTINGS = LinkSettings(training_pairs=200_000)


def linked(*rows, **told):
    return run.link(families.table(list(rows)), settings=SETTINGS, **told)


def together(found, one=0, other=1):
    cluster = found.membership.column("cluster_id").to_pylist()
    return cluster[one] == cluster[other]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"given_name": "Kirkcroft", "family_name": "Ada"},
        {"given_name": "Adah"},
        {"family_name": "Smith-Kirkcroft"},
        {"family_name": "Begum", "former_family_name": "Kirkcroft"},
        {"birth_date": datetime.date(2015, 12, 3)},
        {"birth_date": datetime.date(2015, 3, 13)},
        {"birth_date": None},
        {"postcode": "NG9 9ZZ", "address": "1 Away St"},
        {"postcode": None, "address": None, "sex": None},
    ],
    ids=["same", "swapped", "misspelt", "double", "former", "day_month", "day", "undated", "moved", "sparse"],
)  # fmt: skip
def test_one_child_is_found_though_one_record(said):
    assert together(linked(ADA, ADA | said))


@pytest.mark.parametrize(
    "said",
    [
        {"given_name": "Bram", "sex": "M"},
        {"given_name": "Grace"},
        {"given_name": "Grace", "birth_date": datetime.date(2013, 7, 1)},
        {"given_name": "Grace", "birth_date": None},
        {"family_name": "Smith", "postcode": "NG9 9ZZ", "address": "1 Away St"},
    ],
    ids=["twin_brother", "twin_sister", "sister", "undated_sister", "namesake_born_the_same_day"],
)
def test_brothers_sisters_and_namesakes_are_not_one_child(said):
    assert not together(linked(ADA, ADA | said))


TWIN = ADA | {"given_name": "Amy"}


def test_an_initial_that_may_be_either_twin_waits_for_a_person():
    found = linked(ADA, TWIN, ADA | {"given_name": "A"})

    assert found.counts["children"] == 3
    assert {edge["torn"] for edge in found.reviews.to_pylist() if 2 in {edge["left"], edge["right"]}} == {True}


def test_an_initial_without_a_twin_in_sight_is_linked():
    assert together(linked(ADA, ADA | {"given_name": "A"}))


def test_brothers_who_share_a_forename_are_told_apart_by_the_name_they_are_called():
    hassan = ADA | {"given_name": "Mohammed Hassan", "sex": "M"}
    hussain = ADA | {"given_name": "Muhammad", "middle_names": "Hussain", "sex": "M"}

    assert not together(linked(hassan, hussain))
    assert together(linked(hassan, ADA | {"given_name": "Hassan", "sex": "M"}))


def test_family_name_first_after_an_english_name_is_seen_as_crossed():
    yang = {"birth_date": BORN, "sex": "M", **HOME}
    found = linked(
        yang | {"given_name": "Junjie", "family_name": "Yang"}, yang | {"given_name": "Daniel", "family_name": "Junjie"}
    )

    (edge,) = found.links.to_pylist()
    assert edge["given_level"] == "crossed"
    assert "differ, but one stands in the place of the other's family name" in " ".join(
        field.words for field in explain.explain(edge).fields
    )


def test_a_family_name_first_with_two_given_names_is_found_at_another_home():
    away = ADA | {"postcode": "NG9 9ZZ", "address": "1 Away St"}

    assert together(
        linked(
            ADA | {"given_name": "Zhi-Wei", "family_name": "Lee"},
            away | {"given_name": "Lee", "family_name": "Zhi-Wei"},
        )
    )


def test_what_looks_like_kin_is_linked_only_where_the_settings_say_from_which_weight():
    sister = ADA | {"given_name": "Grace"}
    looser = dataclasses.replace(SETTINGS, kin_bits=1.0, kin_more_bits=0.0)

    found = run.link(families.table([ADA, sister]), settings=looser)

    assert not together(linked(ADA, sister))
    assert together(found)
    (edge,) = found.links.to_pylist()
    assert edge["kin"]
    assert edge["kin_bits"] == -1.0


def test_a_borrowed_number_is_never_outweighed():
    number = {"upn": "A000000000001"}
    brother = ADA | number | {"given_name": "Bram", "birth_date": datetime.date(2012, 8, 30), "sex": "M"}
    looser = dataclasses.replace(SETTINGS, kin_bits=0.0, kin_more_bits=-20.0)

    assert not together(run.link(families.table([ADA | number, brother]), settings=looser))


def test_thin_evidence_is_linked_only_where_the_settings_say_how_much_more_is_enough():
    rare = {"given_name": "Zephyrine", "middle_names": "Ottoline", "family_name": "Quillfeather", "sex": "F"}
    rare |= {"postcode": "NG1 5FT"}
    away = rare | {"postcode": "NG1 5ZZ"}
    looser = dataclasses.replace(SETTINGS, thin_more_bits=-20.0)

    assert not together(linked(rare, away))
    assert together(run.link(families.table([rare, away]), settings=looser))


def test_a_number_entered_for_the_wrong_child_of_a_family_joins_nobody():
    number = {"upn": "A000000000001"}
    brother = ADA | number | {"given_name": "Bram", "birth_date": datetime.date(2012, 8, 30), "sex": "M"}

    found = linked(ADA | number, brother)

    assert not together(found)


def test_names_alone_never_link_without_birth_date_or_home():
    rare = {"given_name": "Zephyrine", "middle_names": "Ottoline", "family_name": "Quillfeather"}

    assert not together(linked(rare, rare))


def test_forenames_that_children_bear_under_one_number_become_forms_of_one_name():
    rows = []
    for number, family in ((NHS, "Kirkcroft"), (OTHER_NHS, "Fenwick")):
        for name in ("Niamh", "Neve"):
            rows.append(ADA | {"given_name": name, "family_name": family, "nhs_number": number})
    third = ADA | {"family_name": "Holgate", "birth_date": datetime.date(2011, 6, 30)}

    found = linked(*rows, third | {"given_name": "Niamh"}, third | {"given_name": "Neve"})

    assert together(found, 4, 5)


def test_two_verified_nhs_numbers_are_two_children_and_a_person_is_asked():
    numbers = [{"nhs_number": number, "nhs_number_verified": True} for number in (NHS, OTHER_NHS)]

    found = linked(ADA | numbers[0], ADA | numbers[1])

    assert not together(found)
    (asked,) = found.reviews.to_pylist()
    assert asked["reason"] == "two_numbers"
    assert "The NHS numbers differ." in {field.words for field in explain.explain(asked).fields}


def test_a_mistyped_number_that_nobody_verified_is_weighed_and_bars_nothing():
    number = {"nhs_number": NHS, "nhs_number_verified": True}
    (held,) = linked(ADA | number, ADA | {"nhs_number": "9434765918"}).links.to_pylist()

    assert held["nhs_level"] == "near"
    assert held["nhs_bits"] < linked(ADA | number, ADA | {"nhs_number": NHS}).links.to_pylist()[0]["nhs_bits"]


def test_a_pupil_number_for_the_time_being_bars_nothing_and_two_permanent_ones_do():
    permanent, other, temporary = "Z399201222028", "H801200001001", "A39920122227E"
    (held,) = linked(ADA | {"upn": permanent}, ADA | {"upn": temporary}).links.to_pylist()

    assert held["upn_level"] == "temporary"
    assert held["upn_bits"] == pytest.approx(0, abs=0.01)
    assert not together(linked(ADA | {"upn": permanent}, ADA | {"upn": other}))


def test_a_replaced_nhs_number_is_the_same_child():
    now = {"nhs_number": NHS, "nhs_number_verified": True, "former_nhs_numbers": [OTHER_NHS]}

    assert together(linked(ADA | now, ADA | {"nhs_number": OTHER_NHS, "nhs_number_verified": True}))


def test_one_person_under_two_names_is_found_by_either():
    moved = {"person_record_id": 0, "family_name": "Begum", "postcode": "NG7 1AA", "address": "2 New St"}

    found = linked(ADA | {"person_record_id": 0}, ADA | moved, ADA | {"family_name": "Begum", "postcode": "NG7 1AA"})

    assert found.membership.to_pylist() == [
        {"person_record_id": 0, "cluster_id": 0},
        {"person_record_id": 2, "cluster_id": 0},
    ]


def test_what_people_parted_stays_apart_and_what_they_joined_stays_together():
    stranger = {"given_name": "Zed", "family_name": "Other", "birth_date": datetime.date(2009, 1, 9)}

    found = linked(ADA, ADA, stranger, parted=np.array([[0, 1]]), together=np.array([[0, 2]]))

    assert found.membership.column("cluster_id").to_pylist() == [0, 1, 0]
    assert found.reviews.num_rows == 0


def test_a_join_by_hand_that_the_numbers_forbid_is_handed_back():
    numbers = [{"nhs_number": number, "nhs_number_verified": True} for number in (NHS, OTHER_NHS)]

    found = linked(ADA | numbers[0], ADA | numbers[1], together=np.array([[0, 1], [0, 99]]))

    assert found.not_joined.to_pylist() == [{"left": 0, "right": 1}]


def test_no_records_at_all_link_to_nothing():
    assert linked().counts["children"] == 0


@pytest.fixture(scope="module")
def borough():
    table, truth = families.borough(1_500, seed=7)
    return table, truth, run.link(table, settings=SETTINGS)


def test_a_small_borough_is_linked_nearly_without_fault(borough):
    _table, truth, found = borough

    figures = evaluate.evaluate(found.membership, truth).overall

    assert figures.precision >= 0.995
    assert figures.recall >= 0.97


def test_the_same_records_in_another_order_give_the_same_children_and_model(borough):
    table, _truth, found = borough
    order = np.random.default_rng(3).permutation(table.num_rows)

    again = run.link(table.take(pa.array(order)), settings=SETTINGS)

    assert again.model.hash == found.model.hash
    assert again.membership.equals(found.membership)
    assert again.links.equals(found.links)


def test_a_saved_model_gives_the_same_answer_without_training(borough):
    table, _truth, found = borough
    kept = training.SavedModel(text=found.model.text, by_hand={}, trained_records=0)

    again = run.link(table, settings=SETTINGS, saved=kept)

    assert again.links.equals(found.links)


def test_every_record_that_is_not_alone_has_a_link_that_explains_it(borough):
    _table, _truth, found = borough
    explained = set(found.links.column("left").to_pylist()) | set(found.links.column("right").to_pylist())
    cluster = dict(zip(*(column.to_pylist() for column in found.membership.columns), strict=True))
    sizes = {label: list(cluster.values()).count(label) for label in list(cluster.values())[:200]}

    assert all(record in explained for record, label in list(cluster.items())[:200] if sizes[label] > 1)


def test_the_prior_is_the_same_whatever_the_pair(borough):
    *_, found = borough
    expected = evidence.prior_bits(found.model.settings())

    for edge in found.links.slice(0, 500).to_pylist():
        assert explain.explain(edge).prior == pytest.approx(expected, abs=0.01)


def test_what_was_not_learnt_is_named_with_its_reason(borough):
    *_, found = borough

    assert found.model.trained_records > 3_000
    assert found.model.by_hand["nhs.same"]
    assert "given.same" not in found.model.by_hand
    assert all(found.model.by_hand.values())


def test_records_of_which_no_two_are_one_child_teach_nothing_and_the_model_says_so():
    rows = [{"given_name": f"N{at}x", "family_name": f"F{at}y", "birth_date": BORN} for at in range(40)]
    settings = LinkSettings(training_least_records=10)

    with engine.opened(settings) as at_work, pytest.raises(training.UntrainedModel):
        training.train(aliases.standardise(records.conform(families.table(rows))), at_work, settings)
    found = run.link(families.table(rows), settings=settings)

    assert found.model.trained_records == 0
    assert found.model.by_hand["given.same"] == "No two records seem to be one child"


def test_few_records_are_linked_with_the_weights_set_by_hand():
    found = linked(ADA, ADA)

    assert found.model.trained_records == 0
    assert json.loads(found.model.text)["linker_uid"] == "joinedup"


def test_progress_is_told_in_words_and_ends_at_one():
    told = []

    linked(ADA, progress=lambda words, share: told.append((words, share)))

    assert told[-1] == ("Linked", 1.0)
    assert [share for _, share in told] == sorted(share for _, share in told)


def test_what_is_decided_without_the_evidence_is_what_is_decided_with_it(borough):
    table, _truth, found = borough

    decided = run.cluster(table, settings=SETTINGS, saved=found.model)

    assert decided.membership.equals(found.membership)
    assert decided.counts == found.counts


def test_each_blocking_rule_names_columns_that_records_have():
    with engine.opened(SETTINGS) as at_work:
        standard = aliases.standardise(records.conform(families.table([ADA])))
        predict.edges(standard, training.untrained(), at_work, SETTINGS)
    assert set(evidence.columns_used(model.splink_settings())) <= set(standard.column_names)


def test_it_counts_how_much_every_pair_weighs_by_what_became_of_it(borough):
    _table, _truth, found = borough
    weights = found.weights

    assert sum(weights["linked"].values()) == found.counts["links"]
    asked = [
        count
        for kind in ("asked", "held")
        for bits, count in weights[kind].items()
        if int(bits) >= SETTINGS.review_bits
    ]
    assert sum(asked) == found.counts["reviews"]
    assert all(int(bits) < SETTINGS.auto_bits for bits in weights["asked"])
