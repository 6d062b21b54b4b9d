"""Steps to a child's page and to a led episode, for journeys that begin with one."""

import re

from playwright.sync_api import expect

from tests.journeys.journey import Journey

NEED = "She comes to school tired and hungry"


class Planning(Journey):
    """People at work on one child's plan."""

    def now_as(self, name: str) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        self.given_i_am_signed_in_as(name)

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

    def act(self, heading: str, button: str, **typed: str) -> None:
        """Follow a link of the plan, type, choose, and send; axe is asked about the form and what follows."""
        self.page.get_by_role("main").get_by_role("link", name=heading, exact=True).click()
        self.and_the_page_is_accessible()
        for name, words in typed.items():
            field = self.page.locator(f"[name='{name}']").first
            if field.evaluate("node => node.tagName") == "SELECT":
                field.select_option(label=words)
            elif field.get_attribute("type") == "radio":
                self.page.locator(f"[name='{name}']").and_(self.page.get_by_label(re.compile(words))).first.check()
            else:
                field.fill(words)
        self.page.get_by_role("main").get_by_role("button", name=button).click()
        self.page.wait_for_load_state()
        expect(self.page.get_by_role("main").get_by_role("alert")).to_be_visible()
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)
        self.and_the_page_is_accessible()

    def when_an_episode_is_opened_and_a_lead_named(self) -> None:
        self.act("Open an episode of help", "Open it", kind="Early help", level="intensive", why=NEED)
        self.act("Name who leads", "Name them", who="Rukhsana Peel")
        self.then_i_see("They lead now")
