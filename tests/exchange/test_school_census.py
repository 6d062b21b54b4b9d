import datetime

import pytest

from joinedup.delivery.records.rules import InvolvementKind, Level
from joinedup.exchange.opening import formats
from joinedup.exchange.school_census import read, rules, schema, write
from tests.exchange import files

TERMS = {
    "2024_autumn_addressesoffroll": ("addresses_offroll", 1698),
    "2024_autumn_pupilnolongeronroll": ("leavers", 308),
    "2024_autumn_pupilonroll": ("onroll", 9088),
    "2024_autumn_termlyexclusionsoffroll": ("exclusions_offroll", 318),
    "2024_autumn_termlyexclusionsonroll": ("exclusions_onroll", 10373),
    "2025_spring_pupilnolongeronroll": ("leavers", 375),
    "2025_spring_pupilonroll": ("onroll", 9498),
    "2025_spring_senneeds": ("sen_needs", 16954),
}
BORN = datetime.date(2012, 1, 21)
ENTERED = datetime.date(2023, 9, 4)
LEFT = datetime.date(2024, 12, 3)
PUPIL = schema.OnRoll(
    pupil_id="0002e817-8ca",
    school_code="SCH7",
    birth_date=BORN,
    family_name="O'Neill-Ødegård",
    given_name="Zoë",
    middle_names="Ann, Mary",
    former_family_name="Smith",
    upn="A123456789012",
    sex="F",
    entry_date=ENTERED,
)
LEAVER = schema.NoLongerOnRoll(
    pupil_id="0002e817-8ca",
    school_code="SCH7",
    birth_date=BORN,
    family_name="Li",
    entry_date=ENTERED,
    leaving_date=LEFT,
)
EXCLUSION = schema.ExclusionOnRoll(
    pupil_id="p1", school_code="SCH7", record_id="e1", start_date=LEFT, category="FIXD", reason1="PP"
)
ROWS = {
    "2024_autumn_pupilonroll.csv": [PUPIL, schema.OnRoll(pupil_id="p2")],
    "2024_autumn_pupilnolongeronroll.csv": [LEAVER],
    "2024_autumn_termlyexclusionsonroll.csv": [EXCLUSION],
    "2024_autumn_termlyexclusionsoffroll.csv": [schema.ExclusionOffRoll(pupil_id="p", record_id="e", start_date=LEFT)],
    "2024_autumn_addressesonroll.csv": [schema.AddressOnRoll(pupil_id="p1", record_id="a1", postcode="NG1 5FT")],
    "2024_autumn_addressesoffroll.csv": [schema.AddressOffRoll(pupil_id="p1", record_id="a1", postcode="NG1 5FT")],
    "2025_spring_senneeds.csv": [schema.SenNeed(pupil_id="p1", record_id="s1", sentype="73e987da")],
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_written_reads_back_the_same_and_writes_the_same_bytes(name):
    content = files.written(write, ROWS[name])

    rows = files.read_back(read, schema, name, content)

    assert rows == ROWS[name]
    assert files.written(write, rows) == content


def test_the_columns_are_those_of_the_published_samples():
    for stem, (code, _rows) in TERMS.items():
        heading = (files.SMALL / "school_census" / f"{stem}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        table = next(table for table in schema.TABLES if table.code == code)
        assert set(heading) <= set(table.column_names)


@pytest.mark.parametrize("stem", TERMS)
def test_every_row_of_the_samples_is_taken(stem):
    table, taken, refused, _columns = files.counts(read, files.SMALL / "school_census" / f"{stem}.csv")

    assert (table, taken, refused) == (TERMS[stem][0], 12, 0)


@pytest.mark.skipif(not files.FULL.exists(), reason="the full fixtures are not beside this repository")
@pytest.mark.parametrize("stem", TERMS)
def test_every_row_of_both_terms_is_taken_unchanged(stem):
    table, taken, refused, _columns = files.counts(read, files.FULL / "school_census" / f"{stem}.csv.gz")

    assert (table, taken, refused) == (*TERMS[stem], 0)


def test_a_pupil_on_roll_says_who_they_are_and_which_school_they_go_to():
    content = files.written(write, [PUPIL])

    reading = files.only_reading(read, "2024_autumn_pupilonroll.csv", content)

    assert (reading.scheme, reading.local_id) == ("pupil", "0002e817-8ca")
    assert reading.message_key == "2024_autumn|onroll|0002e817-8ca"
    assert (reading.identity.given_name, reading.identity.family_name) == ("Zoë", "O'Neill-Ødegård")
    assert (reading.identity.birth_date, reading.identity.sex) == (BORN, "F")
    (school,) = reading.involvements
    assert (school.kind, school.level, school.team_code) == (InvolvementKind.SCHOOL, Level.UNIVERSAL, "SCH7")
    assert (school.started_date, school.ended_date, school.answers) == (ENTERED, None, False)


def test_a_pupil_number_with_a_wrong_check_letter_is_left_out_and_the_pupil_is_kept():
    content = files.written(write, [PUPIL]).replace(b"A123456789012", b"B123456789012")

    reading = files.only_reading(read, "2024_autumn_pupilonroll.csv", content)

    assert reading.identity.upn == ""
    assert reading.notes == ("The UPN was left out: its check letter is wrong.",)


def test_a_leaver_is_no_longer_on_the_roll():
    content = files.written(write, [LEAVER])

    reading = files.only_reading(read, "2024_autumn_pupilnolongeronroll.csv", content)

    assert reading.involvements[0].ended_date == LEFT
    assert [entry.words for entry in reading.chronology] == ["Joined a school's roll", "Left a school's roll"]


def test_a_leaver_without_a_date_of_leaving_does_not_look_like_a_pupil_on_roll():
    content = files.written(write, [schema.NoLongerOnRoll(pupil_id="p1", school_code="SCH7", entry_date=ENTERED)])

    reading = files.only_reading(read, "2024_autumn_pupilnolongeronroll.csv", content)

    assert reading.involvements == ()
    assert reading.notes == ("leavingdate is empty, so the roll they left is not dated.",)


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("FIXD", "Suspended from school"),
        ("PERM", "Permanently excluded from school"),
        ("LNCH", "Suspended from school over lunchtime"),
        ("????", "Suspended or excluded from school"),
    ],
)
def test_a_suspension_is_told_by_its_kind_and_day_and_never_by_its_reason(category, words):
    row = schema.ExclusionOnRoll(pupil_id="p1", record_id="e1", start_date=LEFT, category=category, reason1="PP")

    reading = files.only_reading(read, "2024_autumn_termlyexclusionsonroll.csv", files.written(write, [row]))

    assert reading.local_id == "p1"
    assert [(entry.words, entry.happened_date) for entry in reading.chronology] == [(words, LEFT)]
    assert "PP" not in repr(reading)


