"""Needs have an owner whatever happens, and a plan says who does what, by when, and how anyone will know."""

import datetime

import pytest
from django.db import connection

from joinedup.foundation.access import operations as access_operations
from joinedup.processes.casework import operations, queries, rules
from tests.conftest import NOW, TODAY, as_role
from tests.integration.casework import test_leads_and_teams, working
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

plan_of = test_leads_and_teams.plan_of
close = test_leads_and_teams.close


@pytest.fixture
def number() -> str:
    return working.a_number()


@pytest.fixture
def episode_id(number):
    return working.a_led_episode(number)


def needs_of(number, episode_id):
    return plan_of("social-worker", number, episode_id).needs


def test_a_need_without_an_owner_named_is_the_duty_posts(number, episode_id):
    working.a_need(number, episode_id)

    (need,) = needs_of(number, episode_id)
    assert need.owner.startswith("Duty post: ")
    assert (need.about, need.state) == ("Health", rules.NeedState.OPEN)


def test_a_strength_is_written_as_one_and_is_nothing_to_be_met(number, episode_id):
    operations.record_need(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        level=rules.Level.UNIVERSAL,
        statement="Her grandmother is there every evening",
        aim_code=working.an_aim(),
        is_strength=True,
    )

    (strength,) = needs_of(number, episode_id)
    assert strength.state is rules.NeedState.STRENGTH
    assert strength.about


def test_the_need_of_whoever_leaves_the_team_is_the_duty_posts_from_then_on(number, episode_id):
    member = joined(number, episode_id, "youth-worker")
    working.a_need(number, episode_id, owner="youth-worker")
    assert needs_of(number, episode_id)[0].owner == "Jo Ferris"

    operations.leave_team(asking=working.says("social-worker", number), episode_id=episode_id, member_id=member)

    assert needs_of(number, episode_id)[0].owner.startswith("Duty post: ")


def joined(number, episode_id, username):
    return operations.join_team(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        practitioner_id=working.practitioner(username),
        part="Helps",
    )


def test_the_need_of_whoever_signs_in_no_more_is_the_duty_posts(number, episode_id):
    joined(number, episode_id, "youth-worker")
    working.a_need(number, episode_id, owner="youth-worker")

    with as_role("owner"):
        access_operations.end_user(user_id=working.person("youth-worker").user_id, at=NOW)

    assert needs_of(number, episode_id)[0].owner.startswith("Duty post: ")


def test_nobody_outside_the_team_owns_a_need_whatever_asks_for_it(number, episode_id):
    working.refused(rules.NoSuchPiece, lambda: working.a_need(number, episode_id, owner="youth-worker"))
    working.a_need(number, episode_id)
    working.the_database_refuses(
        "UPDATE casework_need SET owner_id = %s",
        working.practitioner("youth-worker"),
        because="in the team around the child",
    )


def test_an_episode_is_not_closed_while_a_need_has_no_answer(number, episode_id):
    working.a_need(number, episode_id)

    working.refused(rules.LeftUnanswered, lambda: close(number, episode_id))


def test_the_database_closes_no_episode_over_a_need_that_a_leaver_owns(number, episode_id):
    working.a_need(number, episode_id, owner="social-worker")

    working.the_database_refuses(
        "UPDATE casework_episode "
        "SET closed_at = now() + interval '1 day', closed_by_id = opened_by_id, closing = 'needs_met'",
        because="only with the duty post",
    )


def test_at_the_end_each_need_has_an_outcome_or_stays_with_the_duty_post(number, episode_id):
    met, unmet, kept = (working.a_need(number, episode_id, owner="social-worker") for _ in range(3))
    close(
        number,
        episode_id,
        needs={
            met: operations.Ending(state=rules.NeedState.MET, words="She eats breakfast"),
            unmet: operations.Ending(state=rules.NeedState.NO_SUCH_SERVICE, words="Nobody offers this here"),
            kept: operations.Ending(state=rules.NeedState.OPEN, words=""),
        },
    )
    working.holds_at_the_end()

    states = dict(working.rows("SELECT id, state FROM casework_need"))
    assert [states[one] for one in (met, unmet, kept)] == ["met", "no_such_service", "open"]
    assert working.grounds("social-worker", number) == set()
    assert working.grounds("manager", number) == set()
    # The duty post sees it among what it owes, and says later what became of it.
    owed = queries.get_owed(viewer=working.person("manager"))
    assert [one.owed.item_id for one in owed if one.owed.kind is rules.Owes.NEED] == [kept]
    operations.end_need(
        asking=working.says("manager", number),
        episode_id=episode_id,
        need_id=kept,
        state=rules.NeedState.HANDED_ON,
        words="The school nurse has it",
    )
    assert queries.get_owed(viewer=working.person("manager")) == []


def planned(number, episode_id):
    outcome = operations.write_plan(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        aim_code=working.an_aim(),
        statement="Ada comes to school rested and fed",
        how_we_will_know="Her teacher sees it four days of five",
    )
    (lead,) = plan_of("social-worker", number, episode_id).members
    action = operations.add_action(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        outcome_id=outcome,
        doer_id=lead.id,
        words="Ring the breakfast club",
        due_on=TODAY + datetime.timedelta(days=7),
    )
    return outcome, action


