"""Whatever people do in whatever order: no open need without an owner, never two leads, never none, never two that answer."""

import datetime
import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import operations, rules
from joinedup.processes.childindex import queries as childindex_queries
from tests.conftest import NOW
from tests.integration.casework import working

pytestmark = [pytest.mark.usefixtures("borough"), pytest.mark.slow]

PEOPLE = ("manager", "social-worker", "out-of-hours", "safeguarding-lead", "teacher", "youth-worker", "health-visitor")
REFUSALS = (
    *(rules.NotAllowed, rules.NoSuchEpisode, rules.NoSuchPiece, rules.AlreadyThere, rules.NotOneself, rules.Done),
    *(rules.LeftUnanswered, rules.NotInState, people_queries.NoSuchChild, childindex_queries.ReasonNeeded),
)
EXAMPLES = int(os.environ.get("CASEWORK_EXAMPLES", "10"))
#: Mostly whoever leads, or who answers for the team; else anyone.
LEAD, CHIEF = "whoever leads", "whoever answers"
person, place = st.sampled_from((LEAD, LEAD, CHIEF, CHIEF, *PEOPLE)), st.integers(0, 2)
anyone = st.sampled_from(PEOPLE)
CHIEFS = ("manager", "safeguarding-lead", "youth-worker", "health-visitor")
ending = st.sampled_from([state for state in rules.NeedState if state is not rules.NeedState.STRENGTH])

ODD_NEEDS = """
SELECT n.id FROM casework_need n JOIN casework_episode e ON e.id = n.episode_id
WHERE n.state = 'open' AND (n.duty_team_id IS NULL
   OR n.owner_id IS NULL AND n.duty_team_id <> e.responsible_team_id
   OR n.owner_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM casework_teammember m WHERE m.episode_id = e.id AND m.practitioner_id = n.owner_id AND m.left_at IS NULL))
"""
TWO_LEADS = "SELECT child_id FROM casework_lead WHERE ended_at IS NULL AND is_of_child GROUP BY 1 HAVING count(*) > 1"
NO_LEAD = """
SELECT e.id FROM casework_episode e WHERE e.closed_at IS NULL
AND EXISTS (SELECT 1 FROM casework_lead l WHERE l.episode_id = e.id)
AND (SELECT count(*) FROM casework_lead l WHERE l.episode_id = e.id AND l.ended_at IS NULL) <> 1
"""
NO_LEAD_PROFESSIONAL = """
SELECT child_id FROM casework_lead WHERE ended_at IS NULL GROUP BY 1 HAVING count(*) FILTER (WHERE is_of_child) <> 1
"""
TWICE_OFFERED = "SELECT episode_id FROM casework_transfer WHERE state = 'offered' GROUP BY 1 HAVING count(*) > 1"
ELSEWHERE = """
SELECT e.id FROM casework_episode e WHERE e.responsible_team_id <> coalesce(
    (SELECT t.to_team_id FROM casework_transfer t WHERE t.episode_id = e.id AND t.state = 'accepted' AND t.to_team_id IS NOT NULL
     ORDER BY t.answered_at DESC, t.id DESC LIMIT 1),
    (SELECT p.team_id FROM agencies_practitioner p WHERE p.user_id = e.opened_by_id),
    (SELECT w.id FROM agencies_practitioner p JOIN agencies_team w ON w.agency_id = p.agency_id AND w.is_whole_agency
     WHERE p.user_id = e.opened_by_id))
"""
TIED_BY_NOTHING = """
SELECT g.user_id, g.ground FROM access_groundheld g WHERE g.origin LIKE 'case %' AND g.ended_at IS NULL AND g.ground <> 'S'
AND NOT EXISTS (
    SELECT 1 FROM casework_teammember m JOIN agencies_practitioner p ON p.id = m.practitioner_id
    WHERE p.user_id = g.user_id AND m.child_id = g.subject_id AND m.left_at IS NULL AND g.ground = 'P')
AND NOT EXISTS (
    SELECT 1 FROM casework_lead l JOIN agencies_practitioner p ON p.id = l.practitioner_id
    WHERE p.user_id = g.user_id AND l.child_id = g.subject_id AND l.ended_at IS NULL AND g.ground = 'L')
"""


