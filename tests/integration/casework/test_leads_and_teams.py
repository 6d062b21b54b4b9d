"""Who leads and who is in the team: one lead professional, no moment without one, and access that begins and ends with it."""

import pytest
from django.db import IntegrityError, connection, transaction

from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from tests.conftest import as_role
from tests.integration.casework import working

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def number() -> str:
    return working.a_number()


def plan_of(username: str, number: str, episode_id, *, purpose: str = "") -> queries.Plan:
    return queries.get_plan(viewer=working.person(username), number=number, purpose=purpose, episode_id=episode_id)


def test_whoever_is_named_leads_and_reads_the_plan_as_their_own_work(number):
    episode_id = working.a_led_episode(number)

    plan = plan_of("social-worker", number, episode_id)

    assert plan.episode.lead is not None
    assert (plan.episode.lead.name, plan.episode.lead.is_of_child) == ("Rukhsana Peel", True)
    assert working.grounds("social-worker", number) == {"L", "P"}


def test_nobody_names_themselves(number):
    episode_id = working.an_episode(number)
    me = working.practitioner("manager")

    working.refused(
        rules.NotOneself,
        lambda: operations.name_lead(asking=working.says("manager", number), episode_id=episode_id, practitioner_id=me),
    )
    assert working.grounds("manager", number) == set()


def test_a_second_lead_is_refused_by_the_operation_and_by_the_database(number):
    episode_id = working.a_led_episode(number)

    working.refused(
        rules.AlreadyThere,
        lambda: operations.name_lead(
            asking=working.says("manager", number),
            episode_id=episode_id,
            practitioner_id=working.practitioner("teacher"),
        ),
    )
    working.the_database_refuses(
        "INSERT INTO casework_lead (id, child_id, episode_id, practitioner_id, is_of_child, started_at, goodbye) "
        "SELECT gen_random_uuid(), child_id, episode_id, practitioner_id, true, started_at, '' FROM casework_lead",
        because="casework_one_lead",
    )


def test_the_lead_of_a_second_episode_stands_beneath_the_childs_lead_professional(number):
    working.a_led_episode(number)
    second = working.a_led_episode(number, lead="teacher", by="safeguarding-lead")

    plan = plan_of("teacher", number, second)

    assert plan.episode.lead is not None
    assert not plan.episode.lead.is_of_child
    assert working.rows("SELECT count(*) FROM casework_lead WHERE is_of_child AND ended_at IS NULL") == [(1,)]


def test_when_the_first_episode_closes_the_other_lead_is_the_childs_lead_professional(number):
    first = working.a_led_episode(number)
    working.a_led_episode(number, lead="teacher", by="safeguarding-lead")
    close(number, first)
    working.holds_at_the_end()

    assert working.rows(
        "SELECT u.username FROM casework_lead l JOIN agencies_practitioner p ON p.id = l.practitioner_id "
        "JOIN access_user u ON u.id = p.user_id WHERE l.ended_at IS NULL AND l.is_of_child"
    ) == [("teacher",)]


def close(number: str, episode_id, *, needs=None) -> None:
    """Let the social worker ask, the manager agree, and the social worker close."""
    approval = operations.ask_approval(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        act=rules.ApprovedAct.CLOSE,
        words="All is well",
    )
    operations.decide_approval(
        asking=working.says("manager", number),
        episode_id=episode_id,
        approval_id=approval,
        answer=rules.Approving.AGREED,
        words="Agreed",
    )
    operations.close(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        closing=rules.Closing.NEEDS_MET,
        words="All is well",
        needs=needs or {},
    )


