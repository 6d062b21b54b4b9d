import datetime

from joinedup.delivery.records.rules import InvolvementKind, Relative
from joinedup.exchange.csv_police import read, schema, write
from tests.exchange import files

NOTIFIED = datetime.date(2025, 3, 3)
ROW = schema.Notification(
    reference="PN/2025/0042",
    notification_date=NOTIFIED,
    incident_date=datetime.date(2025, 3, 1),
    nominal_ref="N77",
    given_name="Leïla",
    family_name="Ben Ali",
    birth_date=datetime.date(2014, 6, 9),
    sex="F",
    address="1 High Street\nNottingham",
    postcode="ng15ft",
    role="witness",
    category="domestic abuse",
    adult_name="Sami Ben Ali",
    adult_relationship="father",
    adult_phone="0115 496 0000",
    unit_code="PPU1",
    unit="Public protection unit",
    officer="PC 1234",
    unit_phone="101",
    narrative='He said "stop",\nand she left.',
)


def test_what_is_written_reads_back_the_same_and_writes_the_same_bytes():
    content = files.written(write, [ROW, ROW])

    rows = files.read_back(read, schema, "police.csv", content)

    assert rows == [ROW, ROW]
    assert files.written(write, rows) == content


def test_a_notification_says_that_it_came_and_whom_to_ring_and_nothing_of_what_happened():
    reading = files.only_reading(read, "police.csv", files.written(write, [ROW]))

    (unit,) = reading.involvements
    assert (unit.kind, unit.team_code, unit.phone) == (InvolvementKind.POLICE, "PPU1", "101")
    assert (unit.started_date, unit.ended_date) == (NOTIFIED, NOTIFIED)
    assert [entry.words for entry in reading.chronology] == ["Police notification"]
    assert not any(word in repr(reading) for word in ("stop", "she left", "domestic", "witness"))


def test_a_notification_says_who_the_child_is_and_which_adult_was_named():
    reading = files.only_reading(read, "police.csv", files.written(write, [ROW]))

    assert (reading.scheme, reading.local_id, reading.message_key) == ("nominal", "N77", "PN/2025/0042|N77")
    assert (reading.identity.given_name, reading.identity.postcode) == ("Leïla", "NG1 5FT")
    assert reading.identity.address == "1 High Street, Nottingham"
    assert reading.relatives == (Relative(relationship="father", name="Sami Ben Ali", phone="0115 496 0000"),)


def test_two_children_of_one_notification_are_two_messages():
    sibling = schema.Notification(
        reference=ROW.reference,
        notification_date=NOTIFIED,
        given_name="Adam",
        family_name="Ben Ali",
        birth_date=datetime.date(2016, 1, 2),
    )

    readings, _refusals = files.outcomes(read, "police.csv", files.written(write, [ROW, sibling]))

    assert len({reading.message_key for reading in readings}) == 2


def test_a_child_without_number_and_date_of_birth_cannot_be_tied_to_anyone():
    row = schema.Notification(reference="PN1", notification_date=NOTIFIED, given_name="Adam", family_name="Ali")

    (reason,) = files.only_reasons(read, "police.csv", files.written(write, [row]))

    assert reason.startswith("The row cannot be tied to anyone")


def test_a_file_without_the_reference_is_refused_whole_and_says_so():
    content = files.written(write, [ROW]).replace(b"reference,", b"number,", 1)

    (reason,) = files.only_reasons(read, "police.csv", content)

    assert reason.endswith("it has no column reference.")
