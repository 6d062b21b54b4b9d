"""Every committed event gets its place in the tree, whoever commits late, and each head follows from the one before."""

import stat

import psycopg
import pytest

from joinedup.foundation.audit import keeping, operations, rules
from joinedup.foundation.audit.rules import heads, tree
from tests.integration.audit.log import write


def test_an_empty_log_begins_with_a_head_of_nothing(log):
    assert log.seal().events == 0

    (head,) = log.heads()
    assert (head.kind, head.size, head.root) == (heads.Kind.FIRST, 0, tree.EMPTY)
    assert log.verify().events == 0


def test_what_is_committed_is_sealed_once_and_in_order(log):
    written = log.write(30)

    assert log.seal().events == 30
    assert log.seal().events == 0
    assert log.order() == written
    assert [head.size for head in log.heads()] == [0, 30]


def test_a_backlog_is_sealed_in_pieces_that_each_have_a_head(log):
    log.write(25)

    assert log.seal(most=10).events == 25
    assert [head.size for head in log.heads()] == [0, 10, 20, 25]
    assert log.verify().events == 25


def test_an_event_that_commits_after_later_ones_were_sealed_is_not_lost(log):
    with log.connect("app", commits=False) as early, log.connect("app", commits=False) as other:
        late = write(early, subjects=3)
        never = write(other)
        soon = log.write(5)
        assert log.seal().events == 5
        also_soon = log.write(2)
        assert log.seal().events == 2
        early.commit()
        other.rollback()
    last = log.write(1)

    assert log.seal().events == 2
    assert log.order() == [*soon, *also_soon, late, *last]
    assert never not in log.order()
    assert log.verify().waiting == 0


def test_an_event_that_waits_is_counted_and_no_fault(log):
    log.write(3)
    log.seal()
    log.write(2)

    found = log.verify()
    assert (found.events, found.waiting, found.unsigned) == (3, 2, 0)


def test_places_stay_right_when_another_server_counts_its_transactions_from_anew(log):
    first = log.write(4)
    log.seal()
    waiting = log.write(2)
    # As after a dump and a restore elsewhere: what stands in the rows is the old server's count, far ahead of this one's.
    log.tamper(
        "UPDATE audit_sealbatch SET floor = floor + 1000000000, ceiling = ceiling + 1000000000, server = 'another' "
        "WHERE size = 4",
        "UPDATE audit_auditevent SET xact_id = xact_id + 1000000000 WHERE id = ANY(%(waiting)s)",
        waiting=waiting,
    )
    key = keeping.signing_key(log.place)
    moved = heads.read(keeping.head_lines(log.place.heads)[1], number=2)
    elsewhere = {"floor": moved.floor + 10**9, "ceiling": moved.ceiling + 10**9, "server": "another"}
    lines = keeping.head_lines(log.place.heads)[:1]
    log.place.heads.write_text(lines[0] + "\n")
    keeping.append(log.place, key.signed(rules.Head(**{**_fields(moved), **elsewhere})))
    here = log.write(3)

    assert log.seal().events == 5
    assert log.order()[:4] == first
    assert sorted(log.order()[4:]) == sorted([*waiting, *here])
    assert log.write(1) == log.order()[9:] or log.seal().events == 1
    assert log.verify().events == 10


def _fields(head):
    return {name: getattr(head, name) for name in head.__slots__}


def test_a_stop_between_the_database_and_the_head_is_made_good_by_the_next_run(log, monkeypatch):
    log.write(3)
    log.seal()
    log.write(4)
    with monkeypatch.context() as stopped:
        stopped.setattr(keeping, "append", _power_cut)
        with pytest.raises(OSError, match="power"):
            log.seal()
    assert log.verify().unsigned == 4

    log.write(1)
    assert log.seal().events == 5
    assert [head.size for head in log.heads()] == [0, 3, 7, 8]
    assert log.verify().unsigned == 0


def _power_cut(*_):
    raise OSError("power")


def test_a_line_that_a_power_cut_left_half_written_is_written_over(log):
    log.write(3)
    log.seal()
    whole = log.place.heads.read_bytes()
    log.place.heads.write_bytes(whole[:-40])

    assert [head.size for head in log.heads()] == [0]
    assert log.verify().unsigned == 3
    log.seal()
    assert log.place.heads.read_bytes() == whole


def test_nothing_is_signed_on_top_of_a_tree_that_the_last_head_does_not_know(sealed):
    sealed.tamper("UPDATE audit_sealedevent SET event_hash = sha256('other') WHERE position = 1150")
    sealed.write(1)

    with pytest.raises(operations.SealRefused, match="audit verify"):
        sealed.seal()
    assert len(sealed.heads()) == 4


def test_heads_of_another_database_and_lost_heads_are_not_gone_on_from(sealed, log):
    log.seal()
    heads_of_sealed = sealed.place.heads.read_bytes()
    sealed.place.heads.write_bytes(log.place.heads.read_bytes())
    sealed.place.key.write_bytes(log.place.key.read_bytes())
    with pytest.raises(operations.SealRefused, match="another database"):
        sealed.seal()
    sealed.place.heads.unlink()
    with pytest.raises(operations.SealRefused, match="no head"):
        sealed.seal()

    sealed.place.heads.write_bytes(heads_of_sealed)
    with pytest.raises(operations.SealRefused, match="not signed with the key"):
        sealed.seal()
    sealed.place.key.unlink()
    with pytest.raises(keeping.KeyUnusable, match="Put the key back"):
        sealed.seal()


def test_the_key_is_made_once_and_for_its_owners_eyes(log):
    log.seal()
    made = log.place.key.read_bytes()
    log.write(1)
    log.seal()

    assert log.place.key.read_bytes() == made
    assert stat.S_IMODE(log.place.key.stat().st_mode) == 0o600
    assert b"PRIVATE" not in log.place.public_key.read_bytes()


@pytest.mark.parametrize("role", ["app", "batch"])
def test_no_serving_role_gives_an_event_another_place(role, sealed):
    with sealed.connect(role) as session:
        for statement in (
            (
                "INSERT INTO audit_sealedevent SELECT position + 5000, event_at, event_id, form, event_hash, subjects_hash "
                "FROM audit_sealedevent"
            ),
            "UPDATE audit_sealedevent SET position = 7",
            "DELETE FROM audit_sealbatch",
            "TRUNCATE audit_sealnode",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(statement)


def test_the_application_neither_seals_nor_reads_the_seal(sealed):
    with sealed.connect("app") as session:
        for statement in ("SELECT audit_seal(NULL, 1)", "SELECT audit_waiting(1)", "SELECT * FROM audit_sealedevent"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(statement)


def test_an_event_restored_from_another_server_opens_no_view_though_it_has_the_transactions_number(log):
    (old,) = log.write(1)
    with log.connect("app", commits=False) as session:
        (number,) = session.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        log.tamper("UPDATE audit_auditevent SET xact_id = %(number)s WHERE id = %(id)s", number=number, id=old)
        session.execute("SELECT set_config('joinedup.event', %s, true)", [str(old)])
        assert session.execute("SELECT audit_view_is_open(), audit_viewer()").fetchone() == (False, None)
        write(session)
        assert session.execute("SELECT audit_view_is_open()").fetchone() == (True,)
