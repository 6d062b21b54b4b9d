"""Rules of casework: each cell of the table of transfers, and the order of what is owed."""

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.casework import rules
from tests.architecture import tree

STATES = (None, *rules.Transfer)
FILLED = {
    (None, "offer"): ("offered", "giving"),
    ("offered", "accept"): ("accepted", "receiving"),
    ("offered", "decline"): ("declined", "receiving"),
    ("offered", "withdraw"): ("withdrawn", "giving"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", list(rules.TransferAct))
def test_each_cell_of_the_table_is_as_it_is_written_down(state, act):
    expected = FILLED.get((state, act))
    if expected is None:
        with pytest.raises(rules.NotInState):
            rules.move(state, act)
    else:
        found = rules.move(state, act)
        assert (found.to, found.by) == expected


def test_the_reference_shows_the_table():
    page = (tree.DOCS / "reference" / "transfers.md").read_text(encoding="utf-8")

    assert rules.as_markdown() in page


def test_every_act_needs_an_action_of_the_matrix():
    from joinedup.governance.agreements import queries as agreements_queries

    assert set(rules.ACTIONS.values()) <= {word.code for word in agreements_queries.get_matrix().actions}


def owed(due_on: datetime.date | None) -> rules.Owed:
    return rules.Owed(
        kind=rules.Owes.ACTION,
        child_id=uuid.UUID(int=1),
        number="",
        episode_id=uuid.UUID(int=2),
        item_id=uuid.uuid4(),
        words="",
        due_on=due_on,
    )


@given(st.lists(st.none() | st.dates(), max_size=12))
def test_what_is_most_overdue_comes_first_and_what_has_no_day_last(days):
    ordered = [one.due_on or datetime.date.max for one in rules.in_order(owed(day) for day in days)]

    assert ordered == sorted(ordered)


def test_nothing_is_late_on_the_day_it_is_due():
    day = datetime.date(2026, 10, 5)

    assert not owed(day).is_late(on=day)
    assert owed(day).is_late(on=day + datetime.timedelta(days=1))
    assert not owed(None).is_late(on=day)


@pytest.mark.parametrize("words", ["", "  ", "ok", " \n a "])
def test_words_that_say_nothing_are_asked_for_again(words):
    with pytest.raises(rules.SayMore):
        rules.check_said(words)
