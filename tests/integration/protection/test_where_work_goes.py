"""What was done to protect a child goes where the child goes: deleted with the file, or another child's by a steward's word."""

import pytest
from django.db import connection

from joinedup.foundation import clock
from joinedup.governance.reassigning import rules as reassigning_rules
from joinedup.governance.rights import functions as rights_functions
from joinedup.processes.protection import functions, operations
from joinedup.processes.protection.rules import SpanKind
from tests.conftest import NOW, as_role
from tests.integration.casework import working as casework
from tests.integration.protection import working

pytestmark = pytest.mark.usefixtures("borough")
TABLES = (*functions.OF_CONCERNS, "protection_concern", "protection_carespan")


@pytest.fixture
def number() -> str:
    return working.a_number()


def whole_work(number: str):
    """Do something in each table; return a concern and the span that stands."""
    concern = working.a_plan(number)
    asking = working.says(working.WORKER, number)
    operations.invite(
        asking=working.says(working.WORKER, number, at=clock.now()),
        concern_id=concern,
        practitioner_id=casework.practitioner("police-officer"),
        part="Police",
        until_on=clock.today() + working.DAY,
    )
    day = NOW.date() - working.DAY
    first = operations.begin_span(
        asking=asking, kind=SpanKind.LEGAL_STATUS, code="C1", started_on=day, words="By the court"
    )
    span = operations.correct_span(
        asking=asking,
        span_id=first,
        code="C2",
        started_on=day,
        ended_on=None,
        words="By the court",
        why="It was a full one",
    )
    assert all(working.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES)
    return concern, span


def test_all_of_it_is_deleted_in_the_order_of_the_deletion_of_a_childs_file(number):
    whole_work(number)
    child_id = working.child_of(number)
    with as_role("definer"), connection.cursor() as cursor:
        for table, where in rights_functions.DELETED:
            if table in TABLES:
                cursor.execute(f"DELETE FROM {table} {where.replace('= child', '= %s')}", [child_id])

    working.holds_at_the_end()
    assert {table: working.rows(f"SELECT count(*) FROM {table}") for table in TABLES} == {
        table: [(0,)] for table in TABLES
    }


def test_each_table_is_among_what_is_deleted():
    assert set(TABLES) <= {table for table, _ in rights_functions.DELETED}


def test_where_a_steward_says_that_it_is_another_childs_all_of_it_goes_and_the_ties_with_it(number):
    concern, span = whole_work(number)
    ((other, other_number),) = working.rows(
        "SELECT id, number FROM people_child WHERE state = 'active' AND NOT is_sealed AND number > %s ORDER BY number LIMIT 1",
        number,
    )
    with as_role("definer"), connection.cursor() as cursor:
        for kind, row in (("concern", concern), ("care_span", span)):
            work = reassigning_rules.WORK[kind]
            cursor.execute(f"UPDATE {work.table} SET {work.child} = %s WHERE id = %s", [other, row])
    working.holds_at_the_end()

    for table in TABLES:
        assert working.rows(f"SELECT DISTINCT child_id FROM {table}") == [(other,)], table
    assert working.grounds("police-officer", number) == set()
    assert "V" in working.grounds("police-officer", other_number)
