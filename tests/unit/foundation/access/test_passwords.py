"""What is left of a password without the words that everyone at a place would guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.access import rules

WORDS = ("joinedup", "children", "Northshire", "trust", "it")


@pytest.mark.parametrize(
    ("password", "left"),
    [
        ("Northshire2026!", 0),
        ("joinedup-children-trust", 0),
        ("childrenofnorthshire", 2),
        ("seven copper owls sing", 19),
        ("itinerant lanterns", 17),  # a word of two letters counts for nothing
    ],
)
def test_words_of_the_place_count_for_nothing(password, left):
    assert rules.own_letters(password, guessable=WORDS) == left


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=5))
def test_more_guessable_words_never_leave_more(password, words):
    assert rules.own_letters(password, guessable=words) <= rules.own_letters(password, guessable=())