def test_a_special_educational_need_is_told_on_census_day_without_its_name():
    content = files.written(write, ROWS["2025_spring_senneeds.csv"])

    reading = files.only_reading(read, "2025_spring_senneeds.csv", content)

    (entry,) = reading.chronology
    assert (entry.words, entry.happened_date) == ("Additional support recorded at school", datetime.date(2025, 1, 16))
    assert "73e987da" not in repr(reading)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024_autumn_x.csv", datetime.date(2024, 10, 3)),
        ("2025_spring_x.csv", datetime.date(2025, 1, 16)),
        ("2025_summer_x.csv", datetime.date(2025, 5, 15)),
        ("x.csv", None),
    ],
)
def test_census_day_is_known_from_the_name_of_the_file(name, day):
    assert rules.census_date(formats.Context.of(name, on=files.ON)) == day


def test_a_refusal_names_the_line_and_the_column():
    content = files.written(write, [EXCLUSION, EXCLUSION]).replace(b"2024-Dec-03 00:00:00", b"2024-Feb-31", 1)

    readings, refusals = files.outcomes(read, "2024_autumn_termlyexclusionsonroll.csv", content)

    assert len(readings) == 1
    assert [(one.place.line_number, one.reasons) for one in refusals] == [
        (2, ('startdate: "2024-Feb-31" is not a day of the calendar.',))
    ]


def test_an_older_file_that_says_gender_is_taken():
    content = files.written(write, [PUPIL]).replace(b",sex,", b",gender,")

    assert files.only_reading(read, "2022_autumn_pupilonroll.csv", content).identity.sex == "F"
