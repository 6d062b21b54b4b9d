"""An auditor reviews a week of looking: opens the case with a reason, finds out, decides; by keyboard alone."""

import json

import psycopg
import pytest
from playwright.sync_api import expect

from joinedup.foundation.database import address
from tests.journeys.journey import Journey

_CHILD = (
    "SELECT c.id, s.given_name, s.family_name FROM people_child c JOIN people_childsummary s ON s.child_id = c.id "
    "WHERE length(s.family_name) > 4 AND s.given_name <> '' ORDER BY s.sort_name, c.id LIMIT 1"
)
_ALERT = """
INSERT INTO assurance_unusuallook (id, looker_id, looker_agency_id, looker_team_id, looker_role, week, points, reasons,
    event_ids, looks, state, found_at, opened_reason, outcome, note)
SELECT gen_random_uuid(), u.id, p.agency_id, p.team_id, 'social_worker', '2026-10-05', 12, %s, '[]', %s, 'open', now(), '', '', ''
FROM access_user u JOIN agencies_practitioner p ON p.user_id = u.id WHERE u.username = 'social-worker'
"""


class TestReviewingAWeekOfLooking(Journey):
    @pytest.fixture(autouse=True)
    def _a_week_that_stands_out(self, site_database):
        with psycopg.connect(address.url_for(address.Role.BATCH, database=site_database)) as session:
            child_id, given, family = session.execute(_CHILD).fetchone()
            session.execute("DELETE FROM assurance_unusuallook")
            reasons = [
                {"rule": "relative", "points": 12.0, "words": "Looked at 1 child whom they declared as their family"}
            ]
            looks = [
                {
                    "at": "2026-10-06T10:15:00+01:00",
                    "subject": str(child_id),
                    "purpose": "referral",
                    "has_involvement": False,
                }
            ]
            session.execute(_ALERT, [json.dumps(reasons), json.dumps(looks)])
        self.child = f"{given} {family}"

    def test_an_auditor_opens_the_case_and_decides_without_a_mouse(self):
        self.given_i_am_signed_in_as("Morwenna Sykes")
        self.when_i_open_the_week_of("Rukhsana Peel")
        self.then_i_see("Child 1")
        expect(self.page.get_by_role("main")).not_to_contain_text(self.child)
        self.when_i_open_the_case_because("Routine review of the queue")
        self.then_i_see(self.child)
        self.and_the_page_is_accessible()
        self.and_nothing_personal_stands_in_the_address_or_title(*self.child.split())
        self.when_i_decide_with_the_first_answer("The manager knew of the work")
        self.then_i_see("Your decision is kept.")
        self.and_the_page_is_accessible()

    def when_i_open_the_week_of(self, name: str) -> None:
        self.tab_to("Review looking")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Review looking")
        self.and_the_page_is_accessible()
        self.tab_to(name)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("A week of looking")

    def when_i_open_the_case_because(self, reason: str) -> None:
        self.tab_to_field("reason")
        self.page.keyboard.type(reason)
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")

    def when_i_decide_with_the_first_answer(self, note: str) -> None:
        self.tab_to_field("outcome")
        self.page.keyboard.press("Space")
        self.tab_to_field("note")
        self.page.keyboard.type(note)
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")

    def tab_to(self, words: str) -> None:
        self._tab_until(f"document.activeElement.textContent.includes({json.dumps(words)})")

    def tab_to_field(self, name: str) -> None:
        self._tab_until(f"document.activeElement.name === {json.dumps(name)}")

    def _tab_until(self, is_there: str) -> None:
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(is_there):
                return
        raise AssertionError(f"the keyboard does not reach: {is_there}")
