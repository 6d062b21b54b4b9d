"""Dates, ages and numbers read as people say them."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.web import words


def test_a_day_is_written_in_full():
    assert words.day(date(2026, 3, 3)) == "3 March 2026"


def test_a_day_that_is_not_known_says_so():
    assert words.day(None) == "not known"


def test_a_moment_has_the_time_of_day():
    assert words.moment(datetime.datetime(2026, 3, 3, 9, 5, tzinfo=datetime.UTC)) == "3 March 2026 at 09:05"


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2026, 3, 3), "0 days"),
        (date(2026, 3, 2), "1 day"),
        (date(2026, 2, 17), "2 weeks"),
        (date(2025, 12, 3), "3 months"),
        (date(2024, 4, 1), "23 months"),
        (date(2024, 3, 3), "2 years"),
        (date(2022, 11, 17), "3 years 3 months"),
        (date(2021, 3, 4), "4 years 11 months"),
        (date(2021, 3, 3), "5 years"),
        (date(2008, 3, 4), "17 years"),
        (date(2026, 3, 4), "not born yet"),
        (None, "age not known"),
    ],
)
def test_an_age_has_months_under_five(born, age):
    assert words.age(born, date(2026, 3, 3)) == age


@given(born=st.dates(date(2000, 1, 1), date(2030, 1, 1)), days=st.integers(0, 9000))
def test_years_of_age_change_on_the_birthday(born, days):
    on = born + datetime.timedelta(days=days)
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    if years >= 5:
        assert words.age(born, on) == f"{years} years"


def test_an_nhs_number_is_grouped_three_three_four():
    assert words.nhs_number("9434765919") == "943 476 5919"


def test_a_child_number_is_grouped_by_three():
    assert words.child_number("7K3M9Q2XR") == "7K3 M9Q 2XR"


@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", max_size=14))
def test_grouping_loses_no_symbol(text):
    assert words.nhs_number(text).replace(" ", "") == text
    assert words.child_number(text).replace(" ", "") == text


@pytest.mark.parametrize(("value", "text"), [(0, "0 children"), (1, "1 child"), (2031, "2,031 children")])
def test_a_count_agrees_with_its_noun(value, text):
    assert words.count(value, "child", "children") == text


def test_odds_are_said_so_that_what_they_are_of_can_follow():
    assert words.odds_of("About even odds") == "About even odds of"
    assert words.odds_of("Odds of about 8 to 1 for") == "Odds of about 8 to 1 for"
