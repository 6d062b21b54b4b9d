"""A pupil who left a roll and is on none is found by a list, looked into, and answered for."""

from playwright.sync_api import expect

from tests.journeys.journey import Journey


class TestNobodyIsLost(Journey):
    def test_the_front_door_finds_a_lost_child_and_says_what_became_of_them(self):
        self.given_i_am_signed_in_as("Marcus Vane")
        self.page.get_by_role("link", name="Nobody lost").click()
        self.and_the_page_is_accessible()
        name = self.when_i_open_the_first()
        self.and_the_page_is_accessible()
        self.and_nothing_personal_stands_in_the_address_or_title(name)
        self.page.get_by_role("button", name="I will look into it").click()
        self.then_i_see("You look into it from now on")
        self.when_i_answer_without_words_i_am_asked_again()
        self.when_i_say_what_i_found()
        self.then_i_see("What you found is kept")
        expect(self.page.locator("#listed")).not_to_contain_text(name)

    def when_i_open_the_first(self) -> str:
        first = self.page.locator("#listed table a").first
        name = first.inner_text().split(":")[0].strip()
        first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)
        self.then_i_see("Why the child is listed")
        return name

    def when_i_answer_without_words_i_am_asked_again(self) -> None:
        self.page.get_by_role("button", name="Keep what I found").click()
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.then_i_see("Choose what you found")
        self.and_the_page_is_accessible()

    def when_i_say_what_i_found(self) -> None:
        self.page.get_by_label("A service now helps the child").check()
        self.page.locator("[name=words]").fill("Eastholme Primary School has a place from Monday")
        self.page.get_by_role("button", name="Keep what I found").click()
