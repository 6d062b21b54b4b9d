"""Tables as people bring them: what can be read is, and what cannot be is said in words."""

import datetime
import decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import records
from joinedup.processes.childindex.linkage.by_itself import dates, numbers, tables

NHS = "9434765919"
OTHER_NHS = "9876543210"


def columns(**named):
    return pa.table({"unique_id": list(range(1, 1 + len(next(iter(named.values()))))), **named})


def read(**named):
    return tables.prepare(columns(**named))


def values(prepared, field):
    return records.conform(prepared.records).column(field).to_pylist()


def read_dates(written):
    column, notes = dates.read(pa.array(written), "dob")
    return column.to_pylist(), notes


# ---------------------------------------------------------------- which columns


def test_columns_are_known_under_the_names_that_people_give_them():
    prepared = read(
        **{"First Name": ["Aliyah"], "LAST_NAME": ["Khan"], "Date of birth": ["03/09/2015"], "Gender": ["f"]}
    )

    assert values(prepared, "given_name") == ["Aliyah"]
    assert values(prepared, "birth_date") == [datetime.date(2015, 9, 3)]
    assert values(prepared, "sex") == ["F"]
    assert any("First Name is read as forename" in note for note in prepared.notes)


def test_absent_columns_are_named_and_the_rest_is_read():
    prepared = read(forename=["Tom"])

    assert values(prepared, "given_name") == ["Tom"]
    assert any("no column agency, surname, dob, sex, postcode, nhs_number, upn" in note for note in prepared.notes)


def test_an_empty_column_is_said_to_be_empty():
    prepared = read(forename=["Tom"], postcode=pa.nulls(1))

    assert any("postcode is empty" in note for note in prepared.notes)


def test_a_column_of_a_type_that_holds_no_text_is_left_out_in_words():
    prepared = read(forename=pa.array([["Tom", "Thomas"]]), surname=["Hale"])

    assert "given_name" not in prepared.records.column_names
    assert any("forename holds list" in note for note in prepared.notes)


def test_other_columns_are_carried_through():
    prepared = read(forename=["Tom"], case_number=[77], middle_names=["Jo"])

    assert prepared.other.column_names == ["case_number", "middle_names"]
    assert values(prepared, "middle_names") == ["Jo"]


# ---------------------------------------------------------------- unique ids


def test_a_unique_id_that_comes_twice_is_refused_with_examples():
    with pytest.raises(tables.NotLinkable, match="2 values of unique_id come more than once, such as A, C"):
        tables.prepare(pa.table({"unique_id": ["A", "B", "A", "C", "C"], "forename": ["x"] * 5}))


def test_a_unique_id_that_is_missing_is_refused_with_its_row():
    with pytest.raises(tables.NotLinkable, match="1 records have no unique_id, such as row 2"):
        tables.prepare(pa.table({"unique_id": ["A", None]}))


def test_without_a_unique_id_rows_are_numbered():
    prepared = tables.prepare(pa.table({"forename": ["Tom", "Ann"]}))

    assert prepared.ids.to_pylist() == [1, 2]
    assert any("rows are numbered" in note for note in prepared.notes)


