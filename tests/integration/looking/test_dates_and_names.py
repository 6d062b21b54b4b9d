"""Whatever a name or a date, the rules of finding hold: slips meet, dates near a date meet, reasons are given."""

import datetime
import string

from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.foundation import text
from joinedup.processes.childindex import rules

words = st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=16)
names = st.text(max_size=60)
days = st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2030, 12, 31))


def candidate(*, given_words=(), family_words=(), born=()) -> rules.Candidate:
    return rules.Candidate(
        given_words=frozenset(given_words),
        family_words=frozenset(family_words),
        birth_dates=frozenset(born),
        nhs_numbers=frozenset(),
        upns=frozenset(),
        postcodes=frozenset(),
    )


@given(word=words, place=st.integers(0, 15), letter=st.sampled_from(string.ascii_lowercase))
def test_a_word_and_its_slip_share_a_spelling(word, place, letter):
    place %= len(word) - 1
    for slip in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ):
        assert rules.spellings_of(word) & rules.spellings_of(slip), slip


@given(word=words)
def test_a_word_is_one_of_its_own_spellings(word):
    assert word in rules.spellings_of(word)
    assert all(len(spelling) >= 2 for spelling in rules.spellings_of(word))


@given(day=days)
def test_exchanging_day_and_month_twice_gives_the_day_again(day):
    swapped = rules.swapped_day_and_month(day)
    if swapped is None:
        assert day.day > 12 or day.day == day.month
    else:
        assert swapped != day
        assert rules.swapped_day_and_month(swapped) == day


@given(day=days, out=st.integers(-400, 400))
def test_the_nearer_a_date_the_more_it_counts(day, out):
    asked = rules.Criteria(birth_date=day)

    exact = rules.match(asked, candidate(born=[day]), similar={})
    other = rules.match(asked, candidate(born=[day + datetime.timedelta(days=out)]), similar={})

    assert exact is not None
    assert exact.reasons == ("date of birth",)
    assert (other is not None and other.points >= exact.points) == (out == 0)


@given(day=days)
def test_dates_near_a_date_are_told_apart_in_words(day):
    near = {
        day: "date of birth",
        day + datetime.timedelta(days=1): "date of birth a day out",
        day - datetime.timedelta(days=1): "date of birth a day out",
    }
    swapped = rules.swapped_day_and_month(day)
    if swapped is not None:
        near[swapped] = "date of birth with day and month the other way round"

    for born, reason in near.items():
        fit = rules.match(rules.Criteria(birth_date=day), candidate(born=[born]), similar={})
        assert fit is not None
        assert fit.reasons == (reason,)


@given(first=words, last=words)
def test_exchanged_names_are_said_to_be_exchanged_and_count_a_little_less(first, last):
    assume(first != last)
    similar = {word: {word: rules.WordKind.SAME} for word in (first, last)}
    child = candidate(given_words=[first], family_words=[last])

    in_order = rules.match(rules.Criteria(name=f"{first} {last}"), child, similar=similar)
    swapped = rules.match(rules.Criteria(name=f"{last} {first}"), child, similar=similar)

    assert "first and last name the other way round" in swapped.reasons
    assert "first and last name the other way round" not in in_order.reasons
    assert swapped.points < in_order.points


@given(name=names)
def test_any_name_is_folded_once_and_for_all(name):
    folded = text.fold_name(name)

    assert text.fold_name(folded) == folded
    assert set(folded) <= set(string.ascii_lowercase + string.digits + " ")
    assert text.fold_name(name.upper().lower()) == text.fold_name(name.upper())


@given(name=names, number=names, postcode=names, born=st.none() | days, band=st.sampled_from(rules.AgeBand))
def test_what_is_kept_of_a_search_finds_as_what_was_typed(name, number, postcode, born, band):
    typed = rules.Criteria(name=name, number=number, postcode=postcode, birth_date=born, age_band=band)

    kept = rules.Criteria.of_json(typed.as_json())

    assert kept.words() == typed.words()
    assert (kept.birth_date, kept.age_band) == (typed.birth_date, typed.age_band)
    assert rules.Criteria.of_json(kept.as_json()) == kept
    assert "\0" not in "".join(typed.as_json().values())


@given(name=st.text(max_size=400))
def test_a_name_gives_few_words_of_bounded_length(name):
    found = rules.Criteria(name=name).words()

    assert len(found) <= 6
    assert all(2 <= len(word) <= 78 for word in found)