class Casework(RuleBasedStateMachine):
    """People of the borough around one child, doing what they may and trying what they may not."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.number = working.a_number()
        self.episodes = []
        self.needs = []
        self.now = NOW
        self.did = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    @initialize()
    def begins(self):
        self.opens("manager", "social-worker")
        self.needs_something(LEAD, 0, None)

    def who(self, who: str, at: int = 0) -> str:
        """Return who that is: whoever leads the episode, or one of the team that answers for it."""
        if who not in {LEAD, CHIEF} or not self.episodes:
            return who if who in PEOPLE else "manager"
        led = working.rows(
            "SELECT u.username FROM casework_lead l JOIN agencies_practitioner p ON p.id = l.practitioner_id "
            "JOIN access_user u ON u.id = p.user_id WHERE l.episode_id = %s AND l.ended_at IS NULL",
            self.episode(at),
        )
        if who == LEAD and led:
            return led[0][0]
        ((team,),) = working.rows("SELECT responsible_team_id FROM casework_episode WHERE id = %s", self.episode(at))
        return next((chief for chief in CHIEFS if working.team(chief) == team), "manager")

    def says(self, who: str, at: int = 0) -> operations.Asking:
        who = self.who(who, at)
        self.now += datetime.timedelta(minutes=1)
        return working.says(who, self.number, at=self.now)

    def attempt(self, act):
        """Do it, or be refused with nothing of it left."""
        try:
            with transaction.atomic():
                done = act()
                working.holds_at_the_end()
        except REFUSALS:
            return None
        self.did += 1
        return done

    def episode(self, place: int):
        return self.episodes[place % len(self.episodes)] if self.episodes else working.practitioner("manager")

    @rule(who=st.sampled_from(("manager", "safeguarding-lead")), leads=anyone)
    def opens(self, who, leads):
        if len(self.episodes) == 3:
            return
        opened = self.attempt(lambda: working.an_episode(self.number, by=who, at=self.now))
        self.episodes += [opened] if opened else []
        self.attempt(
            lambda: operations.name_lead(
                asking=self.says(who), episode_id=opened, practitioner_id=working.practitioner(leads)
            )
        )

    @rule(who=person, at=place, leads=anyone)
    def names(self, who, at, leads):
        self.attempt(
            lambda: operations.name_lead(
                asking=self.says(who, at), episode_id=self.episode(at), practitioner_id=working.practitioner(leads)
            )
        )

    @rule(who=person, at=place, leads=anyone)
    def hands_over(self, who, at, leads):
        self.attempt(
            lambda: operations.hand_over(
                asking=self.says(who, at),
                episode_id=self.episode(at),
                practitioner_id=working.practitioner(leads),
                goodbye="Said goodbye",
            )
        )

    @rule(who=person, at=place, joins=anyone)
    def joins(self, who, at, joins):
        self.attempt(
            lambda: operations.join_team(
                asking=self.says(who, at),
                episode_id=self.episode(at),
                practitioner_id=working.practitioner(joins),
                part="Helps",
            )
        )

    @rule(who=person, at=place, leaves=anyone)
    def leaves(self, who, at, leaves):
        found = working.rows(
            "SELECT id FROM casework_teammember WHERE episode_id = %s AND practitioner_id = %s AND left_at IS NULL",
            self.episode(at),
            working.practitioner(leaves),
        )
        if found:
            self.attempt(
                lambda: operations.leave_team(
                    asking=self.says(who, at), episode_id=self.episode(at), member_id=found[0][0]
                )
            )

    @rule(who=person, at=place, owner=st.none() | anyone)
    def needs_something(self, who, at, owner):
        found = self.attempt(
            lambda: operations.record_need(
                asking=self.says(who, at),
                episode_id=self.episode(at),
                level=rules.Level.ADDITIONAL,
                statement="Something is needed",
                element="child.learning",
                owner_id=working.practitioner(owner) if owner else None,
            )
        )
        self.needs += [found] if found else []

    @rule(who=person, at=place, to=anyone, level=st.sampled_from(rules.Level), elsewhere=st.booleans())
    def offers(self, who, at, to, level, elsewhere):
        asked = {"to_area": "Southborough"} if elsewhere else {"to_team_id": working.team(to), "to_level": level}
        self.attempt(
            lambda: operations.offer_transfer(
                asking=self.says(who, at), episode_id=self.episode(at), why="They can do more", **asked
            )
        )

    @rule(who=st.none() | anyone, leads=st.none() | anyone, yes=st.booleans())
    def answers(self, who, leads, yes):
        found = working.rows("SELECT id, to_team_id FROM casework_transfer WHERE state = 'offered' ORDER BY id LIMIT 1")
        for offer, team in found:
            asked = next((one for one in PEOPLE if working.team(one) == team), "manager")
            by = working.person(who or asked)
            given = {"transfer_id": offer, "words": "Said so", "by": by, "at": self.now}
            lead_id = working.practitioner(leads or asked)
            self.attempt(
                lambda given=given, lead_id=lead_id: (
                    operations.accept_transfer(lead_id=lead_id, **given)
                    if yes
                    else operations.decline_transfer(**given)
                )
            )

    @rule(at=place, to=st.sampled_from(CHIEFS))
    def passes_on(self, at, to):
        """Let a manager agree where one must, the lead offer, and the other team accept."""
        self.managers_agree(at, rules.ApprovedAct.TRANSFER)
        self.offers(LEAD, at, to, rules.Level.INTENSIVE, elsewhere=False)
        self.answers(None, None, yes=True)

    @rule(who=person, at=place, how=st.sampled_from(("withdraw", "elsewhere")))
    def ends_an_offer(self, who, at, how):
        if how == "withdraw":
            self.attempt(
                lambda: operations.withdraw_transfer(
                    asking=self.says(who, at), episode_id=self.episode(at), words="No longer"
                )
            )
        else:
            self.attempt(
                lambda: operations.accept_elsewhere(
                    asking=self.says(who, at),
                    episode_id=self.episode(at),
                    accepted_by="Nell Osei",
                    goodbye="Said goodbye",
                )
            )

    @rule(at=place, act=st.sampled_from(rules.ApprovedAct))
    def managers_agree(self, at, act):
        def agree():
            approval = operations.ask_approval(
                asking=self.says(LEAD, at), episode_id=self.episode(at), act=act, words="Please agree"
            )
            operations.decide_approval(
                asking=self.says("manager"),
                episode_id=self.episode(at),
                approval_id=approval,
                answer=rules.Approving.AGREED,
                words="Agreed",
            )

        self.attempt(agree)

    @rule(who=person, at=place, states=st.lists(ending, min_size=6, max_size=6))
    def closes(self, who, at, states):
        endings = {
            need: operations.Ending(state=state, words="So it is")
            for need, state in zip(self.needs, states * len(self.needs), strict=False)
        }
        self.attempt(
            lambda: operations.close(
                asking=self.says(who, at),
                episode_id=self.episode(at),
                closing=rules.Closing.NEEDS_MET,
                words="It is over",
                needs=endings,
            )
        )

    @rule(who=person, nth=place, state=ending)
    def ends_a_need(self, who, nth, state):
        if self.needs:
            need = self.needs[nth % len(self.needs)]
            ((episode_id,),) = working.rows("SELECT episode_id FROM casework_need WHERE id = %s", need)
            self.attempt(
                lambda: operations.end_need(
                    asking=self.says(who), episode_id=episode_id, need_id=need, state=state, words="So it is"
                )
            )

    @invariant()
    def nothing_is_lost(self):
        for query in (ODD_NEEDS, TWO_LEADS, NO_LEAD, NO_LEAD_PROFESSIONAL, TWICE_OFFERED, ELSEWHERE, TIED_BY_NOTHING):
            assert working.rows(query.replace("%", "%%")) == [], query


def test_in_no_state_that_can_be_reached_is_anything_lost():
    run_state_machine_as_test(
        Casework,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
