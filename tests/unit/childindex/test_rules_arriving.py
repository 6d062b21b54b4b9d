"""What becomes of a record on its arrival: never a brother's or sister's by itself, and never the nearer of two."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex import rules
from joinedup.processes.childindex.rules import Arrival, Doubt, Likeness

LIMITS = rules.Limits(link=8.0, margin=4.0, review=-3.0)
SURE = Likeness(child="ada", weight=20.0)

likenesses = st.builds(
    Likeness,
    child=st.sampled_from("abcd"),
    weight=st.floats(-20, 40).map(lambda bits: round(bits, 2)),
    is_kin=st.booleans(),
    is_thin=st.booleans(),
    is_torn=st.booleans(),
    shares_number=st.booleans(),
    given_name=st.sampled_from(["", "same", "known_as", "typo", "two_names", "different"]),
    birth_date=st.sampled_from(["", "same", "near", "month", "different"]),
    home=st.sampled_from(["", "same", "district", "different"]),
)
many = st.lists(likenesses, max_size=8)


def test_a_record_that_is_like_one_child_alone_is_linked():
    assert rules.decide([SURE], LIMITS) == rules.Decided(decision=Arrival.LINK, child="ada")


def test_a_record_that_is_like_nobody_is_a_new_child():
    assert rules.decide([], LIMITS).decision is Arrival.NEW
    assert rules.decide([dataclasses.replace(SURE, weight=-3.5)], LIMITS).decision is Arrival.NEW


def test_what_looks_like_a_sister_is_asked_about_however_much_it_weighs():
    sister = dataclasses.replace(SURE, is_kin=True, weight=90.0)

    assert rules.decide([sister], LIMITS) == rules.Decided(decision=Arrival.REVIEW, child="ada", doubt=Doubt.KIN)


@pytest.mark.parametrize(
    ("danger", "evidence"),
    [
        ("a sister of much the same name", {"birth_date": ""}),
        ("a twin who is called much alike", {"given_name": "known_as"}),
        ("a twin whose number was typed", {"given_name": "different", "shares_number": True}),
        ("a brother whose number was typed", {"birth_date": "different", "shares_number": True}),
        ("a twin, where no name is given", {"given_name": ""}),
    ],
)
def test_what_may_be_a_brother_s_or_sister_s_is_asked_about(danger, evidence):
    assert rules.decide([dataclasses.replace(SURE, **evidence)], LIMITS).doubt is Doubt.UNCLEAR, danger


def test_another_form_of_the_name_is_clear_where_no_twin_can_be_meant():
    elsewhere = dataclasses.replace(SURE, given_name="known_as", home="different")
    numbered = dataclasses.replace(SURE, given_name="known_as", shares_number=True)

    assert rules.decide([elsewhere], LIMITS).decision is Arrival.LINK
    assert rules.decide([numbered], LIMITS).decision is Arrival.LINK


def test_a_second_child_who_comes_near_stands_in_the_way():
    near = Likeness(child="bo", weight=16.5)
    far = Likeness(child="bo", weight=15.5)

    assert rules.decide([SURE, near], LIMITS).doubt is Doubt.RIVAL
    assert rules.decide([SURE, far], LIMITS).decision is Arrival.LINK


def test_further_records_of_the_same_child_are_no_rivals():
    assert rules.decide([SURE, SURE, dataclasses.replace(SURE, weight=19.0)], LIMITS).decision is Arrival.LINK


@given(many, st.randoms())
def test_the_order_in_which_records_are_met_decides_nothing(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert rules.decide(shuffled, LIMITS) == rules.decide(found, LIMITS)


@given(many, likenesses)
def test_another_child_who_is_like_it_never_makes_a_record_surer(found, other):
    before = rules.decide(found, LIMITS)
    after = rules.decide([*found, dataclasses.replace(other, child="another")], LIMITS)

    if after.decision is Arrival.LINK and after.child != "another":
        assert before == after


@given(many, st.floats(0, 10), st.floats(0, 10))
def test_a_stricter_rule_links_nothing_that_a_laxer_one_does_not(found, more_link, more_margin):
    stricter = rules.Limits(link=LIMITS.link + more_link, margin=LIMITS.margin + more_margin, review=LIMITS.review)

    if rules.decide(found, stricter).decision is Arrival.LINK:
        assert rules.decide(found, LIMITS) == rules.decide(found, stricter)


@given(many)
def test_nothing_is_linked_that_may_be_kin_or_tells_too_little(found):
    decided = rules.decide(found, LIMITS)

    if decided.decision is Arrival.LINK:
        best = max((each for each in found if each.child == decided.child), key=lambda each: each.weight)
        assert best.weight >= LIMITS.link
        assert any(
            each.weight == best.weight and not (each.is_kin or each.is_thin or each.is_torn)
            for each in found
            if each.child == decided.child
        )
    assert (decided.decision is Arrival.REVIEW) == (decided.doubt is not Doubt.NONE)
