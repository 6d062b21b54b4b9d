"""A steward links a pair and undoes it, parts another, a run of linking comes, and they stay apart; once by keyboard alone."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests import databases
from tests.journeys.journey import Journey

PETRA = "Petra Noble"
LINK, PART, UNSURE = "One child: link", "Two children: part", "Not sure"


class TestReviewingPossibleLinks(Journey):
    @pytest.fixture(autouse=True)
    def _at_a_site(self, site_database: str) -> None:
        self.database = site_database

    def test_a_link_is_undone_and_a_parting_outlasts_every_run(self):
        self.given_i_am_signed_in_as(PETRA)
        self.given_pairs_wait()
        self.when_i_link_a_pair()
        self.then_the_next_pair_comes_at_once_and_i_can_undo()
        self.when_i_undo_it()
        self.then_it_is_as_if_it_had_never_been_linked()
        self.when_i_part_a_pair()
        self.then_the_page_says_what_came_of_it()
        self.when_a_run_of_linking_comes()
        self.then_they_are_still_two_children_and_nobody_is_asked_again()

    def test_by_keyboard_alone(self):
        self.given_i_am_signed_in_as(PETRA)
        self.when_i_go_to_the_first_pair_without_a_mouse()
        self.and_leave_it_with_a_note()
        self.then_the_next_pair_comes_and_the_note_is_kept()

    def test_a_blind_sample_says_how_many_links_are_right(self):
        self.given_i_am_signed_in_as(PETRA)
        self.when_i_draw_a_sample()
        self.and_answer_every_pair()
        self.then_the_page_says_the_live_precision()
        self.when_i_ask_what_other_thresholds_would_make()
        self.and_look_at_the_quality_of_links()

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def given_pairs_wait(self) -> None:
        self.page.get_by_role("button", name=re.compile(r"Review \d+ pairs")).click()
        self.and_the_page_is_accessible()
        self.page.locator("#questions tbody a").first.click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()
        self.then_i_see("What the two records say")
        self.then_i_see("What the evidence says")
        self.and_nothing_personal_stands_in_the_address_or_title(*self.names())

    def tab_to(self, there: str) -> None:
        for _ in range(100):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(there):
                return
        raise AssertionError(f"the keyboard does not reach {there}")

    def names(self) -> list[str]:
        """Return the family names that the page shows."""
        row = self.page.get_by_role("row", name=re.compile("^Family name"))
        return [text for text in row.get_by_role("cell").all_inner_texts()[:2] if text.isalpha()]

    def when_i_link_a_pair(self) -> None:
        for _ in range(20):
            self.press(LINK)
            if self.page.get_by_text("Linked: the two records are one child.").count():
                return
            # The two have different national numbers, or were parted: the page says so, and the pair is left for later.
            self.press(UNSURE)
        raise AssertionError("no pair could be linked")

    def then_the_next_pair_comes_at_once_and_i_can_undo(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Are they one child?")
        expect(self.page.get_by_role("button", name="Undo", exact=True)).to_be_visible()

    def when_i_undo_it(self) -> None:
        self.press("Undo")

    def then_it_is_as_if_it_had_never_been_linked(self) -> None:
        self.then_i_see("It is taken back")
        expect(self.page.get_by_role("button", name=re.compile("Undo"))).to_have_count(0)
        self.page.get_by_role("link", name="Go on to the next pair").click()
        self.page.wait_for_load_state()

    def when_i_part_a_pair(self) -> None:
        self.press(PART)
        self.then_i_see("Kept apart: no run joins the two records again.")
        self.page.get_by_role("link", name="See what came of it").click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def then_the_page_says_what_came_of_it(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Two records are kept apart")
        self.then_i_see("If this was wrong")
        self.numbers = self.page.get_by_role("main").locator("a.jd-number").all_inner_texts()
        assert len(set(self.numbers)) == 2

    def when_a_run_of_linking_comes(self) -> None:
        environment = databases.environment(self.database, DJANGO_SETTINGS_MODULE="joinedup.config.settings.demo")
        command = [sys.executable, "-m", "joinedup", "link"]
        subprocess.run(command, env=environment, cwd=databases.ROOT, check=True, capture_output=True, timeout=300)

    def then_they_are_still_two_children_and_nobody_is_asked_again(self) -> None:
        for number in self.numbers:
            self.page.goto(f"/child/{number.replace(' ', '')}/identity")
            expect(self.page.locator("p .jd-number").first).to_have_text(number)
            self.and_the_page_is_accessible()
            self.then_i_see("Parted from another child")

    def when_i_go_to_the_first_pair_without_a_mouse(self) -> None:
        self.page.goto("/matching")
        self.tab_to("document.activeElement.closest('#questions tbody') !== null")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile(r"/matching/[0-9a-f]{8}-"))
        self.asked = self.page.url.split("?")[0]

    def and_leave_it_with_a_note(self) -> None:
        self.tab_to("document.activeElement.name === 'note'")
        self.page.keyboard.type("Ask the school")
        # The driver sends no access keys, so the button is reached as any other; that it has one is looked at.
        self.tab_to("document.activeElement.value === 'unsure'")
        assert self.page.evaluate("document.activeElement.accessKey") == "n"
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda address: address.split("?")[0] != self.asked)
        self.and_the_page_is_accessible()

    def then_the_next_pair_comes_and_the_note_is_kept(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Are they one child?")
        self.page.goto(self.asked)
        self.then_i_see("Ask the school")

    def when_i_draw_a_sample(self) -> None:
        self.page.goto("/matching/blind")
        self.and_the_page_is_accessible()
        self.page.locator("[name=width]").fill("20")
        self.press("Draw the pairs")

    def and_answer_every_pair(self) -> None:
        self.then_i_see("Would you say that they are one child?")
        while self.page.url.endswith("/pair"):
            self.page.get_by_role("button", name="Same child").click()
            self.page.wait_for_load_state()

    def then_the_page_says_the_live_precision(self) -> None:
        self.then_i_see("Live precision")
        self.and_the_page_is_accessible()

    def when_i_ask_what_other_thresholds_would_make(self) -> None:
        self.page.goto("/matching/thresholds")
        self.page.locator("[name=link]").fill("6")
        self.press("Say what these would make")
        self.then_i_see("Stewards that takes")
        self.page.locator("[name=why]").fill("Too many links were wrong")
        self.press("Change the thresholds")
        self.then_i_see("The thresholds are changed")

    def and_look_at_the_quality_of_links(self) -> None:
        self.page.get_by_role("link", name="Link quality").click()
        self.and_the_page_is_accessible()
        self.then_i_see("have an NHS number")
