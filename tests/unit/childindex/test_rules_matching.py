"""How a find explains itself: better fits come first, every reason is true, and nothing fits for no reason."""

import dataclasses
import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.processes.childindex import rules
from joinedup.processes.childindex.rules import WordKind

BORN = datetime.date(2014, 3, 9)
words = st.sampled_from(["ada", "bo", "byron", "lovell", "khan", "amelie"])
few_words = st.frozensets(words, max_size=3)
dates = st.dates(datetime.date(2006, 1, 1), datetime.date(2026, 11, 20))
kinds = st.sampled_from(list(WordKind))
candidates = st.builds(
    rules.Candidate,
    given_words=few_words,
    family_words=few_words,
    birth_dates=st.frozensets(dates, max_size=2),
    nhs_numbers=st.frozensets(st.just("9000000009"), max_size=1),
    upns=st.frozensets(st.just("A801432114001"), max_size=1),
    postcodes=st.frozensets(st.sampled_from(["NG1 5FT", "NG1 5AA", "LE1 1AA"]), max_size=2),
)
criteria = st.builds(
    rules.Criteria,
    name=st.lists(words, max_size=3).map(" ".join),
    birth_date=st.none() | dates,
    number=st.sampled_from(["", "900 000 0009", "A801432114001", "nonsense"]),
    postcode=st.sampled_from(["", "ng15ft", "nonsense"]),
)
nears = st.dictionaries(words, st.dictionaries(words, kinds, max_size=3), max_size=3)


def child(**known):
    said = {"given_words": {"ada"}, "family_words": {"lovell"}, "birth_dates": {BORN}, "postcodes": {"NG1 5FT"}} | known
    said = {"shown_words": said["given_words"] | said["family_words"]} | said
    fields = ("given_words", "family_words", "birth_dates", "nhs_numbers", "upns", "postcodes", "shown_words")
    return rules.Candidate(**{field: frozenset(said.get(field, ())) for field in fields})


def points(asked, candidate, **similar):
    same = {word: {word: WordKind.SAME} for word in asked.words()}
    match = rules.match(asked, candidate, similar=same | similar)
    assert match is not None
    return match.points


@given(criteria, candidates, nears)
def test_a_match_always_has_a_reason_and_no_reason_is_no_match(asked, candidate, similar):
    match = rules.match(asked, candidate, similar=similar)

    assert match is None or match.reasons


@given(candidates)
def test_whoever_asks_nothing_finds_nobody(candidate):
    assert rules.match(rules.Criteria(), candidate, similar={}) is None


@given(kinds, kinds)
def test_a_closer_word_is_worth_more(one, other):
    assume(one < other)
    asked = rules.Criteria(name="adda")

    closer = points(asked, child(), adda={"ada": one})

    assert closer > points(asked, child(), adda={"ada": other})


def test_the_closest_way_in_which_a_word_is_met_is_the_one_that_is_told():
    near = {"adda": {"ada": WordKind.TYPO, "lovell": WordKind.SOUND}}

    match = rules.match(rules.Criteria(name="adda"), child(), similar=near)

    assert match.reasons == ("“Ada”, spelt nearly like “Adda”",)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (BORN, "date of birth"),
        (datetime.date(2014, 9, 3), "date of birth with day and month the other way round"),
        (datetime.date(2014, 3, 10), "date of birth a day out"),
        (datetime.date(2013, 3, 9), "date of birth with one digit different"),
    ],
)
def test_a_date_of_birth_that_is_nearly_right_says_in_which_way(asked, reason):
    match = rules.match(rules.Criteria(birth_date=asked), child(), similar={})

    assert match.reasons == (reason,)


def test_the_nearer_a_date_of_birth_the_more_it_counts():
    asked = [BORN, datetime.date(2014, 9, 3), datetime.date(2014, 3, 10), datetime.date(2013, 3, 9)]
    counted = [points(rules.Criteria(birth_date=day), child()) for day in asked]

    assert counted == sorted(counted, reverse=True)
    assert len(set(counted)) == len(counted)


@given(dates)
def test_day_and_month_exchanged_twice_is_the_date_again(day):
    swapped = rules.swapped_day_and_month(day)

    if swapped is None:
        assert day.day > 12 or day.day == day.month
    else:
        assert rules.swapped_day_and_month(swapped) == day
        assert swapped != day


def test_swapped_names_are_found_and_said_and_worth_a_little_less():
    in_order, swapped = rules.Criteria(name="Ada Lovell"), rules.Criteria(name="Lovell Ada")
    same = {word: {word: WordKind.SAME} for word in ("ada", "lovell")}

    match = rules.match(swapped, child(), similar=same)

    assert "first and last name the other way round" in match.reasons
    assert match.points < rules.match(in_order, child(), similar=same).points


@given(criteria, candidates, nears)
def test_a_number_outweighs_everything_else_together(asked, candidate, similar):
    asked = dataclasses.replace(asked, number="900 000 0009")
    match = rules.match(asked, candidate, similar=similar)

    if "9000000009" in candidate.nhs_numbers:
        assert "NHS number" in match.reasons
    elif match is not None:
        assert "NHS number" not in match.reasons


def test_a_neighbour_is_told_from_whoever_lives_there():
    asked = rules.Criteria(postcode="ng1 5ft")

    assert rules.match(asked, child(), similar={}).reasons == ("postcode",)
    assert rules.match(asked, child(postcodes={"NG1 5AA"}), similar={}).reasons == ("lives, or lived, close by",)
    assert rules.match(asked, child(postcodes={"LE1 1AA"}), similar={}) is None


def test_the_name_by_which_a_child_is_shown_comes_before_an_old_one():
    shown = rules.match(rules.Criteria(name="ada lovell"), child(), similar=SAME)
    older = rules.match(rules.Criteria(name="ada lovell"), child(shown_words={"ada", "byron"}), similar=SAME)

    assert shown.points > older.points
    assert older.reasons == ("name “Ada”", "name “Lovell”, in another of the child’s names")


SAME = {word: {word: WordKind.SAME} for word in ("ada", "lovell")}
