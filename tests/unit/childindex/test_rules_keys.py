"""By what a child is found: every name, number, date and postcode a record states, and spellings one slip away."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from joinedup.delivery.records import rules as records_rules
from joinedup.processes.childindex import rules

LETTERS = "abcdefghijklmnopqrstuvwxyz"
words = st.text(LETTERS, min_size=3, max_size=14)
names = st.text(max_size=40)
numbers = st.from_regex(r"\A[0-9]{10}\Z")


def shares(one, other):
    return bool(rules.spellings_of(one) & rules.spellings_of(other))


@given(words, st.data())
def test_a_word_with_a_letter_missing_meets_the_word(word, data):
    place = data.draw(st.integers(0, len(word) - 1))

    assert shares(word, word[:place] + word[place + 1 :])


@given(words, st.data(), st.sampled_from(LETTERS))
def test_a_word_with_a_letter_too_many_meets_the_word(word, data, extra):
    place = data.draw(st.integers(0, len(word)))

    assert shares(word, word[:place] + extra + word[place:])


@given(words, st.data(), st.sampled_from(LETTERS))
def test_a_word_with_a_wrong_letter_meets_the_word(word, data, wrong):
    place = data.draw(st.integers(0, len(word) - 1))

    assert shares(word, word[:place] + wrong + word[place + 1 :])


@given(words, st.data())
def test_a_word_with_two_neighbours_exchanged_meets_the_word(word, data):
    place = data.draw(st.integers(0, len(word) - 2))

    assert shares(word, word[:place] + word[place + 1] + word[place] + word[place + 2 :])


@given(st.text(LETTERS, min_size=7, max_size=24), st.data())
def test_a_long_word_with_two_letters_missing_meets_the_word(word, data):
    first = data.draw(st.integers(0, len(word) - 1))
    once = word[:first] + word[first + 1 :]
    second = data.draw(st.integers(0, len(once) - 1))

    assert once[:second] + once[second + 1 :] in rules.spellings_of(word)


@given(st.text(LETTERS, min_size=1, max_size=78))
def test_no_word_fills_the_index_with_spellings(word):
    spellings = rules.spellings_of(word)

    assert word in spellings
    assert len(spellings) <= 1 + 24 + 24 * 23 // 2
    assert all(len(word) - 2 <= len(spelling) <= len(word) for spelling in spellings)


def test_a_code_has_one_spelling():
    assert rules.spellings_of("ng15ft") == {"ng15ft"}


@given(names, names, names, names, names)
def test_every_word_of_every_name_is_a_key(given_name, middle, family, preferred, former):
    identity = records_rules.Identity(
        given_name=given_name,
        middle_names=middle,
        family_name=family,
        preferred_name=preferred,
        former_family_name=former,
    )

    found = rules.words_of(identity)

    assert len(set(found)) == len(found)
    assert all(1 < len(word) <= 78 for word in found)
    assert rules.keys_of(identity) == {f"n:{word}" for word in found}
    assert all(len(key) <= 80 for key in rules.keys_of(identity))


def test_both_parts_of_a_double_barrelled_name_lead_to_the_child():
    keys = rules.keys_of(records_rules.Identity(given_name="Anne-Marie", family_name="O'Néill–Khan"))

    assert keys == {"n:anne", "n:marie", "n:oneill", "n:khan"}


@given(numbers, st.lists(numbers, max_size=3), st.dates(), st.booleans())
def test_present_and_former_numbers_lead_to_the_child(number, former, born, said):
    identity = records_rules.Identity(
        nhs_number=number,
        former_nhs_numbers=tuple(former),
        upn="A123456789012",
        former_upn="B123456789012" if said else "",
        birth_date=born if said else None,
        postcode="NG1 5FT" if said else "",
    )

    keys = rules.keys_of(identity)

    assert {f"h:{each}" for each in (number, *former)} <= keys
    assert "u:A123456789012" in keys
    assert (f"d:{born.isoformat()}" in keys) == said
    assert ("p:NG15FT" in keys) == ("u:B123456789012" in keys) == said


@given(st.text("abcdefghi", min_size=79, max_size=200))
def test_words_too_long_to_keep_are_cut_to_one_key(word):
    identity = records_rules.Identity(given_name=word, family_name=word[:78] + "zzz")

    assert rules.words_of(identity) == (word[:78],)


def test_an_identity_that_says_nothing_has_no_key():
    assert rules.keys_of(records_rules.Identity()) == frozenset()
    assert rules.keys_of(records_rules.Identity(birth_date=datetime.date(2015, 1, 1))) == {"d:2015-01-01"}
