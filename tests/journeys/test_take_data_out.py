"""The journey of a social worker who takes a child's page to a review; each page asks axe about itself."""

import pytest
from playwright.sync_api import expect

from tests.journeys import borough
from tests.journeys.journey import Journey


@pytest.mark.slow
class TestTakeDataOut(Journey):
    def test_a_person_who_may_not_take_a_child_out_is_told_what_to_do(self) -> None:
        self.given_i_am_signed_in_as("Rukhsana Peel")
        self.when_i_open_a_child_and_ask_to_take_the_page_out()
        self.and_i_give_no_reason()
        self.then_i_am_told_what_is_missing()
        self.when_i_give_one()
        self.then_i_see("None of these children may be taken out by you")
        self.and_the_page_is_accessible()

    def when_i_open_a_child_and_ask_to_take_the_page_out(self) -> None:
        self.page.get_by_role("link", name="Find a child").first.click()
        self.page.get_by_label("NHS number, unique pupil number or child number").fill(borough.a_patient()["number"])
        self.page.get_by_label("Name").fill(borough.a_patient()["family"])
        self.page.get_by_role("button", name="Find").click()
        self.page.get_by_role("heading", level=2).get_by_role("link").first.click()
        self.page.get_by_label("The child or family asked").check()
        self.page.get_by_role("button", name="Open the page").click()
        self.page.get_by_role("link", name="Take this out").click()
        self.and_the_page_is_accessible()

    def and_i_give_no_reason(self) -> None:
        self.page.get_by_role("button", name="Ask for it").click()

    def then_i_am_told_what_is_missing(self) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text("Choose a reason")
        self.and_the_page_is_accessible()

    def when_i_give_one(self) -> None:
        self.page.get_by_label("A meeting about the child or children").check()
        self.page.get_by_label("In your own words").fill("The review on Thursday")
        self.page.get_by_role("button", name="Ask for it").click()
