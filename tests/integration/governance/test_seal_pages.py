"""The pages on which officers ask for seals, agree to them, and see who is sealed and what waits."""

import uuid

import pytest
from django.test import Client

from tests.api import calling
from tests.integration.governance import sealers
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
