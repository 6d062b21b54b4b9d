"""Who sees what a child or parent thinks, and when an answer is late."""

import dataclasses
import datetime
import uuid

from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.participation import rules

people = st.integers(1, 4).map(lambda number: uuid.UUID(int=number))
lookers = st.builds(
    rules.Looker,
    user_id=people,
    grounds=st.frozensets(st.sampled_from("EIPLSVY")),
    reads_plan=st.booleans(),
    voice=st.none() | st.sampled_from(rules.Voice),
)
voices = st.sampled_from(rules.Voice)
named = st.builds(
    rules.Choice, voice=voices, given_by_id=people, shown_to=st.just(rules.ShownTo.NAMED), named_id=people
)
others = st.builds(
    rules.Choice,
    voice=voices,
    given_by_id=people,
    shown_to=st.sampled_from([rules.ShownTo.LEAD, rules.ShownTo.HELPERS]),
)
choices = named | others


def is_family(looker):
    return "Y" in looker.grounds


@given(choice=named, looker=lookers)
def test_what_is_for_one_person_is_seen_by_that_one_and_who_said_it(choice, looker):
    assert is_family(looker) or rules.is_shown(choice, looker) == (looker.user_id == choice.named_id)


@given(choice=choices, looker=lookers)
def test_the_family_sees_its_own_words_and_nobody_elses(choice, looker):
    if is_family(looker) and rules.is_shown(choice, looker):
        assert choice.given_by_id == looker.user_id or choice.voice is looker.voice is rules.Voice.CHILD
    if is_family(looker) and choice.given_by_id == looker.user_id:
        assert rules.is_shown(choice, looker)


@given(choice=others, looker=lookers)
def test_what_is_for_the_lead_is_seen_by_fewer_than_what_is_for_all(choice, looker):
    for_lead = dataclasses.replace(choice, shown_to=rules.ShownTo.LEAD)
    for_all = dataclasses.replace(choice, shown_to=rules.ShownTo.HELPERS)

    assert not rules.is_shown(for_lead, looker) or rules.is_shown(for_all, looker)
    assert is_family(looker) or looker.reads_plan or not rules.is_shown(for_all, looker)


@given(choice=choices, looker=lookers)
def test_only_a_lead_or_whoever_was_named_answers_and_nobody_what_they_cannot_see(choice, looker):
    if rules.may_answer(choice, looker):
        assert rules.is_shown(choice, looker)
        assert not is_family(looker)
        assert "L" in looker.grounds or choice.named_id == looker.user_id


@given(given_on=st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)), days=st.integers(0, 60))
def test_an_answer_is_late_from_the_day_after_its_last(given_on, days):
    due = rules.answer_due_on(given_on=given_on, within_days=days)

    def late(on, *, is_answered=False):
        return rules.is_answer_late(given_on=given_on, within_days=days, is_answered=is_answered, on=on)

    assert not late(due)
    assert late(due + datetime.timedelta(days=1))
    assert not late(due + datetime.timedelta(days=400), is_answered=True)
