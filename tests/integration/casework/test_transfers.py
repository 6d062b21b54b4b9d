"""Transfers: each path of the table, and at no moment two teams that answer, or none, or no lead."""

import pytest
from django.db import connection, transaction

from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import operations, queries, rules
from tests.conftest import NOW
from tests.integration.casework import test_leads_and_teams, working

pytestmark = pytest.mark.usefixtures("borough")

plan_of = test_leads_and_teams.plan_of
STATES = (None, *rules.Transfer)


@pytest.fixture
def number() -> str:
    return working.a_number()


@pytest.fixture
def episode_id(number):
    """An episode of the schools', led by a teacher, that their safeguarding lead answers for."""
    return working.a_led_episode(number, lead="teacher", by="safeguarding-lead")


def offered(number, episode_id, **to):
    to = to or {"to_team_id": working.team("social-worker")}
    return operations.offer_transfer(
        asking=working.says("safeguarding-lead", number), episode_id=episode_id, why="More than school can do", **to
    )


def accepted(transfer_id, *, lead="social-worker", by="manager"):
    operations.accept_transfer(
        transfer_id=transfer_id,
        lead_id=None if lead is None else working.practitioner(lead),
        words="We take it",
        goodbye="We told Ada together",
        by=working.person(by),
        at=NOW,
    )


def declined(transfer_id, *, by="manager"):
    operations.decline_transfer(transfer_id=transfer_id, words="School can do this well", by=working.person(by), at=NOW)


def withdrawn(number, episode_id):
    operations.withdraw_transfer(
        asking=working.says("safeguarding-lead", number), episode_id=episode_id, words="It went well after all"
    )


def stands(transfer_id) -> str:
    return working.rows("SELECT state FROM casework_transfer WHERE id = %s", transfer_id)[0][0]


def who_answers(episode_id) -> tuple[int, str]:
    ((team_id, lead),) = working.rows(
        "SELECT e.responsible_team_id, u.username FROM casework_episode e "
        "JOIN casework_lead l ON l.episode_id = e.id AND l.ended_at IS NULL "
        "JOIN agencies_practitioner p ON p.id = l.practitioner_id JOIN access_user u ON u.id = p.user_id WHERE e.id = %s",
        episode_id,
    )
    return team_id, lead


ACTS = {
    rules.TransferAct.OFFER: lambda number, episode_id, _: offered(number, episode_id),
    rules.TransferAct.ACCEPT: lambda _, __, transfer_id: accepted(transfer_id),
    rules.TransferAct.DECLINE: lambda _, __, transfer_id: declined(transfer_id),
    rules.TransferAct.WITHDRAW: lambda number, episode_id, _: withdrawn(number, episode_id),
}
REACHED = {
    rules.Transfer.ACCEPTED: rules.TransferAct.ACCEPT,
    rules.Transfer.DECLINED: rules.TransferAct.DECLINE,
    rules.Transfer.WITHDRAWN: rules.TransferAct.WITHDRAW,
}


#: Every cell but those where an offer is over: that it may be offered anew is the next test's.
CELLS = [
    (state, act)
    for state in STATES
    for act in rules.TransferAct
    if not (state in REACHED and act is rules.TransferAct.OFFER)
]


@pytest.mark.parametrize(("state", "act"), CELLS)
def test_each_cell_of_the_table_is_so_in_the_database(number, episode_id, state, act):
    transfer_id = offered(number, episode_id) if state is not None else working.practitioner("manager")
    if state in REACHED:
        ACTS[REACHED[state]](number, episode_id, transfer_id)
    before = None if state is None else stands(transfer_id)

    if (state, act) in rules.MOVES:
        ACTS[act](number, episode_id, transfer_id)
        if state is not None:
            assert stands(transfer_id) == rules.move(state, act).to
    else:
        # Whoever has handed a child over may no more even ask for it.
        working.refused(
            (rules.NotInState, rules.NotAllowed, rules.NoSuchEpisode),
            lambda: ACTS[act](number, episode_id, transfer_id),
        )
        assert before is None or stands(transfer_id) == before
    working.holds_at_the_end()


@pytest.mark.parametrize("answer", [declined, lambda _: None])
def test_after_no_or_no_more_it_may_be_offered_anew(number, episode_id, answer):
    first = offered(number, episode_id)
    declined(first) if answer is declined else withdrawn(number, episode_id)

    second = offered(number, episode_id)

    assert (stands(first) in {"declined", "withdrawn"}, stands(second)) == (True, "offered")


def test_whoever_had_it_answers_until_the_new_team_accepts_and_there_is_a_lead_at_each_moment(number, episode_id):
    before = who_answers(episode_id)
    transfer_id = offered(number, episode_id)
    assert who_answers(episode_id) == before == (working.team("teacher"), "teacher")

    accepted(transfer_id)
    working.holds_at_the_end()

    assert who_answers(episode_id) == (working.team("social-worker"), "social-worker")
    assert working.grounds("teacher", number) == set()
    assert working.grounds("social-worker", number) == {"L", "P"}
    working.refused(people_queries.NoSuchChild, lambda: plan_of("teacher", number, episode_id))
    plan = plan_of("social-worker", number, episode_id)
    assert [lead.goodbye for lead in plan.leads] == ["We told Ada together", ""]


