import datetime

import pyarrow as pa
import pytest

from joinedup.processes.childindex.linkage import aliases, identifiers, records
from tests.unit.linkage import families

BORN = datetime.date(2015, 3, 2)


def standard(*rows):
    return aliases.standardise(records.conform(families.table(list(rows)))).to_pylist()


def test_names_are_compared_without_accents_case_or_apostrophes():
    (row,) = standard({"given_name": "SIÂN", "family_name": "O'Neill-Łukasz"})

    assert (row["given"], row["family"]) == ("sian", "oneill lukasz")
    assert set(row["family_parts"]) == {"oneill", "lukasz", "oneilllukasz"}


def test_a_name_that_is_not_known_yet_is_not_a_name():
    rows = standard(
        {"given_name": "Baby Boy", "family_name": "Smith"}, {"given_name": "Unknown"}, {"given_name": "Twin 1"}
    )

    assert [row["given"] for row in rows] == [None, None, None]


def test_a_further_given_name_counts_as_a_middle_name_wherever_it_stands():
    rows = standard({"given_name": "Mary Jane"}, {"given_name": "Mary", "middle_names": "Jane"})

    assert [(row["given"], row["middle"]) for row in rows] == [("mary", "jane")] * 2


def test_servants_of_god_bear_one_name_of_two_words():
    rows = standard({"given_name": "Abdul Rahman"}, {"given_name": "Abdulrahman"}, {"given_name": "Abd-ul-Rahman"})

    assert rows[0]["given"] == rows[1]["given"] == "abdulrahman"


def test_a_title_in_the_family_names_place_is_known_as_one():
    rows = standard({"family_name": "Begum"}, {"family_name": "Kaur Singh"}, {"family_name": "Singh Gill"})

    assert [row["family_title"] for row in rows] == [True, True, False]


def test_swapped_names_have_one_key():
    rows = standard({"given_name": "Wei", "family_name": "Zhang"}, {"given_name": "Zhang", "family_name": "Wei"})

    assert rows[0]["name_key"] == rows[1]["name_key"]


def test_names_swapped_have_one_key_though_one_of_them_is_two_words():
    rows = standard({"given_name": "Zhi-Wei", "family_name": "Lee"}, {"given_name": "Lee", "family_name": "Zhi-Wei"})

    assert rows[0]["name_key"] == rows[1]["name_key"]


def test_day_and_month_in_each_others_place_have_one_key():
    rows = standard({"birth_date": BORN}, {"birth_date": datetime.date(2015, 2, 3)})

    assert rows[0]["dob_key"] == rows[1]["dob_key"]
    assert rows[0]["dob"] != rows[1]["dob"]


def test_what_an_agency_said_twice_is_one_alias():
    said = {"person_record_id": 7, "given_name": "Ada", "postcode": "ng1 5ft"}

    rows = standard(said, said | {"given_name": "ADA", "postcode": "NG1 5FT"}, said | {"postcode": "NG2 1AA"})

    assert [(row["record_id"], row["postcode"]) for row in rows] == [(0, "NG1 5FT"), (2, "NG2 1AA")]
    assert [row["sector"] for row in rows] == ["NG1 5", "NG2 1"]


def test_each_alias_carries_the_persons_numbers_and_birth_date():
    rows = standard(
        {
            "person_record_id": 7,
            "given_name": "Ada",
            "nhs_number": "9434765919",
            "nhs_number_verified": True,
            "birth_date": BORN,
        },
        {"person_record_id": 7, "given_name": "Adah"},
    )

    assert [(row["nhs"], row["nhs_verified"], row["dob"]) for row in rows] == [("9434765919", True, "2015-03-02")] * 2


def test_a_verified_number_stands_before_a_newer_one_that_is_not():
    rows = standard(
        {
            "person_record_id": 7,
            "nhs_number": "9434765919",
            "nhs_number_verified": True,
            "said_date": datetime.date(2020, 1, 1),
        },
        {"person_record_id": 7, "nhs_number": "9434765870", "said_date": datetime.date(2024, 1, 1)},
    )

    assert {row["nhs"] for row in rows} == {"9434765919"}


def test_a_replaced_number_and_the_one_that_replaced_it_are_the_same():
    rows = standard(
        {"nhs_number": "9434765919", "former_nhs_numbers": ["9434765870"], "upn": "B1", "former_upn": "A1"},
        {"nhs_number": "9434765870", "upn": "A1"},
    )

    assert rows[0]["nhs"] == rows[1]["nhs"]
    assert rows[0]["upn"] == rows[1]["upn"]


def test_numbers_replaced_in_a_row_are_one_and_a_shared_placeholder_joins_nobody():
    chain = [("C", "B"), ("B", "A")]
    placeholder = [(f"N{number}", "X") for number in range(9)]

    same = identifiers.same_numbers(chain + placeholder)

    assert {same[number] for number in "ABC"} == {"A"}
    assert "X" not in same


def test_a_permanent_number_stands_for_the_temporary_one_it_replaced():
    (row,) = standard({"upn": "Z399201222028", "former_upn": "A39920122227E"})

    assert (row["upn"], row["upn_temporary"]) == ("Z399201222028", False)


def test_na_is_a_name_among_others_but_not_known_when_alone():
    rows = standard({"given_name": "Na Ri"}, {"given_name": "N/A"})

    assert [row["given"] for row in rows] == ["na", None]


def test_one_home_is_told_from_another_by_its_numbers_and_the_street():
    rows = standard(
        {"address": "Flat 3, 12 Acacia Road"}, {"address": "flat 3 12 acacia rd"}, {"address": "Rose Cottage, Main St"}
    )

    assert [row["street"] for row in rows] == ["3 12 acacia", "3 12 acacia", None]


def test_names_and_addresses_that_come_in_rows_of_their_own_belong_together():
    rows = standard(
        {"person_record_id": 7, "given_name": "Ada", "family_name": "Elm"},
        {"person_record_id": 7, "postcode": "NG1 5FT"},
        {"person_record_id": 7, "postcode": "NG2 1AA"},
    )

    assert {(row["given"], row["family"], row["postcode"]) for row in rows} == {
        ("ada", "elm", "NG1 5FT"),
        ("ada", "elm", "NG2 1AA"),
    }


def test_a_family_name_said_twice_is_not_a_middle_name():
    (row,) = standard({"given_name": "Jasdeep Singh", "family_name": "Singh"})

    assert row["middle"] is None


def test_a_table_without_a_column_is_taken_as_not_saying_it():
    table = pa.table({"record_id": [1], "person_record_id": [1], "given_name": ["Ada"]})

    assert records.conform(table).column("upn").null_count == 1


def test_a_table_whose_records_cannot_be_told_apart_is_refused():
    with pytest.raises(records.MissingColumns, match="person_record_id"):
        records.conform(pa.table({"record_id": [1]}))
