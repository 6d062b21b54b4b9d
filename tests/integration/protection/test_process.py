"""Whatever people write and correct in whatever order: the table, the plan and the suspension always agree with the steps."""

import datetime
import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.protection import operations, rules
from joinedup.processes.protection.rules import Act, Stage
from tests.conftest import NOW
from tests.integration.protection import working

pytestmark = [pytest.mark.usefixtures("borough"), pytest.mark.slow]
EXAMPLES = int(os.environ.get("PROTECTION_EXAMPLES", "6"))
REFUSALS = (
    *(rules.NotAllowed, rules.NoSuchConcern, rules.AlreadyThere, rules.NotInStage, rules.OutOfOrder, rules.SayMore),
    *(people_queries.NoSuchChild, childindex_queries.ReasonNeeded),
)
#: Mostly whoever may; else anyone.
who = st.sampled_from((working.WORKER, working.WORKER, working.MANAGER, working.MANAGER, "teacher", "police-officer"))
act, outcome, place = st.sampled_from(Act), st.none() | st.sampled_from(rules.Outcome), st.integers(0, 9)

_STEPS = """
SELECT place, act, outcome, happened_at, category, ending FROM protection_step
WHERE concern_id = %s AND NOT is_corrected ORDER BY place
"""
_SUSPENDED = "SELECT kind FROM assurance_looksuspension WHERE concern_id = %s AND until IS NULL"
_SUSPENDS = {
    Stage.DISCUSSION: "strategy_discussion",
    Stage.ENQUIRY_DUE: "strategy_discussion",
    Stage.ENQUIRY: "section_47",
}
_ODD = (
    "SELECT child_id FROM protection_protectionplan WHERE ended_on IS NULL GROUP BY 1 HAVING count(*) > 1",
    "SELECT concern_id FROM protection_step WHERE NOT is_corrected GROUP BY concern_id, place HAVING count(*) > 1",
    "SELECT id FROM protection_step s WHERE is_corrected <> EXISTS (SELECT 1 FROM protection_step c WHERE c.corrects_id = s.id)",
    """
    SELECT c.id FROM protection_concern c WHERE (stage = 'plan') <> EXISTS (
        SELECT 1 FROM protection_protectionplan p WHERE p.concern_id = c.id AND p.ended_on IS NULL)
    """,
)


class Protection(RuleBasedStateMachine):
    """People around one child, writing what they may and trying what they may not."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.number = working.a_number()
        self.concerns = [working.a_concern(self.number)]
        self.now = NOW

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def attempt(self, do):
        try:
            with transaction.atomic():
                done = do()
                working.holds_at_the_end()
        except REFUSALS:
            return None
        return done

    def says(self, name):
        self.now += datetime.timedelta(hours=7)
        return working.says(name, self.number, at=self.now, purpose="referral")

    @rule(by=who)
    def worries(self, by):
        if len(self.concerns) < 3:
            found = self.attempt(
                lambda: operations.raise_worry(asking=self.says(by), saying=working.said(Act.WORRY, at=self.now))
            )
            self.concerns += [found] if found else []

    @rule(by=who, at=place, act=act, outcome=outcome, back=st.integers(0, 2))
    def writes(self, by, at, act, outcome, back):
        concern = self.concerns[at % len(self.concerns)]
        asking = self.says(by)
        said = working.said(act, outcome, at=self.now - working.DAY * back)
        self.attempt(lambda: operations.take_step(asking=asking, concern_id=concern, saying=said))

    @rule(by=who, at=place, nth=place, back=st.integers(0, 2))
    def goes_on(self, by, at, nth, back):
        """Write one of the acts that begin where the concern stands."""
        concern = self.concerns[at % len(self.concerns)]
        stage = Stage(working.stage(concern))
        ways = [(act, out) for act in rules.acts_in(stage) for out in rules.outcomes_of(act, stage) or (None,)]
        if ways:
            self.writes(by=by, at=at, act=ways[nth % len(ways)][0], outcome=ways[nth % len(ways)][1], back=back)

    @rule(by=who, nth=place, outcome=outcome, back=st.integers(0, 2))
    def corrects(self, by, nth, outcome, back):
        steps = working.rows("SELECT id, act FROM protection_step ORDER BY recorded_at DESC, id LIMIT 6")
        step, act = steps[nth % len(steps)]
        asking = self.says(by)
        said = working.said(Act(act), outcome, at=self.now - working.DAY * back)
        self.attempt(lambda: operations.correct_step(asking=asking, step_id=step, saying=said, why="It was otherwise"))

    @invariant()
    def all_of_it_agrees(self):
        for query in _ODD:
            assert working.rows(query) == [], query
        for concern in self.concerns:
            stage = Stage(working.stage(concern))
            taken = [
                rules.Taken(
                    id=concern,
                    place=row[0],
                    act=Act(row[1]),
                    outcome=rules.Outcome(row[2]) if row[2] else None,
                    happened_at=row[3],
                )
                for row in working.rows(_STEPS, concern)
            ]
            assert rules.stage_after(taken) is stage
            wanted = _SUSPENDS.get(stage)
            assert working.rows(_SUSPENDED, concern) == ([(wanted,)] if wanted else [])


def test_in_no_state_that_can_be_reached_do_the_steps_and_what_follows_from_them_differ():
    run_state_machine_as_test(
        Protection,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
