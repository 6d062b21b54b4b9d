"""The database shows no child without an event of this very transaction, whatever a session says to it."""

import uuid

import psycopg
import pytest
from psycopg import errors

from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.database import roles
from tests.integration.looking import sql

NAMES = roles.role_names()


def test_a_view_needs_a_transaction(viewer):
    with pytest.raises(audit_operations.NoTransaction):
        audit_operations.open_view(viewer=viewer, act="test.looked")


def test_every_table_is_secured_or_signed_for(connect):
    with connect("app") as session:
        found = sql.tables(session)

    assert sql.NAMES_NO_CHILD.keys() <= found.keys(), "signed for, and no longer there"
    for name in found.keys() - sql.NAMES_NO_CHILD.keys():
        assert found[name] == {"kind": "r", "forced": True, "has_policy": True}, name


def test_no_table_that_is_signed_for_leads_to_a_child(connect):
    with connect("app") as session:
        leading = session.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND conrelid::regclass::text = ANY(%s) AND confrelid::regclass::text = ANY(%s)",
            [list(sql.NAMES_NO_CHILD), sql.secured(session)],
        ).fetchall()
        columns = session.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY(%s) "
            "AND column_name ~ 'child|birth|nhs|upn|postcode|given_name|family_name|person'",
            [list(sql.NAMES_NO_CHILD)],
        ).fetchall()

    assert leading == []
    assert columns == []


def test_no_name_of_a_child_is_in_a_table_that_is_signed_for(connect):
    with connect("app") as session:
        sql.open_view(session)
        names = session.execute(
            "SELECT DISTINCT lower(family_name) FROM people_childsummary WHERE length(family_name) > 7"
        ).fetchall()
        kept = " ".join(
            session.execute(f"SELECT coalesce(string_agg({column}::text, ' '), '') FROM {table}").fetchone()[0].lower()
            for table, column in (
                ("childindex_modelversion", "model"),
                ("childindex_linkrun", "counts"),
                ("childindex_linkrun", "quality"),
                ("events_event", "subject"),
                ("procrastinate_jobs", "args"),
            )
        )

    assert len(names) > 25
    assert [name for (name,) in names if f'"{name}"' in kept or f"'{name}'" in kept] == []


def test_without_a_view_every_such_table_is_empty_and_with_one_it_is_not(connect):
    with connect("app") as session:
        readable = [table for table in sql.secured(session) if "SELECT" in sql.may(session, NAMES.app, table)]
        before = {table: sql.count(session, table) for table in readable}
        sql.open_view(session)
        after = {table: sql.count(session, table) for table in readable}

    assert set(before.values()) == {0}
    assert {table for table, rows in after.items() if rows} == {"people_child", "people_childsummary", "records_batch"}


def test_what_records_say_is_seen_only_of_a_child_who_was_opened(connect):
    of_children = ("childindex_link", "records_personrecord", "records_sourcerecord", "records_identitystatement")
    with connect("app") as session:
        sql.open_view(session)
        (child,) = session.execute("SELECT child_id FROM people_childsummary ORDER BY sort_name LIMIT 1").fetchone()
        sql.open_view(session, subject=child)
        before = {table: sql.count(session, table) for table in of_children}
        session.execute("SELECT childindex_open(%s)", [child])
        after = {table: sql.count(session, table) for table in of_children}

    assert set(before.values()) == {0}
    assert all(after.values())
    assert after["childindex_link"] < 20


def test_a_child_whom_no_event_names_cannot_be_opened(connect):
    with connect("app") as session:
        sql.open_view(session)
        (child,) = session.execute("SELECT child_id FROM people_childsummary ORDER BY sort_name LIMIT 1").fetchone()
        with pytest.raises(errors.RaiseException):
            session.execute("SELECT childindex_open(%s)", [child])


def test_the_index_by_which_children_are_found_is_read_by_nobody(connect):
    with connect("app") as session:
        sql.open_view(session)
        for table in ("childindex_searchkey", "childindex_nameword", "childindex_namespelling"):
            assert sql.count(session, table) == 0


@pytest.mark.parametrize("change", ["another transaction", "any child", "one letter more", "no signature"])
def test_a_sight_that_the_database_did_not_sign_shows_nothing(change, connect):
    with connect("app") as session:
        sql.open_view(session)
        (signed,) = session.execute("SELECT current_setting('joinedup.sight')").fetchone()
        said = {
            "another transaction": signed,
            "any child": signed.replace("|circles|", "|any|"),
            "one letter more": f"{signed}0",
            "no signature": signed[65:],
        }[change]
        if change == "another transaction":
            session.commit()
        if change == "any child":
            said = signed.replace("|any|", "|any|T5")
        session.execute("SELECT set_config('joinedup.sight', %s, false)", [said])

        assert sql.count(session, "people_child") == 0


