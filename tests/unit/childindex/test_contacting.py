"""A contact's child is taken apart as somebody typed it: names, address with its postcode, numbers in any order."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex import rules


def identity(**said):
    return rules.ContactSaid(**said).as_identity()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ada Lovell", ("Ada", "", "Lovell")),
        ("  Ada  Mary Lovell ", ("Ada", "Mary", "Lovell")),
        ("Lovell, Ada Mary", ("Ada", "Mary", "Lovell")),
        ("van der Berg, Bo", ("Bo", "", "van der Berg")),
        ("Ada", ("Ada", "", "")),
        ("Lovell,", ("", "", "Lovell")),
        ("", ("", "", "")),
    ],
)
def test_a_name_is_given_name_first_or_after_a_comma(typed, names):
    found = identity(names=typed)

    assert (found.given_name, found.middle_names, found.family_name) == names


@pytest.mark.parametrize(
    ("typed", "home"),
    [
        ("3 Mill Lane, NG1 5FT", ("3 Mill Lane", "NG1 5FT")),
        ("3 Mill Lane\nNottingham\nng15ft", ("3 Mill Lane, Nottingham", "NG1 5FT")),
        ("3 Mill Lane", ("3 Mill Lane", "")),
        ("NG1 5FT before, now 9 High Street LE1 1AA", ("NG1 5FT before, now 9 High Street", "LE1 1AA")),
        ("", ("", "")),
    ],
)
def test_a_postcode_is_found_in_the_address(typed, home):
    found = identity(address=typed)

    assert (found.address, found.postcode) == home


def test_numbers_are_told_apart_and_what_is_no_such_number_says_nothing():
    found = identity(numbers=("case 17", "B123456789012", "943 476 5919", "0000000000"))

    assert found.nhs_number == "9434765919"
    assert found.upn == ""


def test_nothing_said_is_nothing_said():
    assert identity(birth_date=datetime.date(2014, 3, 9)).birth_date == datetime.date(2014, 3, 9)
    assert identity() == identity(names=" ", address=" , ", numbers=("",))


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=20), max_size=4))
def test_whatever_is_typed_is_read_and_can_be_kept(names, address, numbers):
    found = identity(names=names, address=address, numbers=tuple(numbers))

    for said in (found.given_name, found.middle_names, found.family_name, found.address, found.postcode):
        assert "\0" not in said
        assert said == said.strip()
        said.encode()
