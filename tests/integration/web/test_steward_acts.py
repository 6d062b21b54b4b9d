"""Stewards part, rejoin by two, read the history of a number, and say whose work is."""

import datetime
import re

import pytest
from django.test import Client

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.delivery.agencies import rules as agencies_rules
from tests.conftest import NOW, as_role
from tests.integration.intake import bringing
from tests.integration.looking import asking
from tests.integration.web import reviewing, visiting

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def steward() -> Client:
    return visiting.sign_in(Client(), "steward")


@pytest.fixture
def second() -> Client:
    """Another steward."""
    persona = agencies_rules.Persona(
        username="omar",
        display_name="Omar Finch",
        job_title="Index steward",
        role="steward",
        agency_code="social_care",
        worker_code="",
    )
    with as_role("batch"):
        agencies_operations.keep_persona(persona=persona, by=bringing.MACHINE, at=NOW)
    client = Client()
    answer = client.post("/sign-in", {"persona": "omar"})
    assert answer.status_code == 302
    return client


class TestPartingAndRejoining:
    def test_records_are_parted_on_the_page_of_the_number_and_it_says_who_saw_them_as_one(self, steward):
        task, _onward = reviewing.linked_by_hand(steward)
        record, other = reviewing.records_of(task)
        number = reviewing.number_of(reviewing.children_of(record)[0])
        finder = visiting.sign_in(Client(), "manager")
        visiting.body(finder, visiting.open_child(finder, number))

        answer = steward.post(f"/child/{number}/identity", {"record": [str(record)], "why": "Cousins"}, follow=True)

        page = reviewing.said(answer.content.decode())
        assert len(set(reviewing.children_of(record, other))) == 2
        assert "Who saw the two as one" in page
        assert "People Looks" in page
        assert "Omar" not in page
        assert "manager" not in page.lower().replace("product manager", "")

    def test_parting_nothing_is_an_error_beside_the_records(self, steward):
        task, _onward = reviewing.linked_by_hand(steward)
        number = reviewing.number_of(reviewing.children_of(reviewing.records_of(task)[0])[0])

        answer = steward.post(f"/child/{number}/identity", {"why": ""})

        assert answer.status_code == 422
        assert "Tick the records" in answer.content.decode()

    def test_it_takes_two_to_rejoin_whom_one_has_parted(self, steward, second):
        task = reviewing.questions(steward)[0]
        act = steward.post(task, {"answer": "part", "note": ""})["Location"].split("after=")[1]
        one, other = reviewing.records_of(task)
        asked = {"a": str(one), "b": str(other), "why": "Their mother says that it is one child"}

        few = steward.post(f"/matching/rejoins/propose?act={act}", {**asked, "why": "So"})
        assert few.status_code == 422
        assert "at least 10 letters" in few.content.decode()
        assert "Another steward is asked" in reviewing.said(
            steward.post(f"/matching/rejoins/propose?act={act}", asked, follow=True).content.decode()
        )
        mine = re.findall(r'href="(/matching/rejoins/[0-9a-f-]{36})"', visiting.body(steward, "/matching/rejoins"))[0]
        assert "Take it back" in reviewing.said(visiting.body(steward, mine))
        assert "Agree" not in reviewing.said(visiting.body(steward, mine))
        own = steward.post(mine, {"answer": "agree"}, follow=True)
        assert "another steward must agree" in reviewing.said(own.content.decode())
        assert "Decide on 1 rejoin" in visiting.body(second, "/")

        agreed = second.post(mine, {"answer": "agree"}, follow=True)

        page = reviewing.said(agreed.content.decode())
        assert "They are one child again" in page or "verified national numbers" in page

    def test_a_proposal_is_refused_and_they_stay_apart(self, steward, second):
        task = reviewing.questions(steward)[0]
        steward.post(task, {"answer": "part", "note": ""})
        one, other = reviewing.records_of(task)
        steward.post("/matching/rejoins/propose", {"a": str(one), "b": str(other), "why": "It is one child after all"})
        theirs = re.findall(r'href="(/matching/rejoins/[0-9a-f-]{36})"', visiting.body(second, "/matching/rejoins"))[0]

        assert "They stay apart" in reviewing.said(
            second.post(theirs, {"answer": "refuse"}, follow=True).content.decode()
        )
        assert "Nothing is proposed" in visiting.body(second, "/matching/rejoins")

    def test_the_history_of_a_number_says_who_did_what(self, steward):
        task, _onward = reviewing.linked_by_hand(steward)
        number = reviewing.number_of(reviewing.children_of(reviewing.records_of(task)[0])[0])

        page = reviewing.said(visiting.body(steward, f"/child/{number}/identity"))

        assert "The number was given" in page
        assert "a run of linking" in page
        assert "Records were linked" in page
        assert reviewing.last_event("childindex.identity.seen")[0] == "linking"
        assert (
            f"/child/{number}/identity"
            in visiting.links(visiting.body(steward, visiting.open_child(steward, number))).values()
        )


class TestReassigning:
    def test_a_steward_says_whose_work_is(self, steward):
        task, _onward = reviewing.linked_by_hand(steward)
        record, _other = reviewing.records_of(task)
        child = reviewing.children_of(record)[0]
        with as_role("definer"):
            asking.rows(
                "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
                "SELECT gen_random_uuid(), id, %s, 'V', 'request', false, %s FROM access_user WHERE username = 'steward' "
                "RETURNING id",
                child,
                NOW - datetime.timedelta(days=1),
            )
        steward.post(f"/child/{reviewing.number_of(child)}/identity", {"record": [str(record)], "why": ""})

        page = visiting.body(steward, "/reassigning")
        address = re.findall(r'action="(/reassigning/[^"]*)"', page)[0]

        assert "That someone was asked to take part" in reviewing.said(page)
        assert "It stays where it is" in reviewing.said(
            steward.post(address, {"answer": "stays"}, follow=True).content.decode()
        )
        assert address not in visiting.body(steward, "/reassigning"), (
            "what was answered waits no longer; other work may"
        )
        assert "no longer waits" in reviewing.said(
            steward.post(address, {"answer": "moves"}, follow=True).content.decode()
        )
