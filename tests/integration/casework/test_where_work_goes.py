"""Work goes where its child goes: deleted with the child's file, and another child's where a steward says so."""

import pytest
from django.db import connection

from joinedup.governance.reassigning import rules as reassigning_rules
from joinedup.governance.rights import functions as rights_functions
from joinedup.processes.casework import functions, operations, rules
from tests.conftest import as_role
from tests.integration.casework import working

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def number() -> str:
    return working.a_number()


def whole_work(number: str):
    """Do something in each table of casework."""
    episode_id = working.a_led_episode(number)
    working.a_need(number, episode_id)
    says = {"asking": working.says("social-worker", number), "episode_id": episode_id}
    outcome = operations.write_plan(
        **says, aim_code=working.an_aim(), statement="She is fed", how_we_will_know="She says"
    )
    ((member,),) = working.rows("SELECT id FROM casework_teammember")
    operations.add_action(**says, outcome_id=outcome, doer_id=member, words="Ring the club", due_on=working.NOW.date())
    operations.ask_approval(**says, act=rules.ApprovedAct.CLOSE, words="All is well")
    manager = {"asking": working.says("manager", number), "episode_id": episode_id}
    operations.note_supervision(**manager, words="We thought it through")
    operations.offer_transfer(**manager, why="They know her", to_team_id=working.team("youth-worker"))
    assert all(working.rows(f"SELECT count(*) FROM {table}") == [(1,)] for table in TABLES)
    return episode_id


TABLES = (*functions.OF_EPISODES, "casework_episode")


def child_of(number: str):
    return working.rows("SELECT id FROM people_child WHERE number = %s", number)[0][0]


def test_all_of_it_is_deleted_in_the_order_of_the_deletion_of_a_childs_file(number):
    whole_work(number)
    child_id = child_of(number)
    with as_role("definer"), connection.cursor() as cursor:
        for table, where in rights_functions.DELETED:
            if table in TABLES:
                cursor.execute(f"DELETE FROM {table} {where.replace('= child', '= %s')}", [child_id])

    working.holds_at_the_end()
    assert {table: working.rows(f"SELECT count(*) FROM {table}") for table in TABLES} == {
        table: [(0,)] for table in TABLES
    }


def test_each_table_of_casework_is_among_what_is_deleted():
    assert set(TABLES) <= {table for table, _ in rights_functions.DELETED}


def test_where_a_steward_says_that_it_is_another_childs_all_of_it_goes_and_the_ties_with_it(number):
    episode_id = whole_work(number)
    ((other,),) = working.rows(
        "SELECT id FROM people_child WHERE state = 'active' AND NOT is_sealed AND number > %s ORDER BY number LIMIT 1",
        number,
    )
    work = reassigning_rules.WORK["episode"]
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {work.table} SET {work.child} = %s WHERE id = %s", [other, episode_id])
    working.holds_at_the_end()

    for table in TABLES:
        assert working.rows(f"SELECT DISTINCT child_id FROM {table}") == [(other,)], table
    ((other_number,),) = working.rows("SELECT number FROM people_child WHERE id = %s", other)
    assert working.grounds("social-worker", number) == set()
    assert working.grounds("social-worker", other_number) >= {"L", "P"}
    assert working.rows("SELECT child_number FROM casework_transfer") == [(other_number,)]
