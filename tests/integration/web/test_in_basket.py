"""The pages of the in-basket: a worry is sent, worked on and told; the list is paged, sorted and narrowed on the server."""

import re
import uuid

import pytest
from django.test import Client

from joinedup.processes.inbasket import operations
from tests.conftest import NOW
from tests.integration.inbasket import working
from tests.integration.inbasket.working import person
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_SAID = {
    "kind": "contact",
    "name": "Ada Nobody",
    "words": working.WORRY,
    "consent": "given",
    "consent_why": "",
    "ring_back": "0100 1",
}


def as_person(username: str) -> Client:
    client = Client()
    assert client.post("/sign-in", {"persona": username}).status_code == 302
    return client


@pytest.fixture
def officer() -> Client:
    return as_person("front-door")


@pytest.fixture
def lead() -> Client:
    return as_person("safeguarding-lead")


def names_shown(page: str) -> list[str]:
    return visiting.texts(r'<th scope="row"[^>]*>\s*<a[^>]*>(.*?)</a>', page)


def act(client: Client, item_id: object, name: str, **given: object):
    return client.post(f"/in-basket/{item_id}/{name}", given)


class TestAskingForHelp:
    def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(self, lead):
        answer = lead.post("/help", {**_SAID, "key": uuid.uuid4(), "name": "", "words": "", "consent": "refused"})
        page = answer.content.decode()

        assert answer.status_code == 422
        assert "Say what you are worried about" in page
        assert 'value="0100 1"' in page
        assert "Give the child&#39;s name" in page, "all that is missing is said at once"
        again = lead.post("/help", {**_SAID, "key": uuid.uuid4(), "name": "", "consent": "refused"})
        assert again.status_code == 422
        assert "by which we can find out who is meant" in again.content.decode()

    def test_a_second_press_leads_to_the_same_receipt(self, lead):
        given = {**_SAID, "key": uuid.uuid4()}
        first, second = (lead.post("/help", given) for _ in range(2))

        assert first["Location"] == second["Location"]
        assert "This page is your receipt" in visiting.body(lead, first["Location"])

    def test_from_a_childs_page_what_is_known_is_filled_in_and_the_audit_names_the_child(self, lead):
        child = asking.children(lambda known: bool(known.postcode), most=1)[0]
        page = visiting.body(lead, visiting.open_child(lead, child.number))
        address = visiting.links(page)["Ask for help for this child"]
        form = visiting.body(lead, address)

        assert f'value="{child.name}"' in form
        event = next(event for event in asking.events() if event.act == "inbasket.help.opened")
        assert child.id in event.subjects

    @pytest.mark.parametrize(
        "name", ["kind", "key", "consent", "birth_date-day", "expected_date-year", "number", "words"]
    )
    def test_odd_answers_are_refused_in_words(self, lead, name):
        for odd in visiting.ODD:
            answer = lead.post("/help", {**_SAID, "key": uuid.uuid4(), name: odd})
            assert answer.status_code in {302, 422}


class TestTheList:
    def test_what_is_late_stands_on_top_and_the_pages_hold_every_item_once(self, officer):
        for number in range(30):
            working.send(name=f"Ada {number:02}", at=NOW + number * working.MINUTE)
        found = visiting.all_pages(officer, "/in-basket", names_shown)

        assert found == [f"Ada {number:02}" for number in range(30)]
        assert visiting.all_pages(officer, "/in-basket?sort=-name", names_shown) == found[::-1]

    def test_it_is_narrowed_to_whose_kind_colour_and_late(self, officer):
        mine, free = working.claimed(name="Ada Mine"), working.send(name="Ada Free")
        operations.set_urgency(item_id=mine, urgency="red", why="A knife", by=person("front-door"), at=NOW)

        shown = {
            query: names_shown(visiting.body(officer, f"/in-basket?{query}"))
            for query in (
                "whose=mine",
                "whose=free",
                "colour=red",
                "colour=none",
                "kind=contact",
                "kind=reply",
                "which=closed",
            )
        }
        assert free
        assert shown == {
            "whose=mine": ["Ada Mine"],
            "whose=free": ["Ada Free"],
            "colour=red": ["Ada Mine"],
            "colour=none": ["Ada Free"],
            "kind=contact": ["Ada Mine", "Ada Free"],
            "kind=reply": [],
            "which=closed": [],
        }

    def test_it_costs_the_same_however_long_it_is(self, officer):
        working.send()
        few = visiting.queries_of(officer, "/in-basket")
        for _ in range(30):
            working.send()

        assert visiting.queries_of(officer, "/in-basket") == few
        assert few <= 12

    def test_what_is_ticked_is_taken_together_and_what_another_has_is_said(self, officer):
        first, second = working.send(), working.claimed("out-of-hours")
        answer = officer.post("/in-basket/together", {"do": "claim", "item": [str(first), str(second)]}, follow=True)

        page = answer.content.decode()
        assert "1 item taken" in page
        assert "Bea Rowntree has taken it" in page
        assert working.card(first).is_mine

    def test_what_is_ticked_is_handed_on_together_with_a_reason(self, officer):
        ((team_id,),) = asking.rows("SELECT id FROM agencies_team WHERE code = 'CIN1'")
        items = [str(working.send()), str(working.send())]
        refused = officer.post("/in-basket/together", {"do": "hand-on", "item": items, "to_team": team_id})
        done = officer.post(
            "/in-basket/together",
            {"do": "hand-on", "item": items, "to_team": team_id, "hand_on_why": "Theirs"},
            follow=True,
        )

        assert refused.status_code == 422
        assert "2 items handed on" in done.content.decode()

    @pytest.mark.parametrize("odd", visiting.ODD)
    def test_an_odd_address_or_tick_is_as_if_it_were_not_there(self, officer, odd):
        assert officer.get("/in-basket", {"from": odd, "sort": odd, "kind": odd, "colour": odd}).status_code == 200
        assert officer.post("/in-basket/together", {"do": "claim", "item": odd}).status_code == 422


