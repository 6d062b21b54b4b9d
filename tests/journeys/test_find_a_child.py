"""A misspelt child is found, the page is read, a fact is followed to the record that says it."""

import re

from playwright.sync_api import expect

from tests.journeys import borough
from tests.journeys.journey import Journey


def misspelt(word: str) -> str:
    """Exchange two letters in the middle, as fingers do."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


class TestFindingAMisspeltChild(Journey):
    def test_a_social_worker_finds_reads_and_follows_a_fact(self):
        child = borough.a_patient()
        self.given_i_am_signed_in_as("Rukhsana Peel")
        self.when_i_look_for(f"{child['given']} {misspelt(child['family'])}")
        self.then_the_child_is_among_the_first_three(child)
        self.and_nothing_personal_stands_in_the_address_or_title(child["given"], child["family"])
        self.when_i_open_the_page_of(child)
        self.and_say_why_if_asked("A worry")
        self.then_i_see_who_is_helping_and_who_says_what(child)
        self.and_nothing_personal_stands_in_the_address_or_title(child["given"], child["family"], child["number"])
        self.when_i_follow_the_date_of_birth_to_its_source()
        self.then_i_see_the_agency_the_file_and_the_line()

    def test_the_person_who_helps_already_is_not_asked_why(self):
        child = borough.a_patient()
        self.given_i_am_signed_in_as("Ffion Adair")
        self.when_i_look_for(child["number"], field="number")
        self.then_i_see("1 child found")
        self.when_i_open_the_page_of(child)
        self.then_i_see_who_is_helping_and_who_says_what(child)

    def test_nobody_found_says_what_to_do(self):
        self.given_i_am_signed_in_as("Tamsin Okafor")
        self.when_i_look_for("Zzyzxqw Vvqqxz")
        self.then_i_see("No child found")

    def test_an_empty_question_is_asked_again_with_the_reason(self):
        self.given_i_am_signed_in_as("Tamsin Okafor")
        self.when_i_look_for("")
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.and_the_page_is_accessible()

    def test_a_colleague_cannot_open_my_search_nor_tell_it_from_none(self):
        self.given_i_am_signed_in_as("Rukhsana Peel")
        self.when_i_look_for("Smith")
        mine = self.page.url
        self.page.get_by_role("button", name="Sign out").click()
        self.given_i_am_signed_in_as("Aidan Frome")
        theirs = self.page.goto(mine)
        absent = self.page.goto(re.sub(r"find/.*", "find/" + "x" * 43, mine))
        assert theirs.status == absent.status == 404

    def when_i_look_for(self, words: str, field: str = "name") -> None:
        self.page.get_by_role("link", name="Find a child").first.click()
        self.and_the_page_is_accessible()
        self.page.locator(f"[name={field}]").fill(words)
        self.page.get_by_role("main").get_by_role("button", name="Find").click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def then_the_child_is_among_the_first_three(self, child: dict[str, str]) -> None:
        names = self.page.locator(".jd-found__name").all_inner_texts()[:3]
        assert any(child["family"] in name for name in names), names

    def when_i_open_the_page_of(self, child: dict[str, str]) -> None:
        self.page.locator(".jd-found__name a", has_text=child["family"]).first.click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def and_say_why_if_asked(self, words: str) -> None:
        if self.page.get_by_role("heading", name="Why are you looking?").count():
            self.page.get_by_role("main").get_by_role("button").click()
            expect(self.page.get_by_role("alert")).to_be_visible()
            self.page.get_by_label(words).first.check()
            self.page.get_by_role("main").get_by_role("button").click()
            self.page.wait_for_load_state()
            self.and_the_page_is_accessible()

    def then_i_see_who_is_helping_and_who_says_what(self, child: dict[str, str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(child["family"])
        for heading in ("Who is helping", "What is known, and who says so", "Relationships", "What happened"):
            expect(self.page.get_by_role("heading", name=heading)).to_be_visible()

    def when_i_follow_the_date_of_birth_to_its_source(self) -> None:
        self.page.locator("a[href*='/record/']").first.click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def then_i_see_the_agency_the_file_and_the_line(self) -> None:
        for words in ("Agency", "File", "Line", "Received", "Legal basis"):
            self.then_i_see(words)


class TestFindingByKeyboardAlone(Journey):
    def test_the_skip_link_and_the_form_need_no_mouse(self):
        self.given_i_am_signed_in_as("Tamsin Okafor")
        self.page.goto("/find")
        self.page.keyboard.press("Tab")
        expect(self.page.locator(":focus")).to_have_text("Skip to main content")
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        expect(self.page.locator(":focus")).to_have_attribute("name", "name")
        self.page.keyboard.type("Khan")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/find/*")


class TestFindingOnANarrowScreen(Journey):
    def test_nothing_is_cut_off_at_320_px_nor_at_four_times_the_size(self):
        self.given_i_am_signed_in_as("Rukhsana Peel")
        self.page.set_viewport_size({"width": 320, "height": 640})
        for address in ("/", "/find"):
            self.page.goto(address)
            too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert too_wide <= 0
            self.and_the_page_is_accessible()
