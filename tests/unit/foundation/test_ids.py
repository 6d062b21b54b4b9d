"""Identifiers: a child's number survives every common slip of writing, and keys are in the order of their making."""

import itertools
import uuid

from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.foundation import ids

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
numbers = st.text(ALPHABET, min_size=8, max_size=8).map(lambda eight: eight + ids.check_symbol(eight))
places = st.integers(0, 8)


@given(numbers)
def test_a_number_with_its_check_character_is_taken_as_it_stands(number):
    assert ids.child_number(number) == number


@given(numbers, places, st.sampled_from(ALPHABET))
def test_any_one_wrong_symbol_is_found(number, place, wrong):
    assume(number[place] != wrong)

    assert ids.child_number(number[:place] + wrong + number[place + 1 :]) is None


@given(numbers, places, places)
def test_any_exchange_of_two_symbols_is_found(number, one, other):
    assume(number[one] != number[other])
    swapped = list(number)
    swapped[one], swapped[other] = swapped[other], swapped[one]

    assert ids.child_number("".join(swapped)) is None


def test_every_wrong_symbol_and_every_exchange_of_one_number_is_found():
    number = "7K3M9QX2" + ids.check_symbol("7K3M9QX2")
    wrong = [number[:at] + symbol + number[at + 1 :] for at in range(9) for symbol in ALPHABET if symbol != number[at]]
    pairs = [(one, other) for one, other in itertools.combinations(range(9), 2) if number[one] != number[other]]
    swapped = [
        "".join(number[{one: other, other: one}.get(at, at)] for at in range(9)) for one, other in pairs
    ]  # fmt: skip

    assert len(wrong) == 9 * 31
    assert [written for written in wrong + swapped if ids.child_number(written) is not None] == []


@given(numbers, st.lists(st.integers(0, 12), max_size=4), st.booleans())
def test_case_spaces_and_hyphens_do_not_matter(number, gaps, lower):
    written = number
    for gap in gaps:
        written = written[:gap] + "- "[gap % 2] + written[gap:]

    assert ids.child_number(written.lower() if lower else written) == number


@given(numbers)
def test_letters_that_look_like_digits_are_read_as_digits(number):
    assert ids.child_number(number.replace("0", "O").replace("1", "I")) == number
    assert ids.child_number(number.replace("0", "o").replace("1", "l")) == number


@given(numbers)
def test_a_number_that_is_read_aloud_in_threes_is_the_same_number(number):
    shown = ids.show_child_number(number)

    assert [len(group) for group in shown.split(" ")] == [3, 3, 3]
    assert ids.child_number(shown) == number


@given(st.text(max_size=14))
def test_nothing_else_is_a_child_number(written):
    read = ids.child_number(written)

    assert read is None or (len(read) == 9 and ids.child_number(read) == read)


def test_new_numbers_are_right_and_not_alike():
    made = [ids.new_child_number() for _ in range(2_000)]

    assert len(set(made)) == len(made)
    assert all(ids.child_number(number) == number for number in made)


def test_identifiers_are_in_the_order_of_their_making():
    made = [ids.uuid7() for _ in range(20_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_identifiers_stay_in_order_when_the_clock_is_put_back(monkeypatch):
    moments = iter([5_000_000_000_000_000_000, 4_999_000_000_000_000_000, 4_998_000_000_000_000_000])
    monkeypatch.setattr(ids.time, "time_ns", lambda: next(moments))
    monkeypatch.setattr(ids, "_last", [0, 0])

    made = [ids.uuid7() for _ in range(3)]

    assert made == sorted(made)


def test_an_identifier_is_of_version_seven_and_tells_the_millisecond(monkeypatch):
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_791_192_600_123_456_789)
    monkeypatch.setattr(ids, "_last", [0, 0])

    made = ids.uuid7()

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1_791_192_600_123
