"""The journey of a request for a copy: written down, confirmed by a second person, decided line by line, handed over."""

import psycopg
import pytest
from playwright.sync_api import expect

from joinedup.foundation import clock
from tests import databases
from tests.journeys.journey import Journey

_MOST_RECORDS = """
SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id
ORDER BY s.record_count DESC, c.number LIMIT 1
"""


@pytest.mark.slow
class TestAnswerADataRequest(Journey):
    @pytest.fixture(autouse=True)
    def _a_child(self, site_database: str) -> None:
        with psycopg.connect(databases.admin_url(site_database)) as admin:
            ((self.number,),) = admin.execute(_MOST_RECORDS).fetchall()

    def test_two_persons_answer_a_request_for_a_copy(self) -> None:
        self.given_i_am_signed_in_as("Maud Ellery")
        self.when_i_write_the_request_down()
        self.then_i_see("Another person who answers for rights must confirm")
        self.when_i_sign_out_and_a_second_person_confirms()
        self.then_i_see("Confirmed.")
        self.when_i_open_the_copy()
        self.then_i_see("still waiting")
        self.when_i_leave_every_waiting_line_out()
        self.then_i_am_handed_a_pdf()

    def when_i_write_the_request_down(self) -> None:
        self.page.get_by_role("link", name="Data requests").click()
        self.and_the_page_is_accessible()
        self.page.get_by_role("link", name="Write a request down").click()
        self.page.get_by_role("button", name="Write it down").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Give the child number")
        self.and_the_page_is_accessible()
        today = clock.today()
        self.page.get_by_label("A copy of what is kept").check()
        self.page.get_by_label("Child number").fill(self.number)
        self.page.get_by_label("The child or young person").check()
        self.page.get_by_label("Their name").fill("Zoë Wray")
        self.page.get_by_label("How did you check").fill("They showed a passport")
        for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
            self.page.get_by_label(part, exact=True).fill(str(value))
        self.page.get_by_label("What do they ask, in their own words?").fill("A copy of all you keep of me")
        self.page.get_by_role("button", name="Write it down").click()
        self.and_the_page_is_accessible()
        self.and_nothing_personal_stands_in_the_address_or_title(self.number, "Zoë")

    def when_i_sign_out_and_a_second_person_confirms(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        self.page.get_by_role("button", name="Sign in as Idris Penhale").click()
        self.page.get_by_role("link", name="Data requests").click()
        self.page.get_by_role("heading", level=2).get_by_role("link").first.click()
        self.page.get_by_role("button", name="Confirm who asked").click()
        self.and_the_page_is_accessible()

    def when_i_open_the_copy(self) -> None:
        self.page.get_by_role("link", name="Make the copy").click()
        self.and_the_page_is_accessible()

    def when_i_leave_every_waiting_line_out(self) -> None:
        while self.page.get_by_role("heading", name="Waiting").count():
            for choice in self.page.locator("h2:has-text('Waiting') ~ fieldset").get_by_label("Leave it out").all():
                choice.check()
            self.page.get_by_label("Why are lines left out?").fill("They have not agreed to it")
            self.page.get_by_role("button", name="Keep these decisions").click()
        self.and_the_page_is_accessible()

    def then_i_am_handed_a_pdf(self) -> None:
        with self.page.expect_download() as handed:
            self.page.get_by_role("button", name="Make it as a PDF").click()
        assert handed.value.suggested_filename.startswith("copy-R")