class TestOneItem:
    def test_it_shows_what_was_sent_the_clocks_with_their_rules_and_what_can_be_done(self, officer):
        item_id = working.claimed()
        operations.set_urgency(item_id=item_id, urgency="amber", why="Hungry", by=person("front-door"), at=NOW)
        page = visiting.body(officer, f"/in-basket/{item_id}")

        assert working.WORRY in page
        assert "from 5 October 2026 at 10:30 until 5 October 2026 at 16:30" in page
        assert "until the end of 6 October 2026" in page
        assert "Merton MASH guide" in page
        assert "Several needs; co-ordinated support" in page
        assert "Hungry" in page

    def test_what_is_missing_in_a_decision_is_said_and_what_was_typed_stays(self, officer):
        item_id = working.claimed()
        answer = act(officer, item_id, "decide", outcome="early_help", decide_why="")
        page = answer.content.decode()

        assert answer.status_code == 422
        assert "Choose a level of need" in page
        assert re.search(r'value="early_help" checked', page)

    def test_whoever_is_slower_is_told_who_has_it_and_how_it_stands(self, officer):
        item_id = working.claimed("out-of-hours")
        answer = act(officer, item_id, "claim")

        assert answer.status_code == 422
        assert "Bea Rowntree has taken it, a moment before you" in answer.content.decode()

    def test_several_agencies_are_asked_at_once(self, officer):
        item_id = working.claimed()
        teams = [working.team("patients"), working.team("police")]
        given = {"ask_teams": teams, "question": "What do you know?", "ask_basis": "section_17"}
        for _ in range(2):
            assert act(officer, item_id, "ask", **given).status_code == 302

        assert len(working.card(item_id).asked) == 2

    def test_it_costs_the_same_however_much_was_asked_and_done(self, officer):
        few_id, many_id = working.claimed(), working.claimed()
        working.ask(few_id, "patients")
        for agency in ("patients", "police", "schools"):
            working.ask(many_id, agency)
        for minute in range(5):
            operations.set_urgency(
                item_id=many_id, urgency="red", why=f"Again {minute}", by=person("front-door"), at=NOW
            )

        few = visiting.queries_of(officer, f"/in-basket/{few_id}")
        assert visiting.queries_of(officer, f"/in-basket/{many_id}") == few

    def test_an_item_of_another_agency_is_as_if_there_were_none_and_the_attempt_is_written(self):
        item_id = working.send()
        client = as_person("police-officer")

        assert client.get(f"/in-basket/{item_id}").status_code == 404
        assert act(client, item_id, "claim").status_code == 404
        assert "inbasket.claim.denied" in {event.act for event in asking.events()}

    def test_the_child_is_chosen_from_those_whom_the_index_finds_and_then_opens_without_asking_why(self, officer):
        child = asking.children(most=1)[0]
        item_id = working.claimed(name=child.name, birth_date=child.born)
        page = visiting.body(officer, f"/in-basket/{item_id}/child")
        assert f'value="{child.number}"' in page
        without = officer.post(f"/in-basket/{item_id}/child", {"chosen": child.number})
        done = officer.post(f"/in-basket/{item_id}/child", {"chosen": child.number, "choose_why": "Same birthday"})

        assert (without.status_code, done.status_code) == (422, 302)
        shown = visiting.body(officer, f"/in-basket/{item_id}")
        assert f"/child/{child.number}" in visiting.links(shown).values()
        assert "Why are you looking?" not in visiting.body(officer, f"/child/{child.number}")

    @pytest.mark.parametrize(
        "name", ["colour", "ask", "decide", "tell", "hand-on", "give", "split", "answer", "refuse"]
    )
    def test_odd_answers_to_any_form_are_refused_in_words(self, officer, name):
        item_id = working.claimed()
        fields = (
            *("urgency", "urgency_why", "ask_teams", "question", "ask_basis", "level", "outcome", "decide_why"),
            *("tell_words", "to_team", "hand_on_why", "to_person", "give_why", "sibling_name", "sibling_born-day"),
            *("answer_words", "answer_basis", "refuse_why", "refuse_basis"),
        )
        for odd in visiting.ODD:
            assert act(officer, item_id, name, **dict.fromkeys(fields, odd)).status_code in {302, 422}


class TestWhatISent:
    def test_it_is_paged_and_costs_the_same_however_long_it_is(self, lead):
        working.send()
        few = visiting.queries_of(lead, "/sent")
        for _ in range(30):
            working.send()

        assert visiting.queries_of(lead, "/sent") == few
        assert len(visiting.all_pages(lead, "/sent", names_shown)) == 31

    def test_a_receipt_is_the_senders_own(self, officer):
        item_id = working.send()

        assert officer.get(f"/sent/{item_id}").status_code == 404
        assert as_person("teacher").get(f"/sent/{item_id}").status_code == 404


def test_home_says_what_waits_and_what_is_ones_own(officer):
    working.claimed()
    working.send()
    links = visiting.links(visiting.body(officer, "/"))

    assert links["In-basket: 1 nobody has taken"] == "/in-basket?whose=free"
    assert links["In-basket: 1 yours"] == "/in-basket?whose=mine"
