"""The audit is only ever added to, by functions that nobody can lead astray, under a role that nobody is."""

import uuid

import pytest
from psycopg import errors

from joinedup.foundation.database import roles
from tests.integration.looking import sql

NAMES = roles.role_names()
AUDIT = ("audit_auditevent", "audit_auditsubject")


@pytest.mark.parametrize("role", ["app", "batch"])
@pytest.mark.parametrize("table", AUDIT)
@pytest.mark.parametrize(
    "statement", ["SELECT * FROM {}", "DELETE FROM {}", "TRUNCATE {} CASCADE", "INSERT INTO {} DEFAULT VALUES"]
)
def test_no_serving_role_reads_or_changes_the_audit(statement, table, role, connect):
    with connect(role) as session:
        assert sql.may(session, getattr(NAMES, role), table) == set()
        with pytest.raises(errors.InsufficientPrivilege):
            session.execute(statement.format(table))


def test_the_rows_are_not_changed_by_the_owner_or_the_definer_either(connect):
    with connect("owner") as session:
        session.execute(f"SET ROLE {NAMES.definer}")
        assert sql.may(session, NAMES.definer, "audit_auditevent") == {"SELECT", "INSERT"}
        assert sql.count(session, "audit_auditevent") > 0
        session.execute(f"SET ROLE {NAMES.owner}")
        for table, column in zip(AUDIT, ("act", "subject_id"), strict=True):
            for statement in (
                f"UPDATE {table} SET {column} = {column}",
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with pytest.raises(errors.RaiseException, match="only ever added"), session.transaction():
                    session.execute(statement)


def test_the_time_is_the_databases_and_not_the_sessions(connect):
    with connect("app") as session:
        event = sql.open_view(session)
        session.execute("SELECT pg_sleep(0.05)")
        second = sql.open_view(session)
        session.commit()
    with connect("owner") as session:
        session.execute(f"SET ROLE {NAMES.definer}")
        first_at, second_at, now = session.execute(
            "SELECT (SELECT at FROM audit_auditevent WHERE id = %s), (SELECT at FROM audit_auditevent WHERE id = %s), "
            "clock_timestamp()",
            [event, second],
        ).fetchone()

    assert 0.05 <= (second_at - first_at).total_seconds() < 5
    assert second_at < now


def test_an_event_and_its_subjects_go_when_the_transaction_is_rolled_back(connect):
    with connect("app") as session:
        event = sql.open_view(session)
        session.execute("SELECT audit_add_subjects(%s, %s)", [event, [uuid.uuid4()]])
        session.rollback()
    with connect("owner") as session:
        session.execute(f"SET ROLE {NAMES.definer}")
        for table, column in (("audit_auditevent", "id"), ("audit_auditsubject", "event_id")):
            assert session.execute(f"SELECT 1 FROM {table} WHERE {column} = %s", [event]).fetchall() == []


@pytest.mark.parametrize("says", [True, False])
def test_nobody_adds_subjects_to_another_transactions_event(says, connect):
    with connect("app") as session, connect("app") as another:
        committed = sql.open_view(session)
        session.commit()
        running = sql.open_view(another)
        for event in (committed, running, uuid.uuid4()):
            sql.open_view(session)
            if says:
                session.execute("SELECT set_config('joinedup.event', %s, true)", [str(event)])
            with pytest.raises(errors.RaiseException, match="only to the event that opened this view"):
                session.execute("SELECT audit_add_subjects(%s, %s)", [event, [uuid.uuid4()]])
            session.rollback()


def test_an_event_is_not_written_twice_over(connect):
    with connect("app") as session:
        event = sql.open_view(session)
        session.commit()
        with pytest.raises(errors.UniqueViolation):
            session.execute(sql.OPEN, {"event": event, "actor": sql.SOMEONE, "subjects": []})


def test_the_definer_signs_in_nowhere_and_looks_past_no_policy(connect):
    with connect("app") as session:
        assert (
            session.execute(
                "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
                "WHERE rolname = %s",
                [NAMES.definer],
            ).fetchone()
            == (False,) * 5
        )
        members = session.execute(
            "SELECT pg_get_userbyid(member) FROM pg_auth_members WHERE roleid = %s::regrole", [NAMES.definer]
        ).fetchall()

        assert session.execute(
            "SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", [NAMES.definer]
        ).fetchone() == (0,)

    assert {member for (member,) in members} & {NAMES.app, NAMES.batch} == set()


@pytest.mark.parametrize("role", ["app", "batch"])
def test_a_serving_role_owns_nothing_and_is_no_more_than_itself(role, connect):
    name = getattr(NAMES, role)
    with connect("app") as session:
        for catalogue, owner in (
            ("pg_class", "relowner"),
            ("pg_proc", "proowner"),
            ("pg_namespace", "nspowner"),
            ("pg_type", "typowner"),
            ("pg_database", "datdba"),
        ):
            assert session.execute(
                f"SELECT count(*) FROM {catalogue} WHERE {owner} = %s::regrole", [name]
            ).fetchone() == (0,)
        assert (
            session.execute(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = %s",
                [name],
            ).fetchone()
            == (False,) * 5
        )
        assert session.execute(
            "SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", [name]
        ).fetchone() == (0,)


_OURS = (
    "SELECT p.oid::regprocedure::text, p.prosecdef, coalesce(array_to_string(p.proconfig, ' '), ''), "
    "pg_get_userbyid(p.proowner), has_function_privilege('public', p.oid, 'EXECUTE') "
    "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') "
    "AND p.proname NOT LIKE 'procrastinate%%'"
)


def test_every_function_of_ours_looks_names_up_in_one_fixed_place(connect):
    with connect("app") as session:
        found = session.execute(_OURS).fetchall()

    assert len(found) >= 6
    for signature, runs_as_definer, settings, owner, anyone in found:
        assert settings.startswith("search_path=pg_catalog"), signature
        assert settings.endswith("pg_temp"), signature
        assert (owner == NAMES.definer) == runs_as_definer, signature
        assert not (runs_as_definer and anyone), signature


#: Every function that looks past the policies; what a new one tells is to be thought over before it is named here.
_DEFINERS = [
    "access_circles",
    "access_conflicts",
    "access_enter",
    "access_event",
    "access_finds_any",
    "access_hold",
    "access_home",
    "access_is_open",
    "access_is_shut",
    "access_items",
    "access_may",
    "access_opened",
    "access_place_of",
    "access_release",
    "access_roles",
    "access_set_sight",
    "access_sight",
    "access_sign",
    "access_subjects",
    "access_viewer",
    "assessment_children_follow",
    "assurance_case_children",
    "assurance_concern_suspends",
    "assurance_counted_while_linked",
    "assurance_grounds",
    "assurance_looked_while_linked",
    "assurance_looks_at",
    "audit_add_subjects",
    "audit_hours_between",
    "audit_looks_between",
    "audit_seal",
    "audit_view_is_open",
    "audit_viewer",
    "audit_waiting",
    "audit_write",
    "breakglass_break",
    "breakglass_leave",
    "breakglass_override",
    "breakglass_review",
    "casework_accept",
    "casework_answers_for",
    "casework_circles_of",
    "casework_closes",
    "casework_follows",
    "casework_gone",
    "casework_hangs_on",
    "casework_leaver",
    "casework_led",
    "casework_need_owned",
    "casework_offers",
    "casework_owed",
    "casework_passes_on",
    "childindex_act",
    "childindex_alike",
    "childindex_arrivals",
    "childindex_at_home",
    "childindex_begin_act",
    "childindex_blind_answer",
    "childindex_blind_next",
    "childindex_blind_population",
    "childindex_blind_results",
    "childindex_candidates",
    "childindex_count_questions",
    "childindex_counts",
    "childindex_describe",
    "childindex_draw_blind",
    "childindex_grounds",
    "childindex_guard_keys",
    "childindex_guarded_cards",
    "childindex_held",
    "childindex_is_past_seal",
    "childindex_lift_seal",
    "childindex_link_quality",
    "childindex_lore",
    "childindex_may_link",
    "childindex_note_question",
    "childindex_open",
    "childindex_parted_stay_parted",
    "childindex_propose_rejoin",
    "childindex_question",
    "childindex_questions",
    "childindex_refuse_rejoin",
    "childindex_rejoins",
    "childindex_relate",
    "childindex_said",
    "childindex_sealed",
    "childindex_set_seal",
    "childindex_set_thresholds",
    "childindex_settle",
    "childindex_settle_held",
    "childindex_similar",
    "childindex_spread",
    "childindex_stubs",
    "childindex_unspread",
    "childindex_whole",
    "inbasket_child_follows",
    "inbasket_circles",
    "inbasket_tie",
    "inbasket_untie",
    "participation_accept",
    "participation_ends",
    "participation_follows",
    "participation_helps",
    "participation_invited",
    "participation_invites",
    "participation_is_own",
    "participation_own",
    "participation_speaks",
    "participation_ties",
    "participation_voice",
    "protection_corrects",
    "protection_follows",
    "protection_hangs_on",
    "protection_holds",
    "protection_own",
    "protection_span_corrects",
    "protection_span_follows",
    "reassigning_decide",
    "reassigning_list",
    "reassigning_waiting",
    "records_content",
    "rights_ask_own",
    "rights_blank",
    "rights_confirm",
    "rights_delete",
    "rights_end",
    "rights_hold_waits",
    "rights_is_held",
    "rights_own_asked",
    "rights_subject",
    "rights_work_of",
    "sealing_ask",
    "sealing_decide",
    "sealing_open_work",
    "sealing_waiting",
]


def test_no_other_function_runs_with_anothers_rights(connect):
    with connect("app") as session:
        definers = session.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        ).fetchall()

    assert [name for (name,) in definers] == _DEFINERS


