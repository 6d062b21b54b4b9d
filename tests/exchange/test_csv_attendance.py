import datetime

import pytest

from joinedup.delivery.records.rules import InvolvementKind, Level
from joinedup.exchange.csv_attendance import read, schema, write
from tests.exchange import files

ROW = schema.Session(
    member_no="M1",
    given_name="Ife",
    family_name="Adéyemí",
    birth_date=datetime.date(2015, 2, 28),
    sector="voluntary",
    provider_code="V1",
    provider="Riverside Youth Club",
    activity="boxing",
    joined_date=datetime.date(2025, 1, 1),
    session_date=datetime.date(2025, 3, 3),
    attended="yes",
    contact="Sam Reed",
    contact_phone="0115 496 0002",
)


def session(**changes):
    return files.written(write, [schema.Session(**{"member_no": "M1", "session_date": ROW.session_date, **changes})])


def test_what_is_written_reads_back_the_same_and_writes_the_same_bytes():
    content = files.written(write, [ROW])

    rows = files.read_back(read, schema, "attendance.csv", content)

    assert rows == [ROW]
    assert files.written(write, rows) == content


def test_a_session_says_that_a_child_came_and_whom_to_ring():
    reading = files.only_reading(read, "attendance.csv", files.written(write, [ROW]))

    (club,) = reading.involvements
    assert (club.kind, club.level, club.service) == (
        InvolvementKind.VOLUNTARY,
        Level.UNIVERSAL,
        "Riverside Youth Club",
    )
    assert (club.started_date, club.practitioner, club.phone) == (ROW.joined_date, "Sam Reed", "0115 496 0002")
    assert [entry.words for entry in reading.chronology] == ["Attended boxing"]
    assert (reading.scheme, reading.message_key) == ("member", "M1|boxing|2025-03-03")


@pytest.mark.parametrize(
    ("attended", "words"), [("no", "Missed swimming"), ("absent", "Missed swimming"), ("Y", "Attended swimming")]
)
def test_a_missed_session_is_told_as_missed(attended, words):
    reading = files.only_reading(read, "attendance.csv", session(activity="swimming", attended=attended))

    assert [entry.words for entry in reading.chronology] == [words]


def test_a_leisure_centre_is_not_a_charity():
    assert files.only_reading(read, "a.csv", session(sector="leisure")).involvements[0].kind == InvolvementKind.LEISURE


def test_a_session_without_member_or_date_of_birth_cannot_be_tied_to_anyone():
    (reason,) = files.only_reasons(read, "attendance.csv", session(member_no="", given_name="Ife"))

    assert reason.startswith("The row cannot be tied to anyone")


def test_a_session_on_an_impossible_day_is_refused_naming_the_column():
    content = files.written(write, [ROW]).replace(b"2025-03-03", b"2025-02-30")

    assert files.only_reasons(read, "attendance.csv", content) == (
        'session_date: "2025-02-30" is not a day of the calendar.',
    )
