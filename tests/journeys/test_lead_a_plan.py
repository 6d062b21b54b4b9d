"""A lead is named, four agencies plan, the plan is reviewed, another team takes it over, and it ends with its outcomes."""

from playwright.sync_api import expect

from tests.journeys import borough
from tests.journeys.planning import NEED, Planning


class TestAPlanFromItsLeadToItsEnd(Planning):
    def test_the_child_is_never_without_a_lead_and_each_need_has_an_outcome(self):
        child = borough.a_patient()
        self.given_i_am_signed_in_as("Gwen Tolliver")
        self.when_i_open_the_page_of(child)
        self.when_an_episode_is_opened_and_a_lead_named()
        plan = self.page.url
        self.and_nothing_personal_stands_in_the_address_or_title(child["family"], child["given"], NEED)

        self.now_as("Rukhsana Peel")
        self.when_i_open_it_from_my_work_or(plan)
        self.when_a_need_and_an_outcome_are_written()
        self.when_four_agencies_say_what_they_will_do()
        self.when_the_review_is_held()
        self.when_a_manager_is_asked_for("Offering it to another team or level")

        self.now_as("Gwen Tolliver")
        self.when_the_manager_agrees(plan)
        self.now_as("Rukhsana Peel")
        self.when_it_is_offered_to(plan, "Bridge Youth Charity")
        self.then_i_still_lead(plan)

        self.now_as("Jo Ferris")
        self.when_the_offer_is_accepted_with("Jo Ferris")
        self.page.goto(plan)
        self.then_i_see("Jo Ferris")
        self.then_i_see("We told her together")
        self.and_the_page_is_accessible()
        self.when_it_is_closed_with_each_needs_outcome(plan)

    def when_i_open_it_from_my_work_or(self, plan: str) -> None:
        self.page.get_by_role("link", name="My work").click()
        self.and_the_page_is_accessible()
        self.page.goto(plan)
        self.and_the_page_is_accessible()

    def when_a_need_and_an_outcome_are_written(self) -> None:
        self.act(
            "Write a need or a strength down",
            "Write it down",
            sort="A need",
            about="Health",
            statement=NEED,
            level="intensive",
        )
        self.page.get_by_role("link", name="Write what we want for the child").click()
        self.page.locator("[name=statement]").fill("She comes to school fed and rested")
        self.page.locator("[name=aim]").select_option(index=1)
        self.page.locator("[name=how_we_will_know]").fill("Her teacher sees it four days of five")
        self.page.get_by_role("button", name="Add it to the plan").click()
        self.then_i_see("It is in the plan")

    def when_four_agencies_say_what_they_will_do(self) -> None:
        for who, part in (
            ("Jo Ferris", "Youth club"),
            ("Bernadette Quill", "Health visiting"),
            ("Tamsin Okafor", "School"),
        ):
            self.act("Add someone to the team", "Add them", who=who, part=part)
        for who in ("Rukhsana Peel", "Jo Ferris", "Bernadette Quill", "Tamsin Okafor"):
            self.act(
                "Add what someone will do",
                "Add it to the plan",
                outcome="fed and rested",
                words=f"What {who} does each week",
                doer=who,
                **{"due_on-day": "3", "due_on-month": "3", "due_on-year": "2099"},
            )
            self.then_i_see(f"What {who} does each week")

    def when_the_review_is_held(self) -> None:
        self.act(
            "Keep what the review found",
            "Keep the review",
            what_changed="She eats at the breakfast club",
            spoken="The child said it",
            childs_view="I like the beans",
        )
        self.then_i_see("I like the beans")
        self.then_i_see("Later reviews of a plan".lower())

    def when_a_manager_is_asked_for(self, what: str) -> None:
        self.act("Ask a manager to agree", "Ask", act=what, words="The youth club knows her best")

    def when_the_manager_agrees(self, plan: str) -> None:
        self.page.get_by_role("link", name="My work").click()
        self.then_i_see("Agree or refuse")
        self.page.get_by_role("link", name="The team's board").click()
        self.then_i_see("Rukhsana Peel")
        self.and_the_page_is_accessible()
        self.page.goto(plan)
        self.act("Agree, or refuse", "Keep the answer", approval="another team", answer="Yes", words="Agreed")

    def when_it_is_offered_to(self, plan: str, team: str) -> None:
        self.page.goto(plan)
        self.act("Offer this to another team or area", "Offer it", where=team, why="They know her best")
        self.then_i_see(f"to {team}")

    def then_i_still_lead(self, plan: str) -> None:
        self.page.goto(plan)
        expect(self.page.locator(".govuk-summary-list").first).to_contain_text("Rukhsana Peel")

    def when_the_offer_is_accepted_with(self, who: str) -> None:
        self.page.get_by_role("link", name="My work").click()
        self.page.get_by_role("link", name="Answer an offer to your team").click()
        self.and_the_page_is_accessible()
        self.then_i_see("They know her best")
        self.page.get_by_role("button", name="Keep the answer").click()
        expect(self.page.get_by_role("alert")).to_contain_text("There is a problem")
        self.and_the_page_is_accessible()
        self.page.get_by_label("Yes, we take it").check()
        self.page.locator("[name=who]").fill(who)
        self.page.locator("[name=goodbye]").fill("We told her together")
        self.page.locator("[name=words]").fill("We take it gladly")
        self.page.get_by_role("button", name="Keep the answer").click()
        self.then_i_see("Your answer is kept")

    def when_it_is_closed_with_each_needs_outcome(self, plan: str) -> None:
        self.page.get_by_role("link", name="Close this episode").click()
        self.and_the_page_is_accessible()
        self.page.get_by_role("button", name="Close it").click()
        expect(self.page.get_by_role("alert")).to_contain_text("There is a problem")
        self.page.get_by_label("It is met").check()
        self.page.get_by_label("How do you know?").fill("She is fed and rested")
        self.page.get_by_label("What was wanted has come about").check()
        self.page.locator("[name=words]").fill("Breakfast club helped her")
        self.page.get_by_role("button", name="Close it").click()
        self.then_i_see("The episode is closed")
        assert self.page.goto(plan).status in {302, 404, 200}
        expect(self.page.get_by_role("link", name="Close this episode")).to_have_count(0)
