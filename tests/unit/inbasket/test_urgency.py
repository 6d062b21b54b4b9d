"""The clocks of the in-basket: hours by colour from the profile, and the decision within one working day, whatever the colour."""

import dataclasses
import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.timescales import shipped
from joinedup.processes.inbasket import rules
from joinedup.processes.inbasket.rules import Kind, State, Urgency

ENGLAND = zoneinfo.ZoneInfo("Europe/London")
FRIDAY_NOON = datetime.datetime(2026, 10, 2, 12, 0, tzinfo=ENGLAND)
HOUR = datetime.timedelta(hours=1)

_FIRST = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
moments = st.integers(min_value=0, max_value=6 * 365 * 24 * 60).map(
    lambda n: _FIRST + n * datetime.timedelta(minutes=1)
)


def times(received_at=FRIDAY_NOON, urgency=None, set_at=None, profile=None):
    return rules.Times(
        received_at=received_at,
        profile=profile or shipped.profile(),
        calendar=shipped.calendar(),
        zone=ENGLAND,
        urgency=urgency,
        urgency_set_at=set_at,
    )


@pytest.mark.parametrize(("urgency", "hours"), [(Urgency.RED, 2), (Urgency.AMBER, 6), (Urgency.GREEN, 24)])
def test_a_colour_has_its_hours_from_when_it_was_set_nights_and_weekends_too(urgency, hours):
    set_at = FRIDAY_NOON + 3 * HOUR

    assert rules.urgency_clock(times(urgency=urgency, set_at=set_at)).at == set_at + hours * HOUR


def test_blue_and_no_colour_have_no_clock_of_their_own_but_the_decision_has():
    for urgency in (None, Urgency.BLUE):
        asked = times(urgency=urgency, set_at=None if urgency is None else FRIDAY_NOON)
        assert rules.urgency_clock(asked) is None
        assert rules.next_due_at(Kind.CONTACT, State.HELD, asked) == rules.decision_clock(asked).at


def test_the_decision_is_due_by_the_end_of_the_next_working_day():
    assert rules.decision_clock(times()).last_date == datetime.date(2026, 10, 5)


def test_hours_are_the_authoritys_own_where_its_profile_says_so_and_no_clock_runs_that_it_does_not_have():
    ours = shipped.profile()
    longer = [
        dataclasses.replace(one, most=4) if one.code == "mash_red" else one
        for one in ours.timescales
        if one.code != "mash_amber"
    ]
    theirs = dataclasses.replace(ours, timescales=tuple(longer))

    red = rules.urgency_clock(times(urgency=Urgency.RED, set_at=FRIDAY_NOON, profile=theirs))
    assert red.at == FRIDAY_NOON + 4 * HOUR
    assert rules.urgency_clock(times(urgency=Urgency.AMBER, set_at=FRIDAY_NOON, profile=theirs)) is None


@given(received_at=moments, set_at=moments)
def test_a_graver_colour_is_never_due_later_and_no_colour_puts_the_decision_off(received_at, set_at):
    dues = [
        rules.next_due_at(Kind.CONTACT, State.HELD, times(received_at, urgency, set_at))
        for urgency in (Urgency.RED, Urgency.AMBER, Urgency.GREEN, Urgency.BLUE)
    ]

    assert dues == sorted(dues)
    assert dues[-1] == rules.decision_clock(times(received_at)).at


@given(received_at=moments, urgency=st.none() | st.sampled_from(Urgency))
def test_a_clock_never_ends_before_it_begins_and_once_the_sender_knows_none_runs(received_at, urgency):
    asked = times(received_at, urgency, received_at if urgency else None)

    for kind in Kind:
        for state in rules.states_of(kind):
            due = rules.next_due_at(kind, state, asked)
            assert due is None or due > received_at
            assert due is None or state not in {State.TOLD, State.CLOSED}
    assert rules.next_due_at(Kind.INFORMATION_REQUEST, State.NEW, asked) is not None
