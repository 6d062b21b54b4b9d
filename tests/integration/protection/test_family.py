"""A strategy discussion or an enquiry suspends what a parent reads of looks, by itself, without a gap and without a word."""

import pytest
from django.db import connection

from joinedup.governance.assurance import operations as assurance_operations
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.assurance.rules import family
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.protection import operations
from joinedup.processes.protection.rules import Act, Ending, Outcome
from tests.conftest import as_role
from tests.integration.assurance import acting
from tests.integration.looking import asking
from tests.integration.protection import working

pytestmark = pytest.mark.usefixtures("borough")
MOTHER = "relative:mother"
_SUSPENDED = "SELECT kind, since, until FROM assurance_looksuspension ORDER BY since, id"


@pytest.fixture
def number() -> str:
    return working.a_number()


def suspended() -> list[tuple]:
    return working.rows(_SUSPENDED)


def at(days: float):
    return acting.later(days)


def test_it_runs_from_the_cause_to_the_end_of_enquiries_without_a_gap(number):
    arose, called, held, begun, ended = (at(days) for days in (-5, -4, -3, -2, -1))
    concern = operations.raise_worry(
        asking=working.says(working.WORKER, number, at=called), saying=working.said(Act.WORRY, at=arose)
    )
    assert suspended() == [("strategy_discussion", arose, None)]
    working.step(number, concern, Act.DISCUSSED, Outcome.JOINT, at=held)
    assert len(suspended()) == 1
    working.step(number, concern, Act.ENQUIRY_STARTED, at=begun)
    assert suspended() == [("strategy_discussion", arose, begun), ("section_47", begun, None)]
    working.step(number, concern, Act.ENQUIRY_ENDED, Outcome.CONTINUING_RISK, at=ended)

    assert suspended() == [("strategy_discussion", arose, begun), ("section_47", begun, ended)]


@pytest.mark.parametrize("outcome", [Outcome.NO_ACTION, Outcome.ASSESSMENT])
def test_a_discussion_that_leads_to_nothing_ends_it(number, outcome):
    concern = working.a_concern(number, at=at(-2))
    working.step(number, concern, Act.DISCUSSED, outcome, at=at(-1))

    ((kind, _, until),) = suspended()
    assert kind == "strategy_discussion"
    assert until is not None


def test_a_concern_that_is_closed_ends_it_and_a_correction_that_opens_it_again_begins_it_again(number):
    concern = working.a_concern(number, at=at(-4))
    step = working.step(number, concern, Act.DISCUSSED, Outcome.NO_ACTION, at=at(-3))
    operations.correct_step(
        asking=working.says(working.WORKER, number, at=at(-1)),
        step_id=step,
        saying=working.said(Act.DISCUSSED, Outcome.JOINT, at=at(-3)),
        why="The police were to take part",
    )
    assert sorted(until is None for _, _, until in suspended()) == [False, True]
    working.step(number, concern, Act.CLOSED, by=working.MANAGER, at=at(-0.5), ending=Ending.MOVED)
    assert [until is None for _, _, until in suspended()] == [False, False]


def test_a_suspension_by_hand_and_one_of_a_concern_do_not_end_each_other(number):
    child_id, worker = working.child_of(number), working.person(working.WORKER)
    hand = {"child_id": child_id, "kind": family.Suspends.STRATEGY_DISCUSSION, "by": worker}
    assurance_operations.suspend_looks(since=acting.now(), at=acting.now(), **hand)
    concern = working.a_concern(number, at=at(-1))
    assurance_operations.end_suspension(at=at(0.1), **hand)
    assert sorted(until is None for _, _, until in suspended()) == [False, True]

    assurance_operations.suspend_looks(since=acting.now(), at=acting.now(), **hand)
    working.step(number, concern, Act.DISCUSSED, Outcome.NO_ACTION, at=at(-0.5))
    assert sorted(until is None for _, _, until in suspended()) == [False, False, True]


def test_a_mother_reads_no_look_made_while_it_ran_and_none_vanishes_that_she_could_have_read():
    pupil = acting.pupils(most=1)[0]
    with asking.peeking():
        child = people_queries.get_child(number=pupil.number)
    mother = acting.family_member("parent", pupil)
    assurance_operations.record_parental_safety(
        child_id=child.id,
        parent_ref=MOTHER,
        parent_name="Sade Marlow",
        is_safe=True,
        reason="Spoken with her alone on a home visit",
        by=acting.person("safeguarding-lead"),
        at=acting.now(),
    )
    acting.look(acting.person("teacher"), pupil)

    def read():
        return assurance_queries.get_parents_version(viewer=mother, child=child, parent_ref=MOTHER, at=at(40)).looks

    assert len(read()) == 1
    # The cause arose two months ago, and was written down a month after the look: what was to be read then stays.
    _concern_of(child.id, since_days=-60, recorded_days=35)
    assert len(read()) == 1
    _concern_of(child.id, since_days=-1, recorded_days=0)
    assert read() == ()


def _concern_of(child_id, *, since_days: float, recorded_days: float) -> None:
    """Write a concern of a child whom no social worker leads, as the one that holds the tables would."""
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute("UPDATE protection_concern SET stage = 'ended', moved_at = %s", [at(recorded_days)])
        cursor.execute(
            "INSERT INTO protection_concern (id, child_id, stage, since_at, moved_at) "
            "VALUES (gen_random_uuid(), %s, 'discussion', %s, %s)",
            [child_id, at(since_days), at(recorded_days)],
        )