def test_the_view_closes_when_its_transaction_ends(connect):
    with connect("app") as session:
        for end in (session.commit, session.rollback):
            sql.open_view(session)
            assert sql.count(session, "people_child") > 250
            end()
            assert sql.count(session, "people_child") == 0
            end()


@pytest.mark.parametrize("is_local", [True, False])
@pytest.mark.parametrize("what", ["an earlier event", "an event never written", "no event at all", "nothing"])
def test_a_setting_alone_opens_nothing(what, is_local, connect):
    with connect("app") as session:
        earlier = sql.open_view(session)
        session.commit()
        said = {
            "an earlier event": str(earlier),
            "an event never written": str(uuid.uuid4()),
            "no event at all": "' OR true --",
            "nothing": "",
        }[what]
        session.execute("SELECT set_config('joinedup.event', %s, %s)", [said, is_local])

        assert {table: sql.count(session, table) for table in ("people_child", "records_relative")} == {
            "people_child": 0,
            "records_relative": 0,
        }


def test_another_sessions_open_event_opens_nothing_here(connect):
    with connect("app") as theirs, connect("app") as ours:
        event = sql.open_view(theirs)
        ours.execute("SELECT set_config('joinedup.event', %s, true)", [str(event)])
        assert sql.count(ours, "people_child") == 0
        theirs.commit()
        assert sql.count(ours, "people_child") == 0


def test_saying_to_be_another_viewer_shows_none_of_their_searches(connect):
    with connect("app") as session:
        sql.open_view(session)
        session.execute(
            "INSERT INTO childindex_search (token, viewer_id, criteria, purpose, made_at, expires_at) "
            "VALUES ('t', %s, '{}', '', now(), now() + interval '1 day')",
            [sql.SOMEONE],
        )
        session.commit()
        sql.open_view(session, actor=sql.SOMEONE_ELSE)
        session.execute("SELECT set_config('joinedup.viewer', %s, true)", [str(sql.SOMEONE)])

        assert sql.count(session, "childindex_search") == 0
        with pytest.raises(errors.InsufficientPrivilege):
            session.execute(
                "INSERT INTO childindex_search (token, viewer_id, criteria, purpose, made_at, expires_at) "
                "VALUES ('u', %s, '{}', '', now(), now())",
                [sql.SOMEONE],
            )


def test_a_part_that_is_rolled_back_takes_its_view_with_it(connect):
    with connect("app") as session:
        session.execute("SELECT 1")
        with session.transaction() as part:
            sql.open_view(session)
            assert sql.count(session, "people_child") > 250
            raise psycopg.Rollback(part)
        assert sql.count(session, "people_child") == 0


def test_the_owner_who_migrates_sees_no_child_and_the_batch_sees_all(connect):
    with connect("owner") as owner, connect("batch") as batch:
        for table in ("people_child", "childindex_link", "records_identitystatement"):
            assert sql.count(owner, table) == 0
            assert sql.count(batch, table) > 250
        with pytest.raises(errors.InsufficientPrivilege):
            sql.count(batch, "audit_auditevent")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_child SET state = 'withdrawn'",
        "DELETE FROM people_childsummary",
        "INSERT INTO people_child (id, number, state, minted_at) VALUES (gen_random_uuid(), '000000000', 'active', now())",
        "UPDATE childindex_link SET ended_at = now()",
        "DELETE FROM childindex_searchkey",
        "UPDATE childindex_reviewtask SET state = 'linked'",
        "UPDATE records_identitystatement SET given_name = 'Eve'",
        "DELETE FROM records_sourcerecord",
        "UPDATE records_sourcefilechunk SET content = ''",
        "DELETE FROM records_batch",
        "TRUNCATE people_child CASCADE",
        "ALTER TABLE people_child DISABLE ROW LEVEL SECURITY",
        "DROP POLICY people_child_app ON people_child",
        "CREATE POLICY mine ON people_child USING (true)",
        "SET ROLE joinedup_definer",
        "SET ROLE joinedup_batch",
    ],
)
def test_the_application_changes_no_child_link_or_record(statement, connect):
    with connect("app") as session:
        sql.open_view(session)
        with pytest.raises(psycopg.Error) as refused:
            session.execute(statement)

    assert refused.value.sqlstate == errors.InsufficientPrivilege.sqlstate
