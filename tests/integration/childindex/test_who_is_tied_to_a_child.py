"""Circles and grounds follow from what agencies send and from who works where, and end when that does."""

import datetime
import uuid

import pytest
from django.db import connection

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import operations, queries
from tests.conftest import NOW, as_role
from tests.integration.looking import asking

pytestmark = [pytest.mark.usefixtures("borough", "batch")]

_NAMED = """
SELECT i.practitioner, min(l.child_id::text)::uuid FROM records_involvement i
JOIN childindex_link l ON l.person_record_id = i.person_record_id AND l.ended_at IS NULL
JOIN records_personrecord p ON p.id = i.person_record_id JOIN agencies_agency a ON a.id = p.agency_id
WHERE a.code = 'social_care' AND i.is_current AND i.answers AND i.practitioner <> '' AND i.ended_date IS NULL
GROUP BY 1 ORDER BY 1 LIMIT 1
"""


def write(statement: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def grounds_of(username: str) -> set[tuple[str, object]]:
    return set(
        asking.rows(
            "SELECT g.ground, g.subject_id FROM access_groundheld g JOIN access_user u ON u.id = g.user_id "
            "WHERE u.username = %s AND g.origin = 'records' AND g.ended_at IS NULL",
            username,
        )
    )


def refresh(machine) -> None:
    operations.refresh_relations(by=machine, at=NOW)


@pytest.fixture
def named(machine) -> tuple[str, object]:
    """A worker whom records of social care name, who is now the social worker of the demonstration."""
    ((worker, child),) = asking.rows(_NAMED)
    write(
        "UPDATE agencies_practitioner SET worker_code = %s WHERE user_id = "
        "(SELECT id FROM access_user WHERE username = 'social-worker')",
        worker,
    )
    refresh(machine)
    return worker, child


def test_a_worker_whom_a_record_names_is_tied_to_the_child_and_leads_where_the_service_answers(named):
    _, child = named

    assert {("P", child), ("L", child)} <= grounds_of("social-worker")


def test_whoever_supervises_them_supervises_for_that_child(named):
    _, child = named

    assert ("S", child) in grounds_of("manager")
    assert {ground for ground, _ in grounds_of("manager")} == {"S"}


def test_the_ground_ends_when_the_record_no_longer_says_so(named, machine):
    worker, child = named
    write("UPDATE records_involvement SET ended_date = %s WHERE practitioner = %s", datetime.date(2020, 1, 1), worker)

    refresh(machine)

    assert grounds_of("social-worker") == set()
    assert grounds_of("manager") == set()
    assert asking.rows(
        "SELECT count(*) > 0 FROM access_groundheld WHERE subject_id = %s AND ended_at = %s", child, NOW
    ) == [(True,)]


def test_a_name_that_another_agency_uses_ties_nobody(named, machine):
    write(
        "UPDATE agencies_practitioner SET agency_id = (SELECT id FROM agencies_agency WHERE code = 'leisure') "
        "WHERE user_id = (SELECT id FROM access_user WHERE username = 'social-worker')"
    )

    refresh(machine)

    assert grounds_of("social-worker") == set()


def test_working_it_out_again_changes_nothing(named, machine):
    before = asking.rows("SELECT count(*) FROM access_groundheld"), grounds_of("social-worker")

    refresh(machine)

    assert (asking.rows("SELECT count(*) FROM access_groundheld"), grounds_of("social-worker")) == before


def test_a_child_is_in_the_circles_of_those_who_help_now_and_of_no_one_else(machine):
    refresh(machine)
    wrong = asking.rows(
        """
        SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id
        WHERE c.circles <> s.circles OR c.circles <> coalesce((
            SELECT array_agg(DISTINCT t.id::integer) FROM childindex_link l
            JOIN (
                SELECT *, row_number() OVER (
                    PARTITION BY person_record_id, kind, coalesce(team_id::text, service), started_date ORDER BY id DESC) AS nth
                FROM records_involvement WHERE is_current
            ) i ON i.person_record_id = l.person_record_id AND i.nth = 1
                 AND coalesce(i.started_date <= current_date, true) AND coalesce(i.ended_date >= current_date, true)
            JOIN records_personrecord p ON p.id = l.person_record_id
            JOIN agencies_team t ON t.id = i.team_id OR (t.agency_id = p.agency_id AND t.is_whole_agency)
            WHERE l.child_id = c.id AND l.ended_at IS NULL), '{}')
        """
    )

    assert wrong == []
    assert asking.rows("SELECT count(*) > 100 FROM people_child WHERE cardinality(circles) > 1") == [(True,)]


_LEFT = """
SELECT l.child_id, c.number, t.agency_id, i.team_id FROM records_involvement i
JOIN childindex_link l ON l.person_record_id = i.person_record_id AND l.ended_at IS NULL
JOIN people_child c ON c.id = l.child_id
JOIN agencies_team t ON t.id = i.team_id
WHERE i.kind = 'school' AND i.is_current AND i.ended_date < current_date
  AND EXISTS (SELECT 1 FROM records_involvement earlier WHERE earlier.person_record_id = i.person_record_id
              AND earlier.team_id = i.team_id AND earlier.started_date = i.started_date AND earlier.is_current
              AND earlier.ended_date IS NULL AND earlier.id < i.id)
  AND NOT EXISTS (SELECT 1 FROM records_involvement again WHERE again.person_record_id = i.person_record_id
                  AND again.team_id = i.team_id AND again.is_current AND again.id > i.id)
ORDER BY 1 LIMIT 1
"""


def test_a_school_whose_pupil_left_knows_them_no_longer_though_it_had_listed_them_the_term_before(machine):
    ((child, number, agency, team),) = asking.rows(_LEFT)
    write(
        "UPDATE agencies_practitioner SET agency_id = %s, team_id = %s "
        "WHERE user_id = (SELECT id FROM access_user WHERE username = 'teacher')",
        agency,
        team,
    )
    refresh(machine)

    ((circles,),) = asking.rows("SELECT circles FROM people_child WHERE id = %s", child)
    assert team not in circles
    ((teacher,),) = asking.rows("SELECT id FROM access_user WHERE username = 'teacher'")
    viewer = agencies_queries.find_viewer(user_id=teacher, session="", request_id=uuid.UUID(int=2))
    with as_role("app"), pytest.raises(people_queries.NoSuchChild):
        queries.get_card(queries.Look(viewer=viewer, number=number))
