"""Who may have a page of their own, and how an invitation stands."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.participation import rules

ON = datetime.date(2026, 3, 3)
AT = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)
moments = st.none() | st.integers(-30, 30).map(lambda days: AT + datetime.timedelta(days=days))


def test_a_child_may_have_a_page_from_the_twelfth_birthday():
    birthday = datetime.date(2014, 10, 5)

    assert rules.is_old_enough(birth_date=birthday, on=datetime.date(2026, 10, 5))
    assert not rules.is_old_enough(birth_date=birthday, on=datetime.date(2026, 10, 4))
    assert not rules.is_old_enough(birth_date=None, on=datetime.date(2026, 10, 5))


@given(birth_date=st.none() | st.dates(datetime.date(2000, 1, 1), ON), is_safe=st.booleans())
def test_a_childs_page_depends_on_age_alone_and_a_parents_on_what_was_recorded(birth_date, is_safe):
    def may(voice):
        try:
            rules.check_may_have_a_page(voice=voice, birth_date=birth_date, is_recorded_safe=is_safe, on=ON)
        except (rules.TooYoung, rules.NotRecordedSafe):
            return False
        return True

    assert may(rules.Voice.CHILD) == rules.is_old_enough(birth_date=birth_date, on=ON)
    assert may(rules.Voice.PARENT) == (is_safe and not rules.is_grown_up(birth_date=birth_date, on=ON))


@given(accepted_at=moments, withdrawn_at=moments, expires_at=moments.filter(bool))
def test_a_link_works_only_while_nothing_has_become_of_it_and_there_is_time(accepted_at, withdrawn_at, expires_at):
    stands = rules.stands(expires_at=expires_at, accepted_at=accepted_at, withdrawn_at=withdrawn_at, at=AT)

    assert (stands is rules.Standing.OPEN) == (accepted_at is None and withdrawn_at is None and expires_at > AT)
    assert (stands is rules.Standing.WITHDRAWN) == (withdrawn_at is not None)


@given(grounds=st.frozensets(st.sampled_from("NEIPLSVBY")))
def test_a_reason_or_being_family_is_no_tie_by_which_anyone_invites(grounds):
    assert rules.ties(grounds) == grounds - {"N", "Y"}


@pytest.mark.parametrize("words", ["", " ", "a", " \n"])
def test_saying_nothing_is_not_saying_something(words):
    with pytest.raises(rules.SayMore):
        rules.check_said(words)


def test_a_child_may_say_no_more_than_no():
    assert rules.check_said(" no ") == "no"
