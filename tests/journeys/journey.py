"""The steps that journeys share, in the words of the trade; each step that shows a page asks axe about it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import accessible


@pytest.mark.journey
class Journey:
    """One person's way through the product."""

    page: Page

    @pytest.fixture(autouse=True)
    def _in_a_browser(self, page: Page) -> None:
        self.page = page

    def given_i_am_signed_in_as(self, name: str) -> None:
        self.page.goto("/")
        self.and_the_page_is_accessible()
        self.page.get_by_role("button", name=f"Sign in as {name}").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()
        self.and_the_page_is_accessible()

    def and_the_page_is_accessible(self) -> None:
        assert not (faults := accessible.faults_of(self.page)), faults

    def and_nothing_personal_stands_in_the_address_or_title(self, *personal: str) -> None:
        shown = f"{self.page.url} {self.page.title()}".lower()
        assert [words for words in personal if words and words.lower() in shown] == []

    def then_i_see(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)
