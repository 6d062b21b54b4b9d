"""What the API and a file taken out show each role, against the table written by hand."""

import pytest
from django.db import transaction

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.governance.exports import operations as exports_operations
from joinedup.governance.exports import rules as exports_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import models
from joinedup.processes.childindex.linkage import training
from tests.api import calling
from tests.authorisation import expectations, population, surfaces
from tests.conftest import NOW, as_role
from tests.integration.exports import taking_out

#: What the API answers, as the expectations name it.
_ANSWERS = {200: "shown", 404: "absent"}


def _answer_of(answer) -> str:
    if answer.status_code == 403:
        return "asks why" if answer.json()["type"].endswith("reason-needed") else "refused"
    return _ANSWERS[answer.status_code]


def _few(children):
    return [
        child
        for child in children
        if (child.seal, child.is_in_conflict) == ("open", False)
        or (child.ground in "NLY" and (child.seal == "open" or not child.is_in_conflict))
    ]


def _check(answer, person, child, *, has_reason: bool) -> None:
    case = population.case(person, child, has_reason=has_reason)
    where = (person.role, child.ground, child.seal, child.is_in_conflict, has_reason)
    given, shown = _answer_of(answer), surfaces.words_in(answer.content.decode())
    if expectations.is_led_otherwise(case):
        # Sealed children are for pages, where their keepers show a second factor anew.
        assert given in {"absent", expectations.opens(case)}, where
    else:
        assert given == expectations.opens(case) or (expectations.shows_less(case) and given == "absent"), where
    expected = population.expected_words(person, child, has_reason=has_reason) if given == "shown" else set()
    assert shown <= expected, (where, "leaks", shown - expected)
    if has_reason and given == "shown" and not expectations.is_led_otherwise(case):
        assert shown == expected, (where, "lacks", expected - shown)


def test_the_api_shows_of_a_child_exactly_what_the_table_says(everyone):
    people, children = everyone.of("h")
    cells = 0
    for person in people:
        client = surfaces.sign_in(person)
        for child in _few(children):
            surfaces.look_past_again(child)
            answer = calling.get(client, f"/children/{child.number}/chronology")
            _check(answer, person, child, has_reason=False)
            answer = calling.post(client, f"/children/{child.number}/open", {"purpose": "referral", "reason": "test"})
            _check(answer, person, child, has_reason=True)
            cells += 2 * len(list(child.words()))

    assert cells >= 10_000


def test_a_search_by_the_api_finds_exactly_whom_the_table_says(everyone):
    cells = 0
    for person in everyone.people:
        client = surfaces.sign_in(person)
        begun = calling.post(client, "/searches", {"name": "Ada", "postcode": "ZZ1 1AA"})
        found = set()
        if begun.status_code == 201:
            answer = calling.get(client, f"/searches/{begun.json()['token']}?count=100").json()
            found = {one["number"] for one in answer["children"]}
        for child in everyone.children:
            case = population.case(person, child, has_reason=False)
            cells += 1
            assert (child.number in found) == expectations.may_find(case) or (
                child.number not in found and (expectations.shows_less(case) or expectations.is_led_otherwise(case))
            ), (person.role, child)

    assert cells >= 3_000


def test_a_stated_person_is_recognised_by_exactly_whom_the_table_says(everyone):
    with as_role("batch"):
        models.ModelVersion.objects.update(model={"splink": training.untrained().settings(), "by_hand": {}})
    cells = 0
    for person in everyone.people:
        client = surfaces.sign_in(person)
        for child in everyone.children[:: 1 + len(everyone.children) // 24]:
            stated = {
                "given_name": "Ada",
                "family_name": child.family,
                "birth_date": child.born.isoformat(),
                "postcode": "ZZ1 1AA",
            }
            answer = calling.post(client, "/matches", stated)
            found = set() if answer.status_code == 403 else {one["number"] for one in answer.json()["children"]}
            case = population.case(person, child, has_reason=False)
            cells += 1
            assert (child.number in found) == expectations.may_find(case) or (
                child.number not in found and (expectations.shows_less(case) or expectations.is_led_otherwise(case))
            ), (person.role, child)
            assert child.number in found or answer.status_code == 403 or answer.json()["answer"] != "known"

    assert cells >= 500


@pytest.mark.parametrize(
    "role", ["safeguarding_lead", "social_worker", "lead_professional", "manager", "reviewing_officer", "universal"]
)
def test_a_file_taken_out_holds_no_word_that_the_table_keeps_from_who_takes_it(role, everyone):
    person = everyone.person(role)
    viewer = agencies_queries.find_viewer(user_id=person.id, session="", request_id=None)
    taken = 0
    for child in everyone.of("h")[1]:
        case = population.case(person, child, has_reason=True)
        surfaces.look_past_again(child)
        try:
            with transaction.atomic():
                export_id = taking_out.asked(viewer, kind=exports_rules.Kind.CHILD, of=child.number)
                file = exports_operations.take(
                    export_id=export_id, as_=exports_rules.Format.CSV, by=taking_out.stepped_up(viewer), at=NOW
                )
        except (exports_rules.NothingToExport, people_queries.NoSuchChild):
            continue
        taken += 1
        text = file.content.decode()
        assert surfaces.words_in(text) <= population.expected_words(person, child, has_reason=True), (role, child)
        assert not case.is_in_conflict
        assert not case.is_sealed or case.is_past_seal

    assert bool(taken) == (role != "universal")
