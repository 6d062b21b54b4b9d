"""A school sends a worry; the front door asks health and the police, decides early help, and the school reads what came of it."""

import re

from playwright.sync_api import expect

from tests.journeys.journey import Journey

WORRY = "She came without a coat again and said there is no food at home"
ANSWER = "Her weight has been falling since June"
REFUSAL = "It would warn a suspect of an open enquiry"
FEEDBACK = "An early help worker will ring the family this week; please keep the breakfast club open to her"


class TestFromAWorryToItsOutcome(Journey):
    def test_a_worry_is_sent_worked_on_with_other_agencies_and_its_sender_is_told(self):
        self.given_i_am_signed_in_as("Dilys Hart")
        self.when_i_ask_for_help_and_forget_something_i_am_told_what()
        self.when_i_send_it()
        self.then_i_have_a_receipt("Received")
        self.and_i_sign_out()
        self.given_i_am_signed_in_as("Marcus Vane")
        self.when_i_take_it_from_the_in_basket()
        self.when_i_set_it_amber()
        self.when_i_look_which_child_it_is_and_none_fits()
        self.when_i_ask_health_and_the_police()
        self.and_i_sign_out()
        self.given_i_am_signed_in_as("Ffion Adair")
        self.when_i_answer()
        self.and_i_sign_out()
        self.given_i_am_signed_in_as("Aidan Frome")
        self.when_i_refuse()
        self.and_i_sign_out()
        self.given_i_am_signed_in_as("Marcus Vane")
        self.then_i_see_the_answer_and_the_refusal_side_by_side()
        self.when_i_decide_early_help_and_tell_the_school()
        self.when_i_close_it()
        self.and_i_sign_out()
        self.given_i_am_signed_in_as("Dilys Hart")
        self.then_i_read_what_became_of_it()

    def and_i_sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()

    def main_button(self, name: str):
        return self.page.get_by_role("main").get_by_role("button", name=name, exact=True)

    def unfold(self, title: str) -> None:
        self.page.locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(title)}\s*$")).click()

    def when_i_ask_for_help_and_forget_something_i_am_told_what(self) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Ask for help").click()
        self.and_the_page_is_accessible()
        self.page.get_by_label("The child's name").fill("Zuleika Unheard")
        self.main_button("Send").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Say what you are worried about")
        expect(self.page.get_by_label("The child's name")).to_have_value("Zuleika Unheard")
        self.and_the_page_is_accessible()

    def when_i_send_it(self) -> None:
        self.page.get_by_label("What are you worried about").fill(WORRY)
        self.page.get_by_label("They were not asked").check()
        self.page.get_by_label("If they did not agree or were not asked, why?").fill("Asking may put her in danger")
        self.page.get_by_label("How can you be rung back?").fill("0100 123")
        self.main_button("Send").click()

    def then_i_have_a_receipt(self, state: str) -> None:
        self.then_i_see("This page is your receipt")
        self.then_i_see(state)
        self.then_i_see(WORRY)
        self.and_the_page_is_accessible()
        self.and_nothing_personal_stands_in_the_address_or_title("Zuleika", "Unheard")

    def open_the_item(self) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="In-basket").click()
        self.and_the_page_is_accessible()
        self.page.get_by_role("main").get_by_role("link", name="Zuleika Unheard").first.click()
        self.and_the_page_is_accessible()
        self.and_nothing_personal_stands_in_the_address_or_title("Zuleika", "Unheard")

    def when_i_take_it_from_the_in_basket(self) -> None:
        self.open_the_item()
        self.main_button("Take it").click()
        self.then_i_see("It is yours.")
        self.and_the_page_is_accessible()

    def when_i_set_it_amber(self) -> None:
        self.unfold("Set its colour")
        self.page.get_by_label("Amber: significant concern").check()
        self.page.get_by_label("Why?", exact=True).locator("visible=true").fill("Hungry and cold, no injury seen")
        self.main_button("Set the colour").click()
        self.then_i_see("The colour is set.")
        self.then_i_see("Within 6 hours at most")

    def when_i_look_which_child_it_is_and_none_fits(self) -> None:
        self.page.get_by_role("link", name="Look which child it may be").click()
        self.and_the_page_is_accessible()
        self.page.get_by_label("None of the children of the index").check()
        self.page.get_by_label("By what do you know?").fill(
            "The school has no date of birth, and nobody bears this name"
        )
        self.main_button("Keep this").click()
        self.then_i_see("it is about no child of the index")

    def when_i_ask_health_and_the_police(self) -> None:
        self.unfold("Ask agencies what they know")
        for agency in ("practice", "Police"):
            self.page.get_by_role("group", name="Whom do you ask?").get_by_label(agency).first.check()
        self.page.get_by_label("What do you need to know, and what for?").fill("What do you know of her at home?")
        self.page.get_by_role("group", name="On what legal basis do you ask?").get_by_label(
            "To keep the child safe"
        ).check()
        self.main_button("Ask").click()
        self.then_i_see("Each answer will stand here")
        self.then_i_see("No answer yet")
        self.and_the_page_is_accessible()

    def when_i_answer(self) -> None:
        self.open_the_item()
        expect(self.page.get_by_role("main")).not_to_contain_text(WORRY)
        self.unfold("Answer")
        self.page.get_by_label("What do you know that matters here?").fill(ANSWER)
        group = self.page.get_by_role("group", name="On what legal basis do you share it?")
        group.get_by_label("To keep the child safe").check()
        self.and_the_page_is_accessible()
        self.main_button("Share this").click()
        self.then_i_see("Those who asked can read it")

    def when_i_refuse(self) -> None:
        self.open_the_item()
        self.unfold("Or refuse")
        self.page.get_by_label("Why do you share nothing?").fill(REFUSAL)
        group = self.page.get_by_role("group", name="Which legal basis did you weigh?")
        group.get_by_label("To help with enquiries").check()
        self.main_button("Refuse").click()
        self.then_i_see("Those who asked can read why")

    def then_i_see_the_answer_and_the_refusal_side_by_side(self) -> None:
        self.page.goto("/in-basket?kind=contact")
        self.page.get_by_role("main").get_by_role("link", name="Zuleika Unheard").click()
        for said in (ANSWER, REFUSAL, "Answered", "Refused"):
            self.then_i_see(said)
        self.and_the_page_is_accessible()

    def when_i_decide_early_help_and_tell_the_school(self) -> None:
        self.unfold("Decide")
        self.then_i_see("Several needs; co-ordinated support of several agencies")
        self.page.get_by_label("Level 3: Intensive").check()
        self.page.get_by_label("Early help, with an assessment and a plan").check()
        self.page.get_by_label("Why? What did you weigh, and what was missing?").fill(
            "Several needs, no significant harm"
        )
        self.and_the_page_is_accessible()
        self.main_button("Decide").click()
        self.then_i_see("Now tell the sender")
        self.unfold("Tell the sender")
        self.page.get_by_label("What may the sender know, and what should they do?").fill(FEEDBACK)
        self.main_button("Tell the sender").click()
        self.then_i_see("The sender can read it now")

    def when_i_close_it(self) -> None:
        self.main_button("Close it, and answer for what follows").click()
        self.then_i_see("Closed.")
        self.page.goto("/in-basket?which=closed")
        self.then_i_see("Early help, with an assessment and a plan")
        self.and_the_page_is_accessible()

    def then_i_read_what_became_of_it(self) -> None:
        self.page.goto("/sent")
        self.and_the_page_is_accessible()
        self.page.get_by_role("main").get_by_role("link", name="Zuleika Unheard").click()
        for said in ("Early help, with an assessment and a plan", FEEDBACK, "Marcus Vane", "0100 123"):
            self.then_i_see(said)
        self.and_the_page_is_accessible()
