"""What a person remembers of a child: kept as it was typed, understood as it was meant, refused where it says nothing."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation import ids, text
from joinedup.processes.childindex import rules

#: What can be kept at all: a NUL and half a surrogate pair cannot, and are left out (see the looking tests).
typed = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
criteria = st.builds(
    rules.Criteria,
    name=st.text(typed, max_size=60),
    birth_date=st.none() | st.dates(),
    number=st.text(typed, max_size=20),
    postcode=st.text(typed, max_size=12),
    age_band=st.sampled_from(list(rules.AgeBand)),
)


@given(criteria)
def test_a_search_that_was_kept_is_the_search_that_was_typed(asked):
    assert rules.Criteria.of_json(asked.as_json()) == asked


@given(criteria)
def test_whatever_is_typed_is_understood_or_left_out_and_never_fails(asked):
    assert len(asked.words()) <= 6
    assert all(len(word) > 1 for word in asked.words())
    for read, form in [
        (asked.nhs_number(), text.nhs_number),
        (asked.upn(), text.upn),
        (asked.child_number(), ids.child_number),
        (asked.standard_postcode(), text.postcode),
    ]:
        assert read is None or form(read) == read


@pytest.mark.parametrize(
    "empty",
    [
        rules.Criteria(),
        rules.Criteria(name=" - "),
        rules.Criteria(name="a"),
        rules.Criteria(age_band=rules.AgeBand.PRIMARY),
    ],
)
def test_a_search_that_would_find_anyone_is_refused(empty):
    with pytest.raises(rules.EmptyCriteria):
        empty.check()


@pytest.mark.parametrize(
    "enough",
    [
        rules.Criteria(name="Bo"),
        rules.Criteria(birth_date=datetime.date(2014, 3, 9)),
        rules.Criteria(number="943 476 5919"),
        rules.Criteria(postcode="NG1"),
    ],
)
def test_one_thing_that_is_remembered_is_enough(enough):
    enough.check()


def test_every_age_from_birth_to_twenty_five_lies_in_one_band():
    bands = [band.years() for band in rules.AgeBand if band is not rules.AgeBand.ANY]

    for age in range(26):
        assert sum(youngest <= age <= oldest for youngest, oldest in bands) == 1
    assert rules.AgeBand.ANY.years()[0] == 0