def test_the_first_outcome_starts_the_clock_of_the_review_and_each_review_that_of_the_next(number, episode_id):
    planned(number, episode_id)
    (review,) = plan_of("social-worker", number, episode_id).reviews
    assert (review.clock, review.due_on) == ("plan_review_first", TODAY + datetime.timedelta(weeks=6))

    operations.hold_review(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        what_changed="She eats, and sleeps a little more",
        spoken=rules.Spoken.SAID,
        childs_view="I like breakfast club",
    )

    held, ahead = plan_of("social-worker", number, episode_id).reviews
    assert (held.childs_view, held.held_by) == ("I like breakfast club", "Rukhsana Peel")
    assert (ahead.clock, ahead.due_on) == ("plan_review_next", datetime.date(2027, 1, 5))


def test_a_review_says_what_the_child_thinks_or_why_it_does_not(number, episode_id):
    planned(number, episode_id)

    working.refused(
        rules.SayMore,
        lambda: operations.hold_review(
            asking=working.says("social-worker", number),
            episode_id=episode_id,
            what_changed="A little",
            spoken=rules.Spoken.SAID,
        ),
    )


def test_what_is_due_is_owed_and_what_is_done_is_not(number, episode_id):
    _, action = planned(number, episode_id)
    owed = [
        one for one in queries.get_owed(viewer=working.person("social-worker")) if one.owed.episode_id == episode_id
    ]
    assert [one.owed.kind for one in owed] == [rules.Owes.ACTION, rules.Owes.REVIEW]
    assert owed[0].child is not None

    operations.act_done(
        asking=working.says("social-worker", number), episode_id=episode_id, action_id=action, words="She has a place"
    )

    assert [one.owed.kind for one in queries.get_owed(viewer=working.person("social-worker"))] == [rules.Owes.REVIEW]


def test_what_someone_who_left_said_they_would_do_falls_to_the_lead(number, episode_id):
    outcome, _ = planned(number, episode_id)
    member = joined(number, episode_id, "youth-worker")
    action = operations.add_action(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        outcome_id=outcome,
        doer_id=member,
        words="Football on Tuesdays",
        due_on=TODAY,
    )
    assert [one.owed.item_id for one in queries.get_owed(viewer=working.person("youth-worker"))] == [action]

    operations.leave_team(asking=working.says("social-worker", number), episode_id=episode_id, member_id=member)

    assert queries.get_owed(viewer=working.person("youth-worker")) == []
    assert action in {one.owed.item_id for one in queries.get_owed(viewer=working.person("social-worker"))}


def test_a_social_worker_closes_once_a_manager_has_agreed_and_the_agreement_is_good_for_one_act(number, episode_id):
    working.refused(
        rules.NotAllowed,
        lambda: operations.close(
            asking=working.says("social-worker", number),
            episode_id=episode_id,
            closing=rules.Closing.NEEDS_MET,
            words="All is well",
            needs={},
        ),
    )
    close(number, episode_id)

    assert working.rows("SELECT used_at IS NOT NULL FROM casework_approval") == [(True,)]


def test_nobody_agrees_to_what_they_asked_for_themselves(number, episode_id):
    working.a_need(number, episode_id)
    approval = operations.ask_approval(
        asking=working.says("manager", number), episode_id=episode_id, act=rules.ApprovedAct.CLOSE, words="Please"
    )

    working.refused(
        rules.NotOneself,
        lambda: operations.decide_approval(
            asking=working.says("manager", number),
            episode_id=episode_id,
            approval_id=approval,
            answer=rules.Approving.AGREED,
            words="Yes",
        ),
    )


def test_every_write_says_who_did_it_to_whom(number, episode_id):
    planned(number, episode_id)

    acts = {event.act: event for event in asking.events() if event.act.startswith("casework.")}
    with asking.peeking():
        ((child_id,),) = asking.rows("SELECT id FROM people_child WHERE number = %s", number)
    for act in ("episode.opened", "lead.named", "outcome.planned", "action.added", "plan.seen"):
        assert child_id in acts[f"casework.{act}"].subjects
    kinds = {
        kind
        for (kind,) in asking.rows(
            "SELECT kind FROM events_event WHERE kind LIKE 'casework.%%'",
        )
    }
    assert kinds >= {"casework.episode.opened", "casework.lead.named", "casework.outcome.planned"}


def test_the_plan_takes_as_many_queries_whatever_is_in_it(number, episode_id, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    planned(number, episode_id)
    working.a_need(number, episode_id)
    with CaptureQueriesContext(connection) as few:
        plan_of("social-worker", number, episode_id)
    for _ in range(5):
        planned_again = planned_more(number, episode_id)
        working.a_need(number, episode_id)
    assert planned_again
    with CaptureQueriesContext(connection) as many:
        plan_of("social-worker", number, episode_id)

    assert len(many) == len(few)


def planned_more(number, episode_id):
    return operations.write_plan(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        aim_code=working.an_aim(),
        statement="Ada sleeps eight hours",
        how_we_will_know="She says so herself",
    )
