"""Who may review whom, and what may be printed of how often looking was questioned."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.governance.assurance.rules import rates, reviewing

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
COUNCIL, POLICE = uuid.UUID(int=10), uuid.UUID(int=11)


def post(user=ONE, agency=COUNCIL, team=None) -> reviewing.Post:
    return reviewing.Post(user_id=user, agency_id=agency, team_id=team)


@pytest.mark.parametrize(
    ("reviewer", "looker", "is_outside"),
    [
        (post(ONE, POLICE), post(ONE, COUNCIL), False),  # themselves, wherever
        (post(ONE, POLICE), post(OTHER, COUNCIL), True),
        (post(ONE, COUNCIL, 1), post(OTHER, COUNCIL, 2), True),
        (post(ONE, COUNCIL, 1), post(OTHER, COUNCIL, 1), False),
        (post(ONE, COUNCIL), post(OTHER, COUNCIL, 1), False),  # a team that is not known may be the same
        (post(ONE, COUNCIL, 1), post(OTHER, COUNCIL), False),
        (post(ONE, None), post(OTHER, COUNCIL), False),
        (post(None, POLICE), post(OTHER, COUNCIL), False),
    ],
)
def test_a_reviewer_stands_outside_the_team(reviewer, looker, is_outside):
    assert reviewing.is_outside(reviewer=reviewer, looker=looker) == is_outside


def test_a_reviewer_from_inside_is_refused():
    with pytest.raises(reviewing.NotOutside):
        reviewing.check_outside(reviewer=post(), looker=post(OTHER))


def test_every_outcome_leads_to_a_state_other_than_open():
    assert reviewing.STATE_AFTER.keys() == set(reviewing.Outcome)
    assert reviewing.State.OPEN not in reviewing.STATE_AFTER.values()


@pytest.mark.parametrize(
    ("code", "group"), [("WBRI", "white"), ("APKN", "asian"), ("CHNE", "asian"), ("REFU", ""), ("NOBT", ""), ("", "")]
)
def test_a_census_code_belongs_to_one_of_five_main_groups_or_to_none(code, group):
    assert rates.main_group(code) == group


def tally(group: str, questioned: int, looks: int = 1_000) -> rates.Tally:
    return rates.Tally(group=group, looks=looks, questioned=questioned)


def test_a_rate_is_printed_of_six_or_more():
    shown = rates.published([tally("a", 6), tally("b", 20, 500), tally("c", 5), tally("d", 2)])

    assert [(rate.group, rate.questioned, rate.per_thousand) for rate in shown] == [
        ("a", 6, 6.0),
        ("b", 20, 40.0),
        ("c", None, None),
        ("d", None, None),
    ]


def test_one_small_count_alone_would_be_known_from_the_sum_so_the_next_is_left_out_with_it():
    shown = rates.published([tally("a", 6), tally("b", 20), tally("c", 5)])

    assert [rate.questioned for rate in shown] == [None, 20, None]


tallies = st.lists(
    st.builds(rates.Tally, group=st.uuids().map(str), looks=st.integers(40, 900), questioned=st.integers(0, 40)),
    max_size=6,
)


@given(tallies)
def test_no_small_count_is_ever_printed_and_none_can_be_worked_out_alone(given_tallies):
    shown = rates.published(given_tallies)

    assert all(rate.questioned is None or rate.questioned >= rates.SMALLEST_SHOWN for rate in shown)
    assert len(shown) == 1 or sum(rate.questioned is None for rate in shown) != 1
