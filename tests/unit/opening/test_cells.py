import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.delivery.records.rules import Sex
from joinedup.exchange.opening import cells, identities


@given(cell=st.text(max_size=60))
def test_words_are_one_line_of_print_and_cleaning_them_twice_changes_nothing(cell):
    words = cells.words(cell)

    assert "\n" not in words
    assert "\0" not in words
    assert words == words.strip()
    assert all(character.isprintable() or character in "\u200c\u200d" for character in words)


@given(name=st.text(st.characters(categories=["L"], max_codepoint=0x17F), min_size=1, max_size=20))
def test_a_name_encoded_twice_is_put_right(name):
    name = unicodedata.normalize("NFC", name)
    try:
        twice = name.encode().decode("cp1252")
    except UnicodeDecodeError:
        return

    assert cells.words(twice) == name or not cells.words(twice).isascii()


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("F", Sex.FEMALE), ("2", Sex.FEMALE), (" male ", Sex.MALE), ("9", Sex.UNKNOWN), ("", ""), ("X", "")],
)
def test_sex_is_read_in_letters_words_and_the_older_figures(cell, sex):
    assert cells.sex(cell) == sex


def test_what_is_put_right_or_left_out_is_said():
    notes = []

    identity = identities.identity(
        notes,
        given_name="JosÃ©",
        family_name="x" * 201,
        nhs_number="1234567890",
        upn="B123456789012",
        former_upn="?",
        postcode="nowhere",
    )

    assert (identity.given_name, identity.family_name) == ("José", "")
    assert (identity.nhs_number, identity.upn, identity.former_upn, identity.postcode) == ("", "", "", "")
    assert notes == [
        "The NHS number was left out: its check digit is wrong.",
        "The UPN was left out: its check letter is wrong.",
        "The former UPN was left out: its check letter is wrong.",
        "The postcode was left out: it is not a postcode.",
        "The given name was put right: its letters had been encoded twice.",
        "The family name was left out: it is longer than 200 characters.",
    ]


def test_numbers_are_kept_in_one_form():
    notes = []

    identity = identities.identity(notes, nhs_number="943 476 5919", postcode="ng15ft", upn="a123456789012")

    assert (identity.nhs_number, identity.postcode, identity.upn) == ("9434765919", "NG1 5FT", "A123456789012")
    assert notes == []
