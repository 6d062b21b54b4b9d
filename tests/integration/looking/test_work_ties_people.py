"""Work ties people to a child by the database's own function, which lets nobody in by their own word."""

import uuid

import psycopg
import pytest

from joinedup.foundation.database import roles
from tests.integration.looking import sql

NAMES = roles.role_names()

_HOLD = "SELECT access_hold(gen_random_uuid(), %s, %s, %s, %s, NULL)"
_TIES = "SELECT count(*) FROM access_groundheld WHERE subject_id = %s AND origin = 'casework' AND ended_at IS NULL"


def _someone_else(session: psycopg.Connection) -> uuid.UUID:
    """Return a user of the borough who is not the one of `sql`."""
    (found,) = session.execute(
        "SELECT id FROM access_user WHERE id <> %s ORDER BY id LIMIT 1", [sql.SOMEONE]
    ).fetchone()
    return found


def _child(session: psycopg.Connection, *, is_opened: bool = True) -> uuid.UUID:
    sql.open_view(session)
    (child,) = session.execute("SELECT child_id FROM people_childsummary ORDER BY sort_name LIMIT 1").fetchone()
    sql.open_view(session, subject=child)
    if is_opened:
        session.execute("SELECT childindex_open(%s)", [child])
    return child


def _is_held(session: psycopg.Connection, *given: object) -> bool:
    return session.execute(_HOLD, given).fetchone()[0]


def test_a_colleague_is_tied_to_a_child_who_is_open_and_let_go_again(connect):
    with connect("app") as session:
        child, colleague = _child(session), _someone_else(session)
        assert _is_held(session, colleague, child, "P", "casework")
        assert _is_held(session, colleague, child, "P", "casework"), "twice said is held once"
        sql.open_view(session, actor=colleague)
        held = session.execute(_TIES, [child]).fetchone()[0]
        released = session.execute("SELECT access_release(%s, %s, 'P', 'casework')", [colleague, child]).fetchone()[0]
        left = session.execute(_TIES, [child]).fetchone()[0]

    assert (held, released, left) == (1, True, 0)


def test_nobody_ties_themselves_or_to_a_child_who_is_not_open(connect):
    with connect("app") as session:
        child, colleague = _child(session), _someone_else(session)
        assert not _is_held(session, sql.SOMEONE, child, "P", "casework")
        assert not _is_held(session, colleague, uuid.uuid4(), "P", "casework")
    with connect("app") as session:
        child = _child(session, is_opened=False)
        assert not _is_held(session, colleague, child, "P", "casework")


@pytest.mark.parametrize("ground", ["B", "X", "Y", "E", "I", ""])
def test_work_gives_no_ground_that_is_not_works_to_give(connect, ground):
    with connect("app") as session:
        child, colleague = _child(session), _someone_else(session)
        assert not _is_held(session, colleague, child, ground, "casework")


@pytest.mark.parametrize("origin", ["records", "break-glass"])
def test_work_gives_no_ground_in_the_name_of_records_or_emergencies(connect, origin):
    with connect("app") as session:
        child, colleague = _child(session), _someone_else(session)
        assert not _is_held(session, colleague, child, "P", origin)


def test_without_a_view_nothing_is_held_or_released(connect):
    with connect("app") as session:
        assert not _is_held(session, uuid.uuid4(), uuid.uuid4(), "P", "casework")
        assert not session.execute(
            "SELECT access_release(%s, %s, 'P', 'casework')", [uuid.uuid4(), uuid.uuid4()]
        ).fetchone()[0]


def test_opening_says_at_which_tiers_work_on_the_child_is_read(connect):
    """The universal role of `sql` reads a child's index entry for a reason, and no case."""
    with connect("app") as session:
        child = _child(session)
        read = session.execute(
            "SELECT array(SELECT tier FROM generate_series(1, 4) AS tier "
            "WHERE %s = ANY (coalesce(access_items(tier), '{}')) ORDER BY tier)",
            [child],
        ).fetchone()[0]

    assert read == [1]


def test_a_sealed_child_is_shut_to_whom_nothing_leads_there(connect):
    with connect("app") as session:
        child = _child(session)
        before = session.execute("SELECT access_is_shut(%s)", [child]).fetchone()[0]
    with connect("owner") as owner:
        owner.execute(f"SET ROLE {NAMES.definer}")
        owner.execute(
            "INSERT INTO access_seal (id, subject_id, reason, asked_by_id, agreed_by_id, started_at) "
            "VALUES (%s, %s, 'refuge', %s, %s, now())",
            [uuid.uuid4(), child, uuid.uuid4(), uuid.uuid4()],
        )
    with connect("app") as session:
        sql.open_view(session)
        after = session.execute("SELECT access_is_shut(%s), access_is_shut(NULL)", [child]).fetchone()

    assert not before
    assert after == (True, False)
