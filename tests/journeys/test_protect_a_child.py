"""A child is protected: from the child's page to a strategy discussion, enquiries, conference, plan, core group, and its end."""

import datetime
import re

from playwright.sync_api import expect

from joinedup.foundation import clock
from tests.journeys import borough
from tests.journeys.planning import Planning

PRESENT = "Rukhsana Peel, Children's social care\nAidan Frome, Police\nBernadette Quill, Health"
_MORE = {"words": "He stays with his grandmother for now"}


class TestAChildIsProtected(Planning):
    def test_from_a_strategy_discussion_to_the_end_of_a_plan(self):
        child = borough.a_patient()
        self.given_i_am_signed_in_as("Gwen Tolliver")
        self.when_i_open_the_page_of(child)
        self.when_an_episode_is_opened_and_a_lead_named()
        number = re.search(r"/child/([0-9A-Z]+)/", self.page.url)[1]

        self.now_as("Rukhsana Peel")
        self.page.goto(f"/child/{number}")
        self.page.get_by_role("main").get_by_role("link", name="Child protection", exact=True).first.click()
        self.then_i_see("Nothing is written down here")
        self.and_the_page_is_accessible()
        self.when_i_say_less_than_is_needed_all_of_it_is_asked_for()
        self.step(
            "Write down the strategy discussion", "Keep the discussion", at="00:02", present=PRESENT, outcome="together"
        )
        self.then_i_see("Enquiries to begin")
        self.step("Begin the enquiries", "They have begun")
        self.step(
            "End the enquiries with their outcome",
            "Keep the outcome",
            outcome="a conference is held",
            childs_view="I am afraid",
        )
        self.then_i_see("Initial child protection conference")
        self.then_i_see("15 working days")
        self.step(
            "Write down the conference",
            "Keep the conference",
            chair="Ines Wray",
            outcome="has a child protection plan",
            category="Neglect",
            childs_view="I want to stay with Nan",
        )
        self.then_i_see("The child has a child protection plan")
        self.and_nothing_personal_stands_in_the_address_or_title(child["family"], child["given"])
        self.step("Write down a core group", "Keep the core group")
        self.step(
            "Write down a review conference",
            "Keep the review",
            chair="Ines Wray",
            outcome="The plan ends",
            ending="No longer",
            childs_view="It is better now",
        )
        self.then_i_see("No concern is open, and there is no child protection plan")
        self.page.goto(f"/child/{number}")
        self.then_i_see("Child protection plan since")

    def when_i_say_less_than_is_needed_all_of_it_is_asked_for(self) -> None:
        main = self.page.get_by_role("main")
        main.get_by_role("button", name="Call a strategy discussion").click()
        main.get_by_role("button", name="Call it").click()
        expect(self.page.locator(".govuk-error-summary__list li")).to_have_count(3)
        self.and_the_page_is_accessible()
        self.typed(at="00:01")
        main.get_by_role("button", name="Call it").click()
        self.then_i_see("Strategy discussion to be held")
        self.and_the_page_is_accessible()

    def step(self, heading: str, button: str, **typed: str) -> None:
        """Take what the page offers as next, type, choose and send; axe is asked about the form and what follows."""
        self.page.get_by_role("main").get_by_role("button", name=heading, exact=True).click()
        self.and_the_page_is_accessible()
        self.typed(**typed)
        self.page.get_by_role("main").get_by_role("button", name=button).click()
        self.page.wait_for_load_state()
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)
        self.and_the_page_is_accessible()

    def typed(self, *, on: datetime.date | None = None, at: str = "", **typed: str) -> None:
        day = on or clock.today()
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.page.locator(f"[name=happened_on-{part}]").fill(str(value))
        if at:
            self.page.locator("[name=happened_time]").fill(at)
        for name, words in {**_MORE, **typed}.items():
            field = self.page.locator(f"[name={name}]").first
            if field.get_attribute("type") == "radio":
                self.page.locator(f"[name={name}]").and_(self.page.get_by_label(re.compile(words))).first.check()
            else:
                field.fill(words)
