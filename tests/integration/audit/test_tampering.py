"""Whatever is done to the audit behind the program's back is found, and the first thing wrong is named."""

import shutil

import pytest

from joinedup.foundation.audit import keeping, operations
from joinedup.foundation.audit.rules.faults import Kind

#: The 101st of the sealed log's events, and one of its 20 newest.
PLACE, NEWEST = 100, 1_150


def test_what_nobody_touched_is_in_order(kept):
    found = kept.verify()

    assert (found.events, found.head_count, found.unsigned, found.waiting, found.restored) == (1_165, 4, 0, 0, ())
    assert kept.fault_after() is None


@pytest.mark.parametrize(
    "change",
    [
        "act = 'test.saw nothing'",
        "actor_name = 'Someone Else'",
        "actor_id = NULL",
        "reason = ''",
        "purpose = 'referral '",
        "tier = 0",
        "decision = 'deny'",
        "result_count = 0",
        "criteria_hash = ''",
        "request_id = gen_random_uuid()",
        "xact_id = xact_id + 1",
    ],
)
def test_an_event_that_says_something_else_is_named(change, kept):
    event = kept.order()[PLACE]
    fault = kept.fault_after(f"UPDATE audit_auditevent SET {change} WHERE id = %(id)s", id=event)

    assert (fault.kind, fault.number, fault.event_id) == (Kind.ALTERED, PLACE + 1, event)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_auditsubject SET subject_id = gen_random_uuid() WHERE event_id = %(id)s",
        "DELETE FROM audit_auditsubject WHERE event_id = %(id)s",
        "INSERT INTO audit_auditsubject (event_id, subject_id) VALUES (%(id)s, gen_random_uuid())",
    ],
)
def test_an_event_that_names_other_subjects_is_named(change, kept):
    event = kept.order()[PLACE]
    fault = kept.fault_after(change, id=event)

    assert (fault.kind, fault.number, fault.event_id) == (Kind.SUBJECTS_ALTERED, PLACE + 1, event)


def test_a_deleted_event_is_missed_with_its_seal_and_without(kept):
    event = kept.order()[PLACE]
    deleted = "DELETE FROM audit_auditevent WHERE id = %(id)s"
    fault = kept.fault_after(deleted, id=event)
    assert (fault.kind, fault.number, fault.event_id) == (Kind.DELETED, PLACE + 1, event)

    unsealed = "DELETE FROM audit_sealedevent WHERE event_id = %(id)s"
    fault = kept.fault_after(deleted, unsealed, id=event)
    assert (fault.kind, fault.number) == (Kind.DELETED, PLACE + 1)

    closed_up = (
        "UPDATE audit_sealedevent SET position = -position WHERE position > 100",
        "UPDATE audit_sealedevent SET position = -position - 1 WHERE position < 0",
    )
    fault = kept.fault_after(deleted, unsealed, *closed_up, id=event)
    assert (fault.kind, fault.number) == (Kind.REWRITTEN, 41)


_COPY = (
    "INSERT INTO audit_auditevent (id, at, actor_name, roles, act, purpose, reason, record_ref, session, xact_id, "
    "relationship, decision, rule, policy_version, basis, fields) SELECT gen_random_uuid(), at - interval {ago}, "
    "actor_name, roles, act, purpose, reason, record_ref, session, {xact}, relationship, decision, rule, "
    "policy_version, basis, fields FROM audit_auditevent WHERE id = %(id)s RETURNING id"
)


def test_an_event_put_in_afterwards_is_named_though_it_was_never_sealed(kept):
    fault = kept.fault_after(_COPY.format(ago="'1 second'", xact="xact_id"), id=kept.order()[PLACE])

    assert fault.kind is Kind.INSERTED
    assert fault.event_id not in kept.order()


def test_an_event_put_in_now_for_last_week_is_named_before_it_is_sealed_and_after(sealed):
    sealed.tamper(_COPY.format(ago="'7 days'", xact="pg_current_xact_id()::text::bigint"), id=sealed.order()[PLACE])
    sealed.settle()
    fault = sealed.fault()
    assert fault.kind is Kind.INSERTED

    sealed.seal()
    after = sealed.fault()
    assert (after.kind, after.number, after.event_id) == (Kind.BACK_DATED, 1_166, fault.event_id)


