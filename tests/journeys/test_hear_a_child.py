"""A child is invited, comes in with a second factor, reads their plan, says what they think, and reads the answer."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import borough
from tests.journeys.journey import Journey
from tests.journeys.test_lead_a_plan import TestAPlanFromItsLeadToItsEnd as Planning
from tests.journeys.test_sign_in import PASSWORD, code

SAID = "I like the club. I do not like the bus"
ANSWER = "We will ask if you can walk"


class TestAChildIsHeard(Journey):
    when_i_open_the_page_of = Planning.when_i_open_the_page_of
    when_an_episode_is_opened_and_a_lead_named = Planning.when_an_episode_is_opened_and_a_lead_named
    act = Planning.act
    now_as = Planning.now_as

    def test_what_they_think_is_answered_by_whoever_leads(self, chromium, site):
        child = borough.a_teenager()
        self.given_i_am_signed_in_as("Gwen Tolliver")
        self.when_i_open_the_page_of(child)
        self.when_an_episode_is_opened_and_a_lead_named()
        plan = self.page.url
        self.now_as("Rukhsana Peel")
        link = self.when_the_child_is_invited(plan)

        worker, context = self.page, chromium.new_context(base_url=site, locale="en-GB")
        self.page = theirs = context.new_page()
        self.when_the_child_comes_in(link)
        self.and_nothing_personal_stands_in_the_address_or_title(child["family"], child["given"])
        self.when_they_read_their_plan_and_say_what_they_think()

        self.page = worker
        self.when_the_lead_answers(plan)

        self.page = theirs
        self.page.reload()
        self.then_i_see(ANSWER)
        self.and_the_page_is_accessible()
        self.then_three_times_shift_leaves_the_site(theirs)
        context.close()

    def when_the_child_is_invited(self, plan: str) -> str:
        self.page.goto(plan)
        self.page.get_by_role("link", name="Answer the child, or invite them").click()
        self.and_the_page_is_accessible()
        self.page.get_by_role("link", name="Invite the child, or a parent").click()
        self.and_the_page_is_accessible()
        self.page.get_by_label("The child or young person").check()
        self.page.get_by_role("button", name="Make the link").click()
        link = self.page.locator("#link").inner_text()
        self.and_the_page_is_accessible()
        return link

    def when_the_child_comes_in(self, link: str) -> None:
        self.page.goto(link)
        self.and_the_page_is_accessible()
        self.page.get_by_label("Name to sign in with").fill("a-quick-fox")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_label("The same password again").fill(PASSWORD)
        self.page.get_by_role("button", name="Go on").click()
        expect(self.page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
        self.page.get_by_label("Code").fill(code(self.page.locator(".jd-secret").inner_text().replace(" ", "")))
        self.page.get_by_role("button", name="Set up codes").click()
        self.page.get_by_role("button", name="I have kept them: go on").click()
        expect(self.page.get_by_role("heading", name="My page", level=1)).to_be_visible()
        self.then_i_see("Runs my plan")
        self.and_the_page_is_accessible()

    def when_they_read_their_plan_and_say_what_they_think(self) -> None:
        self.page.get_by_role("main").get_by_role("link", name="My plan").click()
        self.then_i_see("Rukhsana Peel runs this plan")
        self.and_the_page_is_accessible()
        self.page.get_by_role("navigation", name="Back").get_by_role("link", name="My page").click()
        self.page.get_by_role("link", name="What I think").click()
        self.page.get_by_role("button", name="Send it").click()
        expect(self.page.get_by_role("alert")).to_contain_text("There is a problem")
        self.and_the_page_is_accessible()
        self.page.get_by_label("What do you think?").fill(SAID)
        self.page.get_by_label("We will meet to talk about my plan").check()
        self.page.get_by_label("The worker who runs my plan").check()
        self.page.get_by_role("button", name="Send it").click()
        self.then_i_see("You will have an answer by")
        self.and_the_page_is_accessible()

    def when_the_lead_answers(self, plan: str) -> None:
        self.page.goto(plan)
        self.then_i_see(SAID)
        self.and_the_page_is_accessible()
        self.page.get_by_role("link", name="Answer the child, or invite them").click()
        self.page.get_by_role("link", name=re.compile("Say what was done")).click()
        self.and_the_page_is_accessible()
        self.page.get_by_label("What did you do about it?").fill(ANSWER)
        self.page.get_by_role("button", name="Send the answer").click()
        self.then_i_see(ANSWER)
        self.and_the_page_is_accessible()

    def then_three_times_shift_leaves_the_site(self, page: Page) -> None:
        page.route(
            "https://www.bbc.co.uk/**",
            lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"),
        )
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("https://www.bbc.co.uk/**")
