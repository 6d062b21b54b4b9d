"""What must be said before a worry can be sent, and what is kept of it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.inbasket import rules, shipped

WORRY = "She came without a coat again and said there is no food at home"


def said(**more):
    return rules.Said(
        **{"words": WORRY, "name": "Ada Test", "consent": rules.Consent.GIVEN, "ring_back": "0100 1", **more}
    )


def test_a_worry_needs_words_a_child_and_a_number_to_ring_back():
    for missing, fault in (("words", rules.NoWords), ("name", rules.NothingOfTheChild), ("ring_back", rules.NoWayBack)):
        with pytest.raises(fault):
            said(**{missing: "  "})


@pytest.mark.parametrize("known", ["address", "number"])
def test_a_child_whose_name_nobody_knows_can_be_written_about(known):
    assert said(name="", **{known: "12 High Street"}).name == ""


def test_a_child_who_is_not_born_yet_is_written_about_by_the_day_they_are_expected():
    expected = said(name="", expected_date=datetime.date(2027, 1, 4))

    title = rules.title(expected.name, birth_date=None, expected_date=expected.expected_date)
    assert title == "A child who is expected"
    with pytest.raises(rules.BornAndExpected):
        said(birth_date=datetime.date(2020, 1, 1), expected_date=datetime.date(2027, 1, 4))


@pytest.mark.parametrize("consent", [rules.Consent.REFUSED, rules.Consent.NOT_SOUGHT])
def test_without_the_familys_consent_the_reason_is_asked_for(consent):
    with pytest.raises(rules.WhyNotAsked):
        said(consent=consent)
    assert said(consent=consent, consent_why="Asking would put her in danger").consent is consent


@given(words=st.text(min_size=1, max_size=50), name=st.text(max_size=50))
def test_what_was_typed_is_kept_as_it_was_typed_or_refused_with_what_is_missing(words, name):
    try:
        kept = said(words=words, name=name)
    except (rules.NoWords, rules.NothingOfTheChild):
        return
    assert (kept.words, kept.name) == (words, name)
    assert rules.title(name, birth_date=None, expected_date=None)


def test_the_levels_of_need_that_ship_are_four_and_each_says_its_source():
    levels = shipped.levels()

    assert [level.number for level in levels] == [1, 2, 3, 4]
    assert all(level.meaning and level.entry and level.source for level in levels)


@pytest.mark.parametrize("levels", [[], [{"level": 1}], [{"level": "x"}], "no"])
def test_levels_that_cannot_be_read_are_refused(levels):
    with pytest.raises(rules.UnreadableLevels):
        rules.read_levels({"levels": levels})
