import datetime

import pytest

from joinedup.delivery.records.rules import InvolvementKind, Level, Relative
from joinedup.exchange.csv_person_list import read, rules, schema, write
from joinedup.exchange.opening import formats
from tests.exchange import files

ROW = schema.Person(
    local_id="C100",
    given_name="Mary-Jane",
    middle_names="Anne",
    family_name="Watson",
    known_as="MJ",
    former_family_name="Parker",
    birth_date=datetime.date(2013, 10, 4),
    sex="F",
    nhs_number="9434765919",
    upn="A123456789012",
    address="3 Low Pavement, Nottingham",
    postcode="NG1 7DG",
    carer_1_name="Anna Watson",
    carer_1_relationship="aunt",
    carer_1_phone="0115 496 0003",
    key_worker="Jo Page",
    key_worker_phone="0115 496 0004",
    team_code="CIN3",
    service="Children in need, south",
    level="specialist",
    involved_from=datetime.date(2024, 5, 6),
)


def test_what_is_written_reads_back_the_same_and_writes_the_same_bytes():
    content = files.written(write, [ROW, schema.Person(local_id="C2")])

    rows = files.read_back(read, schema, "people.csv", content)

    assert rows == [ROW, schema.Person(local_id="C2")]
    assert files.written(write, rows) == content


def test_a_list_beside_the_census_names_the_children_by_the_same_case_number():
    reading = files.only_reading(read, "people.csv", files.written(write, [ROW]))

    assert (reading.scheme, reading.local_id) == ("case", "C100")
    assert (reading.identity.preferred_name, reading.identity.former_family_name) == ("MJ", "Parker")
    assert reading.relatives == (Relative(relationship="aunt", name="Anna Watson", phone="0115 496 0003"),)
    (team,) = reading.involvements
    assert (team.kind, team.level, team.answers) == (InvolvementKind.CHILD_IN_NEED, Level.SPECIALIST, True)
    assert (team.practitioner, team.phone, team.team_code) == ("Jo Page", "0115 496 0004", "CIN3")


def test_a_plain_list_of_anyones_making_is_understood():
    content = "First Name;Surname;DOB;Post code\r\nJosé;Núñez;4/10/2013;ng1 7dg\r\n".encode("cp1252")
    source = formats.Source.of_bytes("our list.csv", content)

    reading = files.only_reading(read, "our list.csv", content)

    assert read.recognise(source.head()).notes == ("The cells are parted by semicolons, not commas.",)
    assert (reading.identity.given_name, reading.identity.family_name) == ("José", "Núñez")
    assert reading.identity.birth_date == datetime.date(2013, 10, 4)
    assert reading.notes == ("The line is not UTF-8; it was read as Windows-1252.",)
    assert (reading.local_id, reading.message_key) == ("", "")


@pytest.mark.parametrize(
    ("service_type", "service", "kind"),
    [
        ("school", "", InvolvementKind.SCHOOL),
        ("Child in need", "", InvolvementKind.CHILD_IN_NEED),
        ("", "Leaving care team", InvolvementKind.LOOKED_AFTER),
        ("", "Riverside swimming club", InvolvementKind.LEISURE),
        ("", "Helping Hands", InvolvementKind.VOLUNTARY),
    ],
)
def test_what_a_service_is_to_the_child_is_told_by_its_type_or_its_name(service_type, service, kind):
    assert rules.kind_of(service_type, service) == kind


def test_a_wrong_nhs_number_is_left_out_and_the_child_is_kept():
    content = files.written(write, [ROW]).replace(b"9434765919", b"9434765918")

    reading = files.only_reading(read, "people.csv", content)

    assert reading.identity.nhs_number == ""
    assert "The NHS number was left out: its check digit is wrong." in reading.notes


def test_a_child_without_number_and_date_of_birth_cannot_be_tied_to_anyone():
    (reason,) = files.only_reasons(read, "people.csv", b"given_name,family_name,dob\nAda,King,\n")

    assert reason.startswith("The row cannot be tied to anyone")
