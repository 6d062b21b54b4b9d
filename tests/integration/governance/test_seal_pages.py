"""The pages on which officers ask for seals, agree to them, and see who is sealed and what waits."""

import uuid

import pytest
from django.test import Client

from tests.api import calling
from tests.integration.casework import working as casework
from tests.integration.governance import sealers
from tests.integration.inbasket import working as inbasket
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")


class TestPages:
    @pytest.fixture
    def officer(self) -> Client:
        return calling.signed_in("shield-officer")

    @pytest.fixture
    def deputy(self) -> Client:
        return calling.signed_in("shield-deputy")

    def asked(self, client: Client, child: asking.Known, **instead: str):
        given = {"number": child.number.lower(), "reason": "adoption", "words": sealers.SET.words}
        return client.post("/sealed/ask", given | instead)

    def address(self, client: Client) -> str:
        links = visiting.links(visiting.body(client, "/sealed"))
        return next(link for link in links.values() if link.startswith("/sealed/requests/"))

    def test_the_way_from_asking_to_the_list_of_the_sealed(self, officer, deputy, child):
        assert self.asked(officer, child)["Location"] == "/sealed"
        address = self.address(officer)
        assert "Decide on 1 seal" in visiting.body(deputy, "/")
        assert "Decide on" not in visiting.body(officer, "/")
        own, theirs = visiting.body(officer, address), visiting.body(deputy, address)
        assert 'value="agree"' not in own
        assert 'value="agree"' in theirs
        assert sealers.SET.words in theirs
        # Whoever sends what their page does not offer is told so.
        officer.post(address, {"answer": "agree"})
        assert "Another shield officer must agree" in visiting.body(officer, "/sealed")
        assert not sealers.is_sealed(child)
        assert deputy.post(address, {"answer": "agree"})["Location"] == "/sealed"

        assert sealers.is_sealed(child)
        assert child.family in visiting.body(officer, "/sealed")
        assert deputy.get(address).status_code == 404

    def test_officers_are_told_of_open_work_that_the_seal_hides_and_whom_to_ring(self, officer, deputy):
        number = casework.a_number()
        casework.a_led_episode(number)
        inbasket.send(page_of=number)
        officer.post("/sealed/ask", {"number": number, "reason": "adoption", "words": sealers.SET.words})
        address = self.address(deputy)
        before = visiting.body(deputy, address)

        deputy.post(address, {"answer": "agree"})
        after = visiting.body(officer, "/sealed")

        lead = casework.card("social-worker")
        for page in (before, after):
            assert "An episode of help" in page
            assert "In the in-basket" in page
            assert lead.name in page

    @pytest.mark.parametrize(("by", "words"), [("deputy", "You refused"), ("officer", "You took it back")])
    def test_what_was_refused_or_taken_back_is_said(self, officer, deputy, child, by, words):
        self.asked(officer, child)
        client = {"officer": officer, "deputy": deputy}[by]
        client.post(self.address(client), {"answer": "refuse"})

        page = visiting.body(client, "/sealed")
        assert words in page
        assert "Nothing waits" in page

    @pytest.mark.parametrize(
        "posted", [{"number": ""}, {"number": "nonsense"}, {"reason": ""}, {"reason": "bored"}, {"words": "because"}]
    )
    def test_what_is_not_said_is_asked_again(self, officer, child, posted):
        answer = self.asked(officer, child, **posted)

        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()

    def test_a_number_that_is_nobodys_is_asked_again(self, officer, child):
        answer = self.asked(officer, child, number=calling.never_given())

        assert answer.status_code == 422
        assert "We know no child by this number" in answer.content.decode()

    @pytest.mark.parametrize("username", ["manager", "safeguarding-lead", "teacher"])
    def test_nobody_else_opens_these_pages(self, child, username):
        client = calling.signed_in(username)
        request = sealers.ask(child.number)
        for address in ("/sealed", "/sealed/ask", f"/sealed/requests/{request}", f"/sealed/requests/{uuid.uuid4()}"):
            assert client.get(address).status_code == 403
        assert self.asked(client, child).status_code == 403
        assert client.post(f"/sealed/requests/{request}", {"answer": "agree"}).status_code == 403
        assert client.post(f"/sealed/held/{uuid.uuid4()}", {"answer": "same"}).status_code == 403
        assert not sealers.is_sealed(child)

    def test_the_list_takes_few_queries_however_many_are_sealed(self, officer):
        few = visiting.queries_of(officer, "/sealed")
        children = asking.children(most=6)
        for known in children[:4]:
            sealers.seal(known.number)
        for known in children[4:]:
            sealers.ask(known.number)

        # Each of the three lists names its children in the audit, once there are some.
        assert visiting.queries_of(officer, "/sealed") <= few + 3


class TestARecordThatWaits:
    @pytest.fixture
    def held(self, child) -> str:
        """The address to which an officer says whose a record is; another child's is held for the sealed one."""
        sealers.seal(child.number)
        other = asking.children(lambda known: known.number != child.number, most=1)[0]
        visiting.write_as_batch(
            "INSERT INTO childindex_heldrecord (id, person_record_id, child_id, weight_bits, evidence, held_at, outcome) "
            "SELECT gen_random_uuid(), person_record_id, %s, 7, %s, now(), 'waiting' FROM childindex_link "
            "WHERE child_id = %s AND ended_at IS NULL ORDER BY id LIMIT 1",
            child.id,
            '{"fields": [{"words": "The family name is the same."}]}',
            other.id,
        )
        with asking.peeking():
            ((held_id,),) = asking.rows("SELECT id FROM childindex_heldrecord")
        return f"/sealed/held/{held_id}"

    def test_an_officer_is_told_reads_why_and_lets_it_go(self, held, child):
        officer = calling.signed_in("shield-officer")
        assert "Decide on 1 record that may be about a sealed child" in visiting.body(officer, "/")
        page = visiting.body(officer, "/sealed")
        assert f'action="{held}"' in page
        assert "The family name is the same." in page
        assert officer.post(held, {"answer": "perhaps"}).status_code == 404
        assert officer.post(held, {"answer": "other"})["Location"] == "/sealed"

        assert "The record is let go" in visiting.body(officer, "/sealed")
        assert officer.post(held, {"answer": "same"}).status_code == 404
        settled = next(event for event in asking.events() if event.act == "sealing.held.other")
        assert settled.subjects == {child.id}

    def test_nobody_else_is_told_or_answers(self, held):
        for username in ("manager", "steward", "analyst"):
            client = calling.signed_in(username)
            assert "sealed" not in visiting.body(client, "/")
            assert client.post(held, {"answer": "other"}).status_code == 403
        with asking.peeking():
            assert asking.rows("SELECT outcome FROM childindex_heldrecord") == [("waiting",)]
