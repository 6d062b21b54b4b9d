"""Every change of records and of the index writes who made it in the same transaction: both stand, or neither."""

import pytest
from django.db import connection, transaction

from joinedup.delivery.records import operations as records_operations
from joinedup.exchange.intake import undoing
from joinedup.exchange.opening import formats
from joinedup.processes.childindex import operations as childindex_operations
from tests.conftest import NOW
from tests.integration import standing
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

ADA = "7,Ada,Lovell,2014-03-09,NG1 5FT,,,"


def events():
    """Every event so far, as the owner of the audit sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("SET ROLE NONE")
        cursor.execute("SELECT act, actor_name FROM audit_auditevent ORDER BY id")
        found = cursor.fetchall()
        cursor.execute(f"SET ROLE {role}")
    return found


def written_by(act):
    before = len(events())
    act()
    return [name for name, _ in events()[before:]]


def load(*rows):
    return bringing.load(bringing.people(*rows), bringing.agency("leisure"))


def file():
    return formats.Source.of_bytes("a", b"a").open_at(0)


def received():
    sender = bringing.agency("leisure")
    file_id = records_operations.keep_file(content=file(), name="a", by=bringing.MACHINE, at=NOW)
    return records_operations.begin_batch(
        agency_id=sender.id,
        file_id=file_id,
        file_name="a",
        format_code="a",
        recognised={},
        legal_basis="",
        by=bringing.MACHINE,
        at=NOW,
    )[0]


def test_an_import_writes_the_keeping_the_beginning_and_the_end():
    bringing.agency("leisure")

    acts = written_by(lambda: bringing.load(bringing.people(ADA), bringing.agency("leisure")))

    assert acts[-3:] == ["records.file.kept", "records.batch.begun", "records.batch.loaded"]
    assert {name for _, name in events()} == {"test command"}


def test_a_second_run_of_a_file_writes_nothing():
    load(ADA)
    club = bringing.agency("leisure")

    assert written_by(lambda: bringing.load(bringing.people(ADA), club)) == []


def test_a_file_that_cannot_be_read_is_written_down():
    batch_id = received()

    failed = written_by(
        lambda: records_operations.fail_batch(batch_id=batch_id, message="no", by=bringing.MACHINE, at=NOW)
    )

    assert failed == ["records.batch.failed"]


def test_taking_back_is_written_for_the_records_and_for_the_children():
    loaded = load(ADA)

    acts = written_by(lambda: undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE))

    assert acts == ["records.batch.undone", "childindex.refreshed"]


def test_linking_is_written():
    load(ADA)

    assert written_by(lambda: childindex_operations.link_all(by=bringing.MACHINE, at=NOW)) == ["childindex.linked"]


class Stopped(Exception):
    """Ends a transaction in the middle of things."""


def undo_loaded(batch_id):
    return undoing.undo(batch_id=batch_id, by=bringing.MACHINE)


CHANGES = {
    "keep a file": lambda _batch: records_operations.keep_file(content=file(), name="b", by=bringing.MACHINE, at=NOW),
    "begin a batch": lambda _batch: received(),
    "load": lambda _batch: load("8,Bo,Finch,2013-01-02,NG1 5FT,,,"),
    "take back": undo_loaded,
    "link": lambda _batch: childindex_operations.link_all(by=bringing.MACHINE, at=NOW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_that_does_not_stand_leaves_no_event_and_an_event_no_change(change):
    batch_id = load(ADA).batch_id
    events_before, before = events(), standing.checksums()

    def stopped_in_the_middle():
        with transaction.atomic():
            change(batch_id)
            assert len(events()) > len(events_before)
            assert standing.checksums() != before
            raise Stopped

    with pytest.raises(Stopped):
        stopped_in_the_middle()

    assert events() == events_before
    assert standing.checksums() == before
