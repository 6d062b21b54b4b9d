import datetime

import pytest

from joinedup.delivery.records.rules import InvolvementKind, Level
from joinedup.exchange.csv_youth_justice import read, schema, write
from tests.exchange import files

ROW = schema.Case(
    person_ref="YP9",
    case_ref="C1",
    given_name="Kai",
    family_name="Wójcik",
    known_as="K",
    birth_date=datetime.date(2010, 5, 6),
    sex="M",
    nhs_number="9434765919",
    intervention="referral_order",
    started_date=datetime.date(2025, 1, 7),
    ended_date=datetime.date(2025, 7, 7),
    case_manager="J. Hart",
    phone="0115 496 0001",
    carer_name="Ola Wójcik",
)


def test_what_is_written_reads_back_the_same_and_writes_the_same_bytes():
    content = files.written(write, [ROW])

    rows = files.read_back(read, schema, "youth_justice.csv", content)

    assert rows == [ROW]
    assert files.written(write, rows) == content


def test_a_case_says_that_it_is_open_since_when_and_whom_to_ring():
    reading = files.only_reading(read, "youth_justice.csv", files.written(write, [ROW]))

    (case,) = reading.involvements
    assert (case.kind, case.service) == (InvolvementKind.YOUTH_JUSTICE, "Youth justice service")
    assert (case.practitioner, case.phone) == ("J. Hart", "0115 496 0001")
    assert [entry.words for entry in reading.chronology] == ["Youth justice case opened", "Youth justice case closed"]
    assert (reading.local_id, reading.message_key, reading.identity.nhs_number) == ("YP9", "case|C1", "9434765919")
    assert "referral" not in repr(reading)


@pytest.mark.parametrize(
    ("intervention", "level", "answers"),
    [
        ("Prevention", Level.TARGETED, False),
        ("out of court", Level.SPECIALIST, True),
        ("something new", Level.SPECIALIST, True),
    ],
)
def test_prevention_is_an_offer_and_an_order_has_someone_who_answers(intervention, level, answers):
    row = schema.Case(
        person_ref="YP9", case_ref="C1", intervention=intervention, started_date=datetime.date(2025, 1, 7)
    )

    (case,) = files.only_reading(read, "youth_justice.csv", files.written(write, [row])).involvements

    assert (case.level, case.answers) == (level, answers)


def test_a_case_without_a_start_is_refused_naming_the_column():
    row = schema.Case(person_ref="YP9", case_ref="C1")

    assert files.only_reasons(read, "youth_justice.csv", files.written(write, [row])) == ("started_date is empty.",)
