"""Two officers seal a child; a manager learns no more than whom to ring; someone on duty looks past the seal; it is lifted."""

from playwright.sync_api import expect

from tests.journeys import borough
from tests.journeys.journey import Journey

HUGH, NOOR, GWEN, BEA = "Hugh Lantern", "Noor Ashdown", "Gwen Tolliver", "Bea Rowntree"
WHY = "He was seen outside the school and asks for them"
HAPPENED = "Found alone at the station at night, hurt"


class TestSealingAChild(Journey):
    def test_from_asking_to_lifting(self):
        self.child = borough.a_patient()
        self.given_a_child_whose_number_an_officer_knows()
        self.when_an_officer_asks_for_a_seal_and_agrees_to_nothing_alone()
        self.and_the_other_officer_agrees()
        self.then_a_manager_finds_no_more_than_whom_to_ring()
        self.and_a_teacher_finds_nobody()
        self.when_someone_on_duty_looks_past_the_seal_and_ends_it()
        self.then_the_officers_see_it_at_once()
        self.when_the_seal_is_lifted_by_two()
        self.then_the_manager_finds_the_child_as_before()

    def now_as(self, name: str) -> None:
        leave = self.page.get_by_role("button", name="Sign out")
        if leave.count():
            leave.click()
            self.page.wait_for_load_state()
        self.given_i_am_signed_in_as(name)

    def look_for(self, **fields: str) -> None:
        self.page.goto("/find")
        for name, words in fields.items():
            self.page.locator(f"[name={name}]").fill(words)
        self.page.get_by_role("main").get_by_role("button", name="Find").click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def look_for_the_child(self) -> None:
        year, month, day = self.child["born"].split("-")
        self.look_for(
            name=f"{self.child['given']} {self.child['family']}",
            **{"birth_date-day": day, "birth_date-month": month, "birth_date-year": year},
        )

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name).click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def given_a_child_whose_number_an_officer_knows(self) -> None:
        self.now_as(HUGH)
        self.look_for(number=self.child["number"])
        self.number = self.page.locator(".jd-found .jd-number").first.inner_text()

    def when_an_officer_asks_for_a_seal_and_agrees_to_nothing_alone(self) -> None:
        self.page.get_by_role("link", name="Sealed children").click()
        self.and_the_page_is_accessible()
        self.then_i_see("No child is sealed")
        self.page.get_by_role("link", name="Seal a child's record").click()
        self.and_the_page_is_accessible()
        self.press("Ask another officer to agree")
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.ask_because("Someone who was violent may look for the family")
        self.page.get_by_role("main").get_by_role("link", name="Seal the record").click()
        self.and_the_page_is_accessible()
        expect(self.page.get_by_role("button", name="Agree")).to_have_count(0)
        expect(self.page.get_by_role("button", name="Take it back")).to_be_visible()

    def ask_because(self, reason: str) -> None:
        self.page.locator("[name=number]").fill(self.number)
        self.page.get_by_label(reason).check()
        self.page.locator("[name=words]").fill(WHY)
        self.press("Ask another officer to agree")
        self.then_i_see("Another shield officer is asked to agree")

    def and_the_other_officer_agrees(self) -> None:
        self.now_as(NOOR)
        self.page.get_by_role("main").get_by_role("button", name="Decide on 1 seal").click()
        self.page.get_by_role("main").get_by_role("link", name="Seal the record").click()
        self.and_the_page_is_accessible()
        self.then_i_see(WHY)
        self.press("Agree: seal the record now")
        self.then_i_see("The record is sealed")
        self.then_i_see(self.child["family"])
        expect(self.page.get_by_role("link", name="Lift the seal")).to_be_visible()

    def then_a_manager_finds_no_more_than_whom_to_ring(self) -> None:
        self.now_as(GWEN)
        self.look_for_the_child()
        self.then_i_see("Protected")
        self.then_i_see("This child's record is sealed. Ring")
        expect(self.page.locator(".jd-found__name a", has_text=self.child["family"])).to_have_count(0)
        expect(self.page.get_by_role("main")).not_to_contain_text("Address")
        self.and_nothing_personal_stands_in_the_address_or_title(self.child["given"], self.child["family"])
        assert self.page.goto(f"/child/{self.number.replace(' ', '')}").status == 404
        self.look_for(number=self.child["number"])
        self.then_i_see("No child found")

    def and_a_teacher_finds_nobody(self) -> None:
        self.now_as("Tamsin Okafor")
        self.look_for_the_child()
        expect(self.page.get_by_role("main")).not_to_contain_text("Protected")

    def when_someone_on_duty_looks_past_the_seal_and_ends_it(self) -> None:
        self.now_as(BEA)
        self.look_for_the_child()
        self.page.get_by_role("link", name="Look in an emergency").click()
        self.and_the_page_is_accessible()
        self.page.get_by_label("A child's life or safety is at risk now").check()
        self.page.locator("[name=words]").fill(HAPPENED)
        self.press("Open for an hour")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.child["family"])
        self.then_i_see("in an emergency, for an hour")
        theirs = self.page.url
        self.press("End this emergency look")
        self.then_i_see("The emergency look is over")
        assert self.page.goto(theirs).status == 404

    def then_the_officers_see_it_at_once(self) -> None:
        for name in (HUGH, GWEN):
            self.now_as(name)
            self.page.get_by_role("button", name="Review 1 emergency look").click()
            self.and_the_page_is_accessible()
            self.page.get_by_role("main").get_by_role("link", name=BEA).click()
            self.and_the_page_is_accessible()
            self.then_i_see(HAPPENED)
            expect(self.page.locator("dd", has_text="Yes")).to_be_visible()

    def when_the_seal_is_lifted_by_two(self) -> None:
        self.now_as(HUGH)
        self.page.goto("/sealed")
        self.page.get_by_role("link", name="Lift the seal").click()
        self.and_the_page_is_accessible()
        self.ask_because("What was feared is over")
        self.now_as(NOOR)
        self.page.goto("/sealed")
        self.page.get_by_role("main").get_by_role("link", name="Lift the seal: ").click()
        self.press("Agree: lift the seal now")
        self.then_i_see("The seal is lifted")
        self.then_i_see("No child is sealed")

    def then_the_manager_finds_the_child_as_before(self) -> None:
        self.now_as(GWEN)
        self.look_for(number=self.child["number"])
        expect(self.page.locator(".jd-found__name a", has_text=self.child["family"])).to_be_visible()
        expect(self.page.get_by_role("main")).not_to_contain_text("Protected")