@given(ids=st.permutations(["b", "a", "10", "9"]))
def test_the_order_of_rows_does_not_matter(ids):
    table = pa.table({"unique_id": ids, "forename": [f"name {each}" for each in ids]})

    prepared = tables.prepare(table)

    assert values(prepared, "given_name") == [f"name {each}" for each in sorted(ids)]
    assert [prepared.ids[int(place)].as_py() for place in prepared.place] == ids


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "written",
    [
        "2015-09-03", "2015-9-3", "2015-09-03T00:00:00", "2015-09-03 00:00:00", "03/09/2015", "3.9.2015", "03-09-2015",
        "20150903", "20150903.0", "2015/09/03", "3 Sep 2015", "03-SEP-2015", "3 September 2015", " 03/09/2015 00:00 ",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(written):
    assert read_dates([written]) == ([datetime.date(2015, 9, 3)], [])


def test_dates_and_times_of_a_database_are_dates():
    moment = datetime.datetime(2015, 9, 3, 7, 30, tzinfo=datetime.UTC)

    assert read_dates([moment])[0] == [datetime.date(2015, 9, 3)]
    assert read_dates([20150903])[0] == [datetime.date(2015, 9, 3)]


def test_a_column_that_can_only_be_month_first_is_read_so_and_said():
    found, notes = read_dates(["09/03/2015", "12/31/2014"])

    assert found == [datetime.date(2015, 9, 3), datetime.date(2014, 12, 31)]
    assert "month first" in notes[0]


def test_what_is_no_date_counts_as_not_said_with_an_example():
    found, notes = read_dates(["31/02/2015", "03/09/2015", "not known", "", None])

    assert found == [None, datetime.date(2015, 9, 3), None, None, None]
    assert notes == ["2 values of dob are no date, such as '31/02/2015'; they count as not said."]


def test_a_column_that_holds_no_dates_is_left_out_in_words():
    column, notes = dates.read(pa.array([True]), "dob")

    assert column.to_pylist() == [None]
    assert "cannot be read as dates" in notes[0]


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    "column",
    [
        pa.array([NHS]),
        pa.array(["943 476 5919"]),
        pa.array(["943-476-5919"]),
        pa.array(["9434765919.0"]),
        pa.array([9434765919]),
        pa.array([9434765919.0]),
        pa.array([decimal.Decimal(9434765919)]),
        pa.array([NHS], pa.large_string()),
    ],
    ids=lambda column: str(column.type),
)
def test_an_nhs_number_is_read_however_it_is_kept(column):
    found = numbers.nhs(column, "nhs_number")

    assert (found.number.to_pylist(), found.valid.to_pylist(), found.notes) == ([NHS], [True], [])


def test_a_wrong_check_digit_is_kept_but_holds_nothing_apart():
    found = numbers.nhs(pa.array(["9434765918", None, NHS]), "nhs_number")

    assert found.number.to_pylist() == ["9434765918", None, NHS]
    assert found.valid.to_pylist() == [False, False, True]


def test_what_systems_write_for_no_number_is_left_out():
    found = numbers.nhs(pa.array(["0000000000", "9999999999", "n/a", "12345", ""]), "nhs_number")

    assert found.number.null_count == 5
    assert "4 values of nhs_number are not ten digits, such as '0000000000'" in found.notes[0]


def test_a_column_of_no_numbers_is_left_out_in_words():
    found = numbers.nhs(pa.array([[1]]), "nhs_number")

    assert found.number.to_pylist() == [None]
    assert "no numbers" in found.notes[0]


@given(digits=st.text("0123456789", min_size=10, max_size=10))
def test_an_nhs_number_is_valid_where_the_rule_for_one_says_so(digits):
    found = numbers.nhs(pa.array([digits]), "nhs_number")

    assert found.valid.to_pylist() == [text.nhs_number(digits) is not None]


@given(number=st.from_regex(r"[A-Z][0-9]{11}[0-9A-Z]", fullmatch=True), right=st.booleans())
def test_a_pupil_number_is_kept_where_the_rule_for_one_allows_it(number, right):
    if right and number[-1] not in "IOS":
        number = text.upn_check_letter(number[1:]) + number[1:]

    found = numbers.upn(pa.array([f" {number.lower()} "]), "upn")

    assert found.number.to_pylist() == [text.upn(number)]


def test_an_nhs_number_with_a_right_check_digit_counts_as_verified_unless_the_table_says_otherwise():
    told = read(nhs_number=[NHS, OTHER_NHS, NHS], nhs_number_verified=[True, False, None])

    assert values(read(nhs_number=[NHS, "9434765918"]), "nhs_number_verified") == [True, False]
    assert values(told, "nhs_number_verified") == [True, False, True]


def test_former_numbers_are_read_beside_the_present_ones():
    prepared = read(nhs_number=[NHS, NHS], former_nhs_number=[None, OTHER_NHS])

    assert values(prepared, "former_nhs_numbers") == [[], [OTHER_NHS]]