def test_a_lead_hands_over_with_a_goodbye_and_loses_the_child_at_the_next_request(number):
    episode_id = working.a_led_episode(number, lead="teacher", by="safeguarding-lead")
    operations.hand_over(
        asking=working.says("safeguarding-lead", number),
        episode_id=episode_id,
        practitioner_id=working.practitioner("health-visitor"),
        goodbye="I told Ada on Friday, and she has my card",
    )
    working.holds_at_the_end()

    assert working.grounds("teacher", number) == set()
    assert working.grounds("health-visitor", number) == {"L", "P"}
    working.refused(people_queries.NoSuchChild, lambda: plan_of("teacher", number, episode_id))
    plan = plan_of("health-visitor", number, episode_id)
    assert [lead.goodbye for lead in plan.leads] == ["I told Ada on Friday, and she has my card", ""]
    assert plan.lead_changes == 1


def test_a_lead_is_not_ended_without_another(number):
    working.a_led_episode(number)

    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_lead SET ended_at = started_at")
    with pytest.raises(IntegrityError, match="has had a lead has one"), transaction.atomic():
        working.holds_at_the_end()
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_lead SET ended_at = NULL")


def test_a_team_member_reads_the_plan_until_they_leave(number):
    episode_id = working.a_led_episode(number)
    member = operations.join_team(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        practitioner_id=working.practitioner("youth-worker"),
        part="Football on Tuesdays",
    )
    assert [one.name for one in plan_of("youth-worker", number, episode_id).members] == ["Rukhsana Peel", "Jo Ferris"]

    operations.leave_team(asking=working.says("social-worker", number), episode_id=episode_id, member_id=member)

    assert working.grounds("youth-worker", number) == set()
    working.refused(people_queries.NoSuchChild, lambda: plan_of("youth-worker", number, episode_id))


def test_someone_of_an_agency_without_an_account_is_named(number):
    episode_id = working.a_led_episode(number)
    operations.join_team(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        person_name="Reverend Ama Boateng",
        agency_name="St Jude's food bank",
        part="Food parcels",
    )

    assert [one.agency_name for one in plan_of("social-worker", number, episode_id).members][
        -1
    ] == "St Jude's food bank"


def test_the_leads_supervisor_is_tied_by_the_leads_act_and_let_go_with_the_lead(number):
    episode_id = working.a_led_episode(number)
    assert working.grounds("manager", number) == set()

    working.a_need(number, episode_id)
    assert working.grounds("manager", number) == {"S"}

    operations.hand_over(
        asking=working.says("manager", number),
        episode_id=episode_id,
        practitioner_id=working.practitioner("out-of-hours"),
        goodbye="Said goodbye",
    )
    assert working.grounds("manager", number) == set()


@pytest.mark.parametrize("username", ["teacher", "youth-worker", "health-visitor"])
def test_whom_nothing_ties_to_the_child_finds_no_plan(number, username):
    episode_id = working.a_led_episode(number)

    for purpose in ("", "referral"):
        working.refused(
            people_queries.NoSuchChild, lambda purpose=purpose: plan_of(username, number, episode_id, purpose=purpose)
        )


def test_a_reason_for_looking_opens_no_plan_and_lets_nobody_write_one(number):
    episode_id = working.a_led_episode(number)

    working.refused(rules.NoSuchEpisode, lambda: plan_of("safeguarding-lead", number, episode_id, purpose="referral"))
    working.refused(rules.NoSuchEpisode, lambda: working.a_need(number, episode_id, by="safeguarding-lead"))


def test_a_colleague_of_the_team_that_answers_reads_and_whoever_only_finds_does_not(number):
    episode_id = working.a_led_episode(number)

    assert plan_of("manager", number, episode_id, purpose="supervision").standing.is_own_team
    working.refused(
        (rules.NoSuchEpisode, people_queries.NoSuchChild, childindex_queries.ReasonNeeded),
        lambda: plan_of("police-officer", number, episode_id),
    )


def test_what_was_written_is_not_written_over_by_the_application(number):
    from django.db import ProgrammingError

    working.a_led_episode(number)
    for statement in (
        "UPDATE casework_episode SET responsible_team_id = responsible_team_id",
        "UPDATE casework_episode SET level = 1",
        "UPDATE casework_lead SET practitioner_id = practitioner_id",
        "DELETE FROM casework_lead",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
