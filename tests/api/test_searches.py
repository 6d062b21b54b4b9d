"""Finding a child through the API: what is remembered goes in a body, and the address of the answer says nothing."""

import pytest

from joinedup.api import v1
from tests.api import calling
from tests.integration.looking import asking


@pytest.fixture
def known(borough) -> asking.Known:
    own = set(calling.known_to("schools", most=10_000))
    return asking.children(lambda known: known.number in own, most=1)[0]


def begin(visitor, known, **more):
    return calling.post(visitor, "/searches", {"name": known.name, "birth_date": known.born.isoformat(), **more})


def test_a_child_is_found_and_the_address_says_nothing_of_them(lead, known):
    begun = begin(lead, known)

    token = begun.json()["token"]
    assert begun.status_code == 201
    assert begun["Location"] == begun.json()["href"] == f"/api/v1/searches/{token}"
    assert known.family.lower() not in begun["Location"].lower()
    found = lead.get(begun["Location"]).json()
    assert found["children"][0]["number"] == known.number
    assert found["children"][0]["name"] == known.name


def test_a_part_has_the_size_that_is_asked_for(lead):
    token = calling.search(lead, postcode=asking.children(lambda known: bool(known.postcode), most=1)[0].postcode)
    whole = calling.get(lead, f"/searches/{token}?count=100").json()
    parts = [calling.get(lead, f"/searches/{token}?first={first}&count=1").json() for first in range(whole["count"])]

    assert [child for part in parts for child in part["children"]] == whole["children"]
    assert calling.kind(calling.get(lead, f"/searches/{token}?count=101")) == "not-valid"


def test_another_person_s_search_is_absent(lead, teacher, known):
    token = begin(lead, known).json()["token"]
    answers = [calling.get(teacher, f"/searches/{given}") for given in (token, "x" * 43, "nonsense", "%00")]

    assert {calling.kind(answer) for answer in answers} == {"not-found"}
    assert len({answer.content for answer in answers}) == 1


def test_who_knows_their_own_children_alone_finds_no_other(teacher, borough):
    other = set(calling.not_known_to("schools", most=10_000))
    known = asking.children(lambda known: known.number in other, most=1)[0]
    token = begin(teacher, known).json()["token"]

    found = calling.get(teacher, f"/searches/{token}").json()["children"]
    assert known.number not in {child["number"] for child in found}


def test_another_system_is_told_the_number_and_not_what_others_know(system, known):
    token = begin(system, known).json()["token"]

    first = calling.get(system, f"/searches/{token}").json()["children"][0]
    assert (first["number"], first["name"], first["birth_date"], first["sex"]) == (known.number, None, None, None)
    assert first["reasons"] == []


def test_who_opens_no_child_finds_none(analyst, client, known):
    assert calling.kind(begin(analyst, known)) == "not-allowed"
    assert calling.kind(calling.get(analyst, f"/searches/{'x' * 43}")) == "not-allowed"
    assert calling.kind(begin(client, known)) == "not-signed-in"


def test_something_must_be_remembered(lead):
    for nothing in ({}, {"name": " "}, {"age_band": "0-4"}, {"name": "\u200b"}):
        assert calling.kind(calling.post(lead, "/searches", nothing)) == "not-valid"
    assert calling.kind(calling.post(lead, "/searches", {"name": "a\x00b"})) == "not-valid"
    assert calling.kind(calling.post(lead, "/searches", {"name": "x" * 121})) == "not-valid"


def test_what_was_sent_amiss_is_not_sent_back(lead):
    answer = calling.post(lead, "/searches", {"birth_date": "Okonkwo", "Nnamdi": 1, "name": ["Ada"]})

    assert calling.kind(answer) == "not-valid"
    for word in (b"Okonkwo", b"Nnamdi", b"Ada"):
        assert word not in answer.content


def test_a_search_is_written_down_with_whom_it_showed(lead, known):
    token = begin(lead, known, purpose="referral").json()["token"]
    calling.get(lead, f"/searches/{token}")

    searched = asking.events()[-1]
    assert (searched.act, searched.purpose) == ("childindex.searched", "referral")
    assert known.id in searched.subjects
    assert searched.criteria_hash


def test_too_many_searches_at_once_are_told_to_wait(lead, known, monkeypatch):
    (throttle,) = _operation("begin_search").throttle_objects
    monkeypatch.setattr(throttle, "num_requests", 2)
    throttle.cache.clear()

    answers = [begin(lead, known) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert calling.kind(answers[-1]) == "too-many"
    assert int(answers[-1]["Retry-After"]) > 0
    throttle.cache.clear()


def _operation(name: str):
    return next(
        operation
        for router in v1.api._get_bound_routers()
        for path in router.path_operations.values()
        for operation in path.operations
        if operation.view_func.__name__ == name
    )