def test_needs_go_to_the_new_teams_duty_post_and_its_people_see_the_plan(number, episode_id):
    working.a_need(number, episode_id, by="teacher", owner="teacher")
    accepted(offered(number, episode_id))

    (need,) = plan_of("manager", number, episode_id, purpose="supervision").needs
    assert "Duty post" in need.owner
    assert working.rows("SELECT duty_team_id FROM casework_need") == [(working.team("manager"),)]
    assert working.rows("SELECT DISTINCT circles FROM casework_need") == working.rows(
        "SELECT circles FROM casework_episode"
    )


def test_whoever_accepts_may_be_the_new_lead_themselves(number, episode_id):
    accepted(offered(number, episode_id), lead="social-worker", by="social-worker")

    assert who_answers(episode_id)[1] == "social-worker"
    assert working.grounds("social-worker", number) == {"L", "P"}


def test_whoever_offered_does_not_accept_for_the_others(number):
    episode_id = working.a_led_episode(number)
    working.a_need(number, episode_id)
    step = operations.offer_transfer(
        asking=working.says("manager", number),
        episode_id=episode_id,
        why="It is more now",
        to_level=rules.Level.SPECIALIST,
    )

    working.refused(rules.NotOneself, lambda: accepted(step, lead=None))


def test_a_step_up_within_the_team_takes_effect_when_another_accepts(number):
    episode_id = working.a_led_episode(number)
    working.a_need(number, episode_id)
    step = operations.offer_transfer(
        asking=working.says("manager", number),
        episode_id=episode_id,
        why="It is more now",
        to_level=rules.Level.SPECIALIST,
    )
    assert working.rows("SELECT level FROM casework_episode") == [(3,)]

    accepted(step, lead=None, by="social-worker")
    working.holds_at_the_end()

    assert working.rows("SELECT level FROM casework_episode") == [(4,)]
    assert who_answers(episode_id)[1] == "social-worker"


@pytest.mark.parametrize("username", ["youth-worker", "police-officer", "teacher"])
def test_a_team_that_is_not_asked_does_not_answer(number, episode_id, username):
    transfer_id = offered(number, episode_id)

    for act in (lambda: accepted(transfer_id, lead=username, by=username), lambda: declined(transfer_id, by=username)):
        working.refused((rules.NotInState, rules.NotAllowed), act)
    working.refused(
        rules.NotInState, lambda: queries.get_offer(viewer=working.person(username), transfer_id=transfer_id)
    )


def test_the_new_lead_works_for_the_team_that_accepts(number, episode_id):
    transfer_id = offered(number, episode_id)

    working.refused(rules.NoSuchPiece, lambda: accepted(transfer_id, lead="youth-worker"))
    assert stands(transfer_id) == "offered"


def test_the_team_that_is_asked_finds_the_offer_among_what_it_owes_and_learns_no_name(number, episode_id):
    transfer_id = offered(number, episode_id)

    (card,) = queries.get_owed(viewer=working.person("social-worker"))
    offer = queries.get_offer(viewer=working.person("social-worker"), transfer_id=transfer_id)

    assert (card.owed.kind, card.owed.item_id) == (rules.Owes.TRANSFER, transfer_id)
    assert (offer.child_number, offer.why) == (number, "More than school can do")


def test_another_area_accepts_by_a_named_person_and_until_then_the_lead_here_leads(number, episode_id):
    need = working.a_need(number, episode_id, by="teacher", owner="teacher")
    offered(number, episode_id, to_area="Southborough")
    assert who_answers(episode_id)[1] == "teacher"

    operations.accept_elsewhere(
        asking=working.says("safeguarding-lead", number),
        episode_id=episode_id,
        accepted_by="Nell Osei, family help lead",
        goodbye="We rang together with Ada",
    )
    working.holds_at_the_end()

    assert working.rows("SELECT state, ended_words FROM casework_need WHERE id = %s", need) == [
        ("handed_on", "Nell Osei, family help lead, Southborough")
    ]
    assert working.rows("SELECT closing FROM casework_episode") == [("moved",)]
    assert working.rows("SELECT state, answered_by_name FROM casework_transfer") == [
        ("accepted", "Nell Osei, family help lead")
    ]
    assert working.grounds("teacher", number) == set()


def test_an_episode_that_is_offered_is_not_closed(number, episode_id):
    offered(number, episode_id)

    working.refused(
        rules.NotInState,
        lambda: operations.close(
            asking=working.says("safeguarding-lead", number),
            episode_id=episode_id,
            closing=rules.Closing.NEEDS_MET,
            words="All is well",
            needs={},
        ),
    )
    working.the_database_refuses(
        "UPDATE casework_episode SET closed_at = now() + interval '1 day', closed_by_id = opened_by_id, closing = 'moved'",
        because="while it is offered",
    )


def test_the_application_itself_cannot_accept_for_a_team(number, episode_id):
    from django.db import Error

    offered(number, episode_id)
    for state in ("accepted", "offered"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE casework_transfer SET state = %s, answered_at = now(), answered_by_name = 'x'", [state]
            )


def test_it_takes_as_many_queries_whatever_one_owes(number, episode_id):
    from django.test.utils import CaptureQueriesContext

    offered(number, episode_id)
    worker = working.person("social-worker")
    with CaptureQueriesContext(connection) as few:
        assert len(queries.get_owed(viewer=worker)) == 1
    accepted(offered_again(number, episode_id))
    for _ in range(4):
        working.a_need(number, episode_id)
    with CaptureQueriesContext(connection) as many:
        assert len(queries.get_owed(viewer=worker)) == 4

    assert len(many) == len(few)


def offered_again(number, episode_id):
    withdrawn(number, episode_id)
    return offered(number, episode_id)
