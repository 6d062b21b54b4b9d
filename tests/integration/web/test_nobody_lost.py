"""The front door sees who may be lost, takes a child on, and says what was found; others are let in to none of it."""

import datetime

import pytest
from django.test import Client

from joinedup.processes.tracking import rules
from tests.conftest import as_role
from tests.integration.looking import asking
from tests.integration.tracking import test_lists as lists
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

SAID = {"outcome": "help_found", "words": "Eastholme Primary School has a place from Monday"}


@pytest.fixture
def officer() -> Client:
    return visiting.sign_in(Client(), "front_door")


@pytest.fixture
def listing() -> str:
    """The address of one listing."""
    child = lists.lose()
    lists.search()
    with as_role("batch"):
        ((listing_id,),) = asking.rows("SELECT id FROM tracking_trackedchild WHERE child_id = %s", child)
    return f"/lost/{listing_id}"


def test_the_list_says_why_since_when_and_who_looks_into_it(officer, listing):
    page = visiting.body(officer, "/lost?list=left_roll")

    assert listing in page
    assert "9 January 2026" in page
    assert "Nobody yet" in page
    assert "As of 1 September 2026" in page


def test_a_child_is_taken_on_looked_into_and_answered(officer, listing):
    officer.post(f"{listing}/take")
    assert listing in visiting.body(officer, "/lost?state=mine")
    assert "Marcus Vane" in visiting.body(officer, listing)

    answer = officer.post(listing, SAID)

    assert (answer.status_code, answer["Location"]) == (302, "/lost")
    assert "What you found is kept" in visiting.body(officer, "/lost")
    assert SAID["words"] in visiting.body(officer, listing)
    assert listing not in visiting.body(officer, "/lost?list=left_roll")


def test_handing_it_back_lets_it_wait_again(officer, listing):
    officer.post(f"{listing}/take")
    officer.post(f"{listing}/hand-back")

    assert listing in visiting.body(officer, "/lost?list=left_roll")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "Choose what you found"),
        ({**SAID, "words": "done"}, "Say it in a few words"),
        ({**SAID, "outcome": "declined", "concern": "yes"}, "does not close this while there is a concern"),
        ({**SAID, "words": "x" * 1001}, "Use at most 1000 letters"),
    ],
)
def test_an_answer_that_does_not_close_it_is_refused_with_what_was_typed_kept(officer, listing, said, error):
    answer = officer.post(listing, said)

    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert said.get("words", "") in answer.content.decode()


def test_the_second_of_two_who_answer_is_told_who_was_first(officer, listing):
    officer.post(listing, SAID)
    second = visiting.sign_in(Client(), "manager")

    answer = second.post(listing, SAID)

    assert answer.status_code == 422
    assert "Marcus Vane has said what they found already" in answer.content.decode()


def test_whoever_goes_on_to_the_childs_page_is_not_asked_again_why(officer, listing):
    page = visiting.body(officer, listing)
    (number,) = set(visiting.texts(r'href="/child/([0-9A-Z]{9})"', page))

    child = visiting.body(officer, f"/child/{number}")

    assert "Why are you looking?" not in child
    with as_role("definer"):
        ((purpose,),) = asking.rows(
            "SELECT purpose FROM audit_auditevent WHERE act = 'childindex.child.seen' ORDER BY at DESC, id DESC LIMIT 1"
        )
    assert purpose == "tracking"


def test_the_list_asks_the_database_as_often_however_many_it_names(officer, listing):
    few = visiting.queries_of(officer, "/lost")
    for _ in range(6):
        lists.lose(left=datetime.date(2026, 2, 6))
    lists.search()

    assert visiting.queries_of(officer, "/lost") == few
    assert visiting.body(officer, "/lost").count('href="/lost/') >= 7


@pytest.mark.parametrize("role", ["universal", "police", "analyst", "steward", "board"])
def test_others_are_let_in_to_none_of_it(role, listing):
    other = visiting.sign_in(Client(), role)

    assert [other.get(address).status_code for address in ("/lost", listing)] == [403, 403]
    assert other.post(f"{listing}/take").status_code == 403


def test_a_listing_that_one_may_not_see_is_as_one_that_never_was(listing):
    lead = visiting.sign_in(Client(), "safeguarding_lead")
    with as_role("batch"):
        asking.rows("UPDATE tracking_trackedchild SET circles = '{}' RETURNING id")

    assert lead.get(listing).status_code == lead.get("/lost/00000000-0000-7000-8000-000000000000").status_code == 404
    assert lead.post(f"{listing}/take").status_code == 404
    assert lead.post(listing, SAID).status_code == 404


def test_the_lists_are_made_anew_by_a_job(officer):
    answer = officer.post("/lost/search")

    assert (answer.status_code, answer["Location"]) == (302, "/lost")
    with as_role("owner"):
        ((jobs,),) = asking.rows("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tracking.search'")
    assert jobs == 1


def test_every_list_is_told_with_what_it_counts(officer):
    page = visiting.body(officer, "/lost")

    for rule in rules.LISTS.values():
        assert rule.name.replace("'", "&#39;") in page or rule.name in page