@pytest.mark.parametrize(
    "call",
    [
        "access_sign('1|2')",
        "access_set_sight(ARRAY['1'])",
        "access_place_of(gen_random_uuid())",
        "childindex_grounds(gen_random_uuid())",
        "childindex_is_past_seal(gen_random_uuid())",
        "rights_blank(ARRAY[gen_random_uuid()])",
        "rights_delete(gen_random_uuid())",
        "rights_is_held(gen_random_uuid())",
        "rights_work_of(ARRAY[gen_random_uuid()])",
        "childindex_set_seal(gen_random_uuid(), '{}')",
        "childindex_lift_seal(gen_random_uuid())",
        "childindex_spread()",
        "childindex_guard_keys()",
        "childindex_may_link('{step-up}')",
        "childindex_describe(ARRAY[gen_random_uuid()])",
        "childindex_unspread()",
        "assurance_looked_while_linked(gen_random_uuid())",
    ],
)
def test_the_application_cannot_call_what_only_the_definers_functions_use(call, connect):
    with connect("app") as session, pytest.raises(errors.InsufficientPrivilege):
        session.execute(f"SELECT {call}")


def test_the_application_cannot_read_the_key_that_signs_a_sight(connect):
    with connect("app") as session, pytest.raises(errors.InsufficientPrivilege):
        session.execute("SELECT secret FROM access_secret")