def test_an_event_put_in_with_a_place_of_its_own_is_named(kept):
    event = kept.order()[PLACE]
    fault = kept.fault_after(
        _COPY.format(ago="'0'", xact="xact_id").replace("gen_random_uuid()", "'00000000-0000-7000-8000-000000000001'"),
        "INSERT INTO audit_sealedevent SELECT 1165, e.at, e.id, 1, s.event_hash, sha256('') FROM audit_auditevent e, "
        "audit_sealedevent s WHERE e.id = '00000000-0000-7000-8000-000000000001' AND s.position = 100",
        id=event,
    )

    assert fault.number == 1_166


def test_two_events_that_change_places_are_named(kept):
    one, other = kept.order()[PLACE], kept.order()[PLACE + 3]
    fault = kept.fault_after(
        "UPDATE audit_sealedevent SET position = -1 WHERE event_id = %(one)s",
        "UPDATE audit_sealedevent SET position = 100 WHERE event_id = %(other)s",
        "UPDATE audit_sealedevent SET position = 103 WHERE event_id = %(one)s",
        one=one,
        other=other,
    )

    assert fault.kind is Kind.REORDERED
    assert PLACE + 1 <= fault.number <= PLACE + 4


_SPARE = "'00000000-0000-7000-8000-00000000000f'"
_SWAP = ((_SPARE, "%(one)s"), ("%(one)s", "%(other)s"), ("%(other)s", _SPARE))


def test_two_events_that_change_what_they_say_are_named(kept):
    one, other = kept.order()[PLACE], kept.order()[PLACE + 3]
    fault = kept.fault_after(
        *[
            f"UPDATE {table} SET {column} = {to} WHERE {column} = {of}"
            for to, of in _SWAP
            for table, column in (("audit_auditevent", "id"), ("audit_auditsubject", "event_id"))
        ],
        one=one,
        other=other,
    )

    assert (fault.kind, fault.number, fault.event_id) == (Kind.ALTERED, PLACE + 1, one)


def test_two_places_that_are_given_each_others_events_are_named(kept):
    one, other = kept.order()[PLACE], kept.order()[PLACE + 3]
    fault = kept.fault_after(
        *[f"UPDATE audit_sealedevent SET event_id = {to} WHERE event_id = {of}" for to, of in _SWAP],
        one=one,
        other=other,
    )

    assert (fault.kind, fault.number, fault.event_id) == (Kind.REORDERED, PLACE + 1, other)


def test_a_tail_that_is_cut_off_is_missed_however_thoroughly(kept):
    fault = kept.fault_after("DELETE FROM audit_sealedevent WHERE position >= 1150")
    assert (fault.kind, fault.number) == (Kind.TRUNCATED, 1_151)

    fault = kept.fault_after(
        "DELETE FROM audit_sealedevent WHERE position >= 1140",
        "DELETE FROM audit_auditevent e WHERE NOT EXISTS (SELECT FROM audit_sealedevent s WHERE s.event_id = e.id)",
        "DELETE FROM audit_sealbatch WHERE size > 1140",
    )
    assert (fault.kind, fault.number) == (Kind.TRUNCATED, 1_141)
    assert "1,165" in str(fault)


def test_an_event_whose_time_was_changed_is_named(kept):
    event = kept.order()[PLACE]
    fault = kept.fault_after("UPDATE audit_auditevent SET at = at - interval '1 hour' WHERE id = %(id)s", id=event)

    assert (fault.kind, fault.number, fault.event_id) == (Kind.BACK_DATED, PLACE + 1, event)


def test_an_administrator_who_rewrites_everything_fails_against_the_heads(sealed):
    event = sealed.order()[PLACE]
    sealed.tamper("UPDATE audit_auditevent SET actor_name = 'Someone Else' WHERE id = %(id)s", id=event)
    reseal(sealed)

    fault = sealed.fault()
    assert (fault.kind, fault.number) == (Kind.REWRITTEN, 41)
    with pytest.raises(operations.SealRefused):
        sealed.seal()


def reseal(log):
    """Make all fingerprints and kept roots anew, as the program would have."""
    forged = log.folder / "forged"
    log.tamper("DELETE FROM audit_sealedevent", "DELETE FROM audit_sealnode", "DELETE FROM audit_sealbatch")
    shutil.rmtree(forged, ignore_errors=True)
    with log.connect("batch") as session:
        place = keeping.Place(key=forged / "key.pem", heads=forged / "heads.jsonl")
        operations.seal(session, place=place)
    log.tamper("UPDATE audit_sealbatch SET log_id = %(id)s", id=log.heads()[0].log)


def test_a_kept_root_that_was_altered_is_named(kept):
    fault = kept.fault_after("UPDATE audit_sealnode SET hash = sha256('other')")

    assert (fault.kind, fault.number) == (Kind.REWRITTEN, 1)
    assert "proofs" in str(fault)
