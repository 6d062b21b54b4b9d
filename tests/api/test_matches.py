"""Recognising through the API: a stated person is known, perhaps known or not, and nothing is kept but the look."""

import pytest
from django.db import connection

from tests.api import calling
from tests.conftest import as_role
from tests.integration.looking import asking

KEPT = ("childindex_link", "childindex_reviewtask", "childindex_knownalias", "people_child", "childindex_search")


@pytest.fixture
def known(borough) -> asking.Known:
    """A child on the schools' roll, as the index shows them."""
    own = set(calling.known_to("schools", most=10_000))
    return asking.children(lambda known: known.number in own and bool(known.postcode), most=1)[0]


def stated(known, **more):
    return {
        "given_name": known.given,
        "family_name": known.family,
        "birth_date": known.born.isoformat(),
        "postcode": known.postcode,
    } | more


def ask(visitor, person):
    return calling.post(visitor, "/matches", person)


def rows():
    with as_role("batch"), connection.cursor() as cursor:
        found = {}
        for table in KEPT:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


def test_a_known_child_is_known_and_the_answer_says_why(lead, known):
    answer = ask(lead, stated(known)).json()

    assert answer["answer"] == "known"
    first = answer["children"][0]
    assert (first["number"], first["name"]) == (known.number, known.name)
    assert first["evidence"]
    assert "Odds of" in first["odds"]


def test_nobody_known_is_not_known(lead):
    person = {"given_name": "Zebedee", "family_name": "Quillfeather", "birth_date": "2015-05-05", "postcode": "ZE1 9ZZ"}

    assert ask(lead, person).json() == {"answer": "not_known", "doubt": "none", "children": []}


def test_an_unknown_brother_of_a_known_child_is_never_the_known_child(lead, known):
    answer = ask(lead, stated(known, given_name="Zebedee", birth_date="2021-01-04")).json()

    assert answer["answer"] != "known"


def test_asking_writes_nothing_but_the_look(lead, known):
    before = rows()

    ask(lead, stated(known, purpose="referral"))

    assert rows() == before
    looked = asking.events()[-1]
    assert (looked.act, looked.purpose) == ("childindex.matched", "referral")
    assert known.id in looked.subjects
    assert looked.criteria_hash


def test_another_system_is_told_the_number_and_not_what_others_know(system, known):
    answer = ask(system, stated(known)).json()

    assert answer["answer"] == "known"
    (first, *_) = answer["children"]
    assert first["number"] == known.number
    assert (first["name"], first["birth_date"], first["odds"], first["evidence"]) == (None, None, None, [])


def test_whose_child_one_may_not_know_of_is_not_known(teacher, borough):
    other = set(calling.not_known_to("schools", most=10_000))
    unknown = asking.children(lambda known: known.number in other and bool(known.postcode), most=1)[0]

    answer = ask(teacher, stated(unknown)).json()

    assert unknown.number not in {child["number"] for child in answer["children"]}
    assert answer["answer"] != "known"


def test_who_finds_no_child_may_not_ask(analyst, client, known):
    assert calling.kind(ask(analyst, stated(known))) == "not-allowed"
    assert calling.kind(ask(client, stated(known))) == "not-signed-in"


def test_something_must_be_stated_and_numbers_must_be_numbers(lead):
    for nothing in ({}, {"sex": "F"}, {"given_name": " "}):
        assert calling.kind(ask(lead, nothing)) == "not-valid"
    answer = ask(lead, {"given_name": "Ada", "nhs_number": "12345", "upn": "X", "postcode": "nowhere"})
    assert calling.kind(answer) == "not-valid"
    assert {fault["where"] for fault in answer.json()["faults"]} == {"body.nhs_number", "body.upn", "body.postcode"}
    assert b"12345" not in answer.content


def test_too_many_questions_at_once_are_told_to_wait(lead, known, monkeypatch):
    from tests.api.test_searches import _operation

    (throttle,) = _operation("match_person").throttle_objects
    monkeypatch.setattr(throttle, "num_requests", 2)
    throttle.cache.clear()

    answers = [ask(lead, stated(known)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    throttle.cache.clear()
