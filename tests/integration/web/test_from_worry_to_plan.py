"""From a worry to a plan: whoever decided on a contact opens the work that follows, and each page leads to the other."""

import re
import uuid

import pytest
from django.test import Client

from joinedup.foundation import clock
from joinedup.processes.inbasket import operations
from joinedup.processes.inbasket import rules as inbasket_rules
from tests.conftest import NOW
from tests.integration.inbasket import working
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

OPEN = {"kind": "early_help", "level": "3", "why": "Her mother asks for help with mornings and with money"}
_FOLLOWS = "Open an episode of help"


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.post("/sign-in", {"persona": "front-door"})
    return client


@pytest.fixture
def known() -> asking.Known:
    (found,) = asking.children(lambda one: bool(one.nhs_number and one.postcode), most=1)
    return found


@pytest.fixture
def contact(known) -> uuid.UUID:
    """A contact that the front door has taken, and says is about a child of the index."""
    item_id = working.claimed()
    operations.choose_child(
        item_id=item_id,
        number=known.number,
        why="Name and date of birth agree",
        by=working.person("front-door"),
        at=NOW,
    )
    return item_id


def decide(item_id: uuid.UUID) -> None:
    operations.decide(item_id=item_id, decision=working.EARLY_HELP, by=working.person("front-door"), at=NOW)


def test_the_work_is_offered_once_it_is_decided_and_leads_from_page_to_page(officer, contact, known):
    address = f"/in-basket/{contact}"
    assert _FOLLOWS not in visiting.body(officer, address)
    decide(contact)

    links = visiting.links(visiting.body(officer, address))
    form = next(href for words, href in links.items() if words.startswith(_FOLLOWS))
    assert form == f"/child/{known.number}/plan?contact={contact}"
    assert "The contact" in visiting.body(officer, form)
    answer = officer.post(form, OPEN)

    assert answer.status_code == 302, visiting.texts(r"<main.*?</main>", answer.content.decode())
    plan = answer["Location"]
    assert re.fullmatch(rf"/child/{known.number}/plan/[0-9a-f-]{{36}}", plan)
    page = visiting.body(officer, address)
    assert visiting.links(page)["The plan that came of it"] == plan
    assert _FOLLOWS not in page
    assert "Her mother asks for help" in visiting.body(officer, plan)


def test_what_is_missing_is_asked_again_and_the_contact_is_not_forgotten(officer, contact, known):
    decide(contact)
    form = f"/child/{known.number}/plan?contact={contact}"

    answer = officer.post(form, {**OPEN, "why": ""})

    assert answer.status_code == 422
    assert f'action="{form}"' in answer.content.decode().replace("&amp;", "&")


@pytest.mark.parametrize("named", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_a_contact_that_is_none_or_of_another_child_opens_nothing(officer, contact, known, named):
    decide(contact)
    (other,) = asking.children(lambda one: one.number != known.number, most=1)
    child, about = (other.number, contact) if not named else (known.number, named)

    assert officer.get(f"/child/{child}/plan?contact={about}").status_code == 404
    assert officer.post(f"/child/{child}/plan?contact={about}", OPEN).status_code == 404


def test_where_significant_harm_is_suspected_the_strategy_discussion_is_called_from_the_contact(
    officer, contact, known
):
    decision = operations.Decision(
        level=4, outcome=inbasket_rules.Outcome.STRATEGY_DISCUSSION, why="Bruises that nobody can explain"
    )
    operations.decide(item_id=contact, decision=decision, by=working.person("front-door"), at=NOW)
    visiting.open_child(officer, known.number)

    href = visiting.links(visiting.body(officer, f"/in-basket/{contact}"))["Call the strategy discussion"]
    assert href == f"/child/{known.number}/protection/worry?contact={contact}"
    day = clock.today()
    given = {"happened_on-day": day.day, "happened_on-month": day.month, "happened_on-year": day.year}
    answer = officer.post(href, {**given, "happened_time": "00:01", "words": "Bruises that nobody can explain"})

    assert answer.status_code == 302, visiting.texts(r"<main.*?</main>", answer.content.decode())
    page = visiting.body(officer, answer["Location"])
    assert "Write down the strategy discussion" in page
    assert working.kept("SELECT contact_id FROM protection_concern") == [(contact,)]
    (other,) = asking.children(lambda one: one.number != known.number, most=1)
    assert officer.get(f"/child/{other.number}/protection/worry?contact={contact}").status_code in {302, 404}
