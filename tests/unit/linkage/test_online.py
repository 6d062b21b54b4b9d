import concurrent.futures
import datetime
import itertools

import pytest

from joinedup.processes.childindex.linkage import (
    aliases,
    engine,
    explain,
    predict,
    records,
    run,
    single,
    training,
)
from joinedup.processes.childindex.linkage.scoring import online
from joinedup.processes.childindex.linkage.settings import LinkSettings
from tests.unit.linkage import families

SETTINGS = LinkSettings(training_pairs=200_000)
BORN = datetime.date(2015, 3, 12)
HOME = {"postcode": "NG1 5FT", "address": "9 Elm Rd"}
ADA = {"given_name": "Ada", "family_name": "Kirkcroft", "birth_date": BORN, "sex": "F", **HOME}


@pytest.fixture(scope="module")
def linked():
    table, _truth = families.borough(1_500, seed=7)
    found = run.link(table, settings=SETTINGS)
    conformed = records.conform(table)
    with engine.opened(SETTINGS) as at_work:
        edges = predict.edges(aliases.standardise(conformed), found.model, at_work, SETTINGS).to_pylist()
    people = {row["person_record_id"]: single.standardise([row]) for row in conformed.to_pylist()}
    return online.Scorer(found.model.settings(), SETTINGS, found.lore), people, _neighbours(edges)


def _neighbours(edges):
    near = {}
    for edge in edges:
        near.setdefault(edge["left"], {})[edge["right"]] = edge
        near.setdefault(edge["right"], {})[edge["left"]] = edge
    return near


def _scored(linked, person):
    scorer, people, near = linked
    return scorer.score_one(
        people[person], list(itertools.chain.from_iterable(people[other] for other in near[person]))
    )


def test_a_new_record_is_weighed_against_its_candidates_as_in_a_run(linked):
    _scorer, _people, near = linked

    for person, expected in itertools.islice(near.items(), 400):
        found = _scored(linked, person)

        assert {each.person_record_id for each in found} == set(expected)
        for each in found:
            _assert_same(each.evidence(), expected[each.person_record_id])


def _assert_same(evidence, edge):
    for name, value in evidence.items():
        if name.endswith("_bits") or name == "weight":
            assert value == pytest.approx(edge[name], abs=0.01), name
        elif name != "torn":  # what lies beyond the candidates at hand may tear a pair as well
            assert value == edge[name], name


def test_candidates_come_the_closest_first_and_are_explained_in_words(linked):
    _scorer, _people, near = linked
    person = max(near, key=lambda one: len(near[one]))

    found = _scored(linked, person)

    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
    assert all(field.words for each in found for field in explain.explain(each.evidence()).fields)


def test_a_scorer_is_used_by_several_at_once(linked):
    _scorer, _people, near = linked
    people = list(near)[:60]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda person: [each.evidence() for each in _scored(linked, person)], people))

    assert at_once == [[each.evidence() for each in _scored(linked, person)] for person in people]


def scored(record, *candidates):
    scorer = online.Scorer(training.untrained().settings(), SETTINGS)
    numbered = [{"record_id": at, "person_record_id": at, **row} for at, row in enumerate([record, *candidates])]
    mine, *others = [single.standardise([row]) for row in numbered]
    return scorer.score_one(mine, list(itertools.chain.from_iterable(others)))


def test_a_record_without_a_clear_forename_is_torn_between_twins():
    found = scored(ADA | {"given_name": "A"}, ADA, ADA | {"given_name": "Amelia"})

    assert [each.torn for each in found] == [True, True]


def test_a_brother_or_sister_looks_like_one_and_loses_bits():
    (sister,) = scored(ADA, ADA | {"given_name": "Zainab"})

    assert sister.kin
    assert sister.weight == pytest.approx(sister.match_weight - SETTINGS.kin_bits, abs=0.001)
    assert explain.KIN_WORDS in {field.words for field in explain.explain(sister.evidence()).fields}


def test_a_person_under_two_names_is_as_close_as_the_closer_of_them():
    mine = single.standardise([{"record_id": 9, "person_record_id": 9, **ADA}])
    rows = [
        {"record_id": 1, "person_record_id": 1, **ADA, "family_name": "Begum"},
        {"record_id": 2, "person_record_id": 1, **ADA},
    ]

    (found,) = online.Scorer(training.untrained().settings(), SETTINGS).score_one(mine, single.standardise(rows))

    assert found.candidate_record_id == 2
    assert found.evidence()["family_level"] == "same"


def test_nobody_is_a_candidate_for_themselves_and_no_candidates_give_no_answer():
    mine = single.standardise([{"record_id": 9, "person_record_id": 9, **ADA}])
    scorer = online.Scorer(training.untrained().settings(), SETTINGS)

    assert scorer.score_one(mine, mine) == []
    assert scorer.score_one(mine, []) == scorer.score_one([], mine) == []
