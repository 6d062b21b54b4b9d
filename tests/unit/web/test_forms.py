"""What is typed is judged here, by what it must be and by what stands beside it, whatever a browser let through."""

import datetime

import pytest

from joinedup.web.practitioner import forms


def birth_date(day: str, month: str, year: str) -> dict[str, str]:
    return {"birth_date-day": day, "birth_date-month": month, "birth_date-year": year, "age_band": ""}


def test_a_day_that_there_was_is_taken():
    form = forms.Find(birth_date("29", "2", "2016"))

    assert form.is_valid()
    assert form.cleaned_data["birth_date"] == datetime.date(2016, 2, 29)


@pytest.mark.parametrize(
    ("day", "month", "year", "reason"),
    [
        ("29", "2", "2015", "29 2 2015 is not a date"),
        ("31", "4", "2015", "31 4 2015 is not a date"),
        ("1", "13", "2015", "1 13 2015 is not a date"),
        ("", "2", "2015", "Date of birth must have a day"),
        ("1", "", "", "Date of birth must have a month and a year"),
        ("1", "1", "9999", "1 January 9999 lies in the future"),
        ("1", "1", "99999999999", "1 1 99999999999 is not a date"),
        ("x", "y", "z", "x y z is not a date"),
    ],
)
def test_parts_that_make_no_day_are_refused_with_the_reason(day, month, year, reason):
    assert forms.Find(birth_date(day, month, year)).errors["birth_date"] == [reason]


def test_a_number_must_be_one_of_the_three_kinds_by_its_check_digit():
    assert forms.Find({"number": "943 476 5919", "age_band": ""}).is_valid()
    assert "check its digits" in forms.Find({"number": "943 476 5918", "age_band": ""}).errors["number"][0]


@pytest.mark.parametrize(("field", "most"), [("name", 120), ("number", 40), ("postcode", 12)])
def test_more_letters_than_such_a_thing_has_are_refused(field, most):
    assert field in forms.Find({field: "x" * (most + 1), "age_band": ""}).errors


@pytest.mark.parametrize("band", ["5", "0-99", "'", "all"])
def test_an_age_is_one_of_those_offered(band):
    assert "age_band" in forms.Find({"name": "Ann", "age_band": band}).errors


def test_an_age_alone_asks_for_half_a_town_and_is_not_enough():
    assert not forms.Find({"age_band": "0-4"}).is_valid()


@pytest.mark.parametrize("reason", ["", "own_work", "because", "REFERRAL"])
def test_a_reason_is_one_of_those_offered_and_never_own_work(reason):
    assert "reason" in forms.Why({"reason": reason, "note": ""}).errors


def test_a_note_has_room_for_a_sentence_and_not_for_a_file():
    assert "note" in forms.Why({"reason": "referral", "note": "x" * 301}).errors
