"""Someone on duty looks in an emergency: no reason opens nothing, an hour with a reason does, and a manager reviews it."""

from playwright.sync_api import expect

from tests.journeys import borough
from tests.journeys.journey import Journey

HAPPENED = "Found alone at the station at night, hurt"


class TestLookingInAnEmergency(Journey):
    def test_a_reason_is_asked_for_the_record_opens_and_a_manager_reviews_it(self):
        child = borough.a_patient()
        self.given_i_am_signed_in_as("Bea Rowntree")
        self.when_i_open_the_page_of(child)
        self.page.get_by_role("link", name="Look further in an emergency").click()
        self.and_the_page_is_accessible()
        self.when_i_give_no_reason_i_am_asked_again()
        self.when_i_say_what_has_happened()
        self.then_i_see("in an emergency, for an hour")
        self.then_i_see("the statutory case")
        self.when_i_end_it()
        self.page.get_by_role("button", name="Sign out").click()
        self.given_i_am_signed_in_as("Gwen Tolliver")
        self.then_a_manager_is_told_and_reviews_it()

    def when_i_open_the_page_of(self, child: dict[str, str]) -> None:
        self.page.goto("/find")
        self.page.locator("[name=number]").fill(child["number"])
        self.page.get_by_role("main").get_by_role("button", name="Find").click()
        self.page.locator(".jd-found__name a", has_text=child["family"]).first.click()
        self.page.wait_for_load_state()
        if self.page.get_by_role("heading", name="Why are you looking?").count():
            self.page.get_by_label("A worry").first.check()
            self.page.get_by_role("main").get_by_role("button").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(child["family"])

    def when_i_give_no_reason_i_am_asked_again(self) -> None:
        self.page.get_by_role("button", name="Open for an hour").click()
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.then_i_see("Choose a reason")
        self.then_i_see("Say what has happened")
        self.and_the_page_is_accessible()
        self.page.get_by_label("The child is missing").check()
        self.page.locator("[name=words]").fill("urgent")
        self.page.get_by_role("button", name="Open for an hour").click()
        self.then_i_see("at least 20 letters")
        expect(self.page.get_by_label("The child is missing")).to_be_checked()
        expect(self.page.locator("[name=words]")).to_have_value("urgent")

    def when_i_say_what_has_happened(self) -> None:
        self.page.locator("[name=words]").fill(HAPPENED)
        self.page.get_by_role("button", name="Open for an hour").click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()
        self.and_nothing_personal_stands_in_the_address_or_title(HAPPENED)

    def when_i_end_it(self) -> None:
        self.page.get_by_role("button", name="End this emergency look").click()
        self.then_i_see("The emergency look is over")
        self.and_the_page_is_accessible()

    def then_a_manager_is_told_and_reviews_it(self) -> None:
        self.page.get_by_role("button", name="Review 1 emergency look").click()
        self.and_the_page_is_accessible()
        self.page.get_by_role("main").get_by_role("link", name="Bea Rowntree").click()
        self.and_the_page_is_accessible()
        self.then_i_see(HAPPENED)
        self.page.get_by_role("button", name="Keep this review").click()
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.and_the_page_is_accessible()
        self.page.get_by_label("It was an emergency, and no more was opened than it took").check()
        self.page.get_by_role("button", name="Keep this review").click()
        self.then_i_see("Your review is kept")
        self.then_i_see("Nothing waits for review")
        self.page.get_by_role("link", name="Those already reviewed").click()
        self.then_i_see("no more was opened than it took")
        self.and_the_page_is_accessible()
