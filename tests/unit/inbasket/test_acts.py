"""The one table of the in-basket: every cell is asked, nothing gets stuck, and the page in the documentation says the same."""

import itertools
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.inbasket import rules
from joinedup.processes.inbasket.rules import Act, Kind, Standing, State, Who
from tests.architecture import tree

HOME, ELSEWHERE = uuid.UUID(int=1), uuid.UUID(int=2)
ME, MY_USER, OTHER = uuid.UUID(int=3), uuid.UUID(int=4), uuid.UUID(int=5)

#: What the trade expects, written by hand and not read from the table: "who may" by the first letters of each.
HELD, ANYONE, GIVER, SENDER = "holder manager", "team manager", "giver", "sender"
_WORKED_ON = {
    "put_back": HELD,
    "hand_on": HELD,
    "give": HELD,
    "take_back": GIVER,
    "set_urgency": HELD,
    "choose_child": "holder",
    "ask": HELD,
    "split": HELD,
    "decide": HELD,
}
_CONTACT = {
    "new": {"claim": ANYONE, "hand_on": ANYONE, "give": "manager", "take_back": GIVER, "set_urgency": "manager"},
    "held": _WORKED_ON,
    "gathering": _WORKED_ON,
    "decided": {"give": HELD, "take_back": GIVER, "decide": HELD, "tell": HELD},
    "told": {"give": HELD, "take_back": GIVER, "close": HELD},
}
EXPECTED = {
    "contact": _CONTACT,
    "notification": _CONTACT,
    "information_request": {
        "new": {
            "claim": ANYONE,
            "hand_on": ANYONE,
            "give": "manager",
            "take_back": GIVER,
            "answer": ANYONE,
            "refuse": ANYONE,
            "withdraw": SENDER,
        },
        "held": {
            "put_back": "holder manager team",
            "hand_on": HELD,
            "give": HELD,
            "take_back": GIVER,
            "answer": HELD,
            "refuse": HELD,
            "withdraw": SENDER,
        },
    },
    "reply": {
        "new": {"claim": ANYONE, "give": "manager", "read": ANYONE},
        "held": {"put_back": HELD, "give": HELD, "take_back": GIVER, "read": HELD},
    },
}
CELLS = list(itertools.product(Kind, State, Act, Who))


def standing(kind: Kind, state: State, who: Who) -> Standing:
    """Return an item to which one person stands in one way alone."""
    return Standing(
        kind=kind,
        state=state,
        team_id=7,
        agency_id=HOME,
        holder_id=ME if who is Who.HOLDER else OTHER,
        giver_id=MY_USER if who is Who.GIVER else None,
        asker_ids=frozenset({MY_USER} if who is Who.SENDER else ()),
    )


def person(who: Who) -> rules.Person:
    return rules.Person(
        user_id=MY_USER,
        practitioner_id=ME,
        agency_id=HOME if who in {Who.TEAM, Who.MANAGER} else ELSEWHERE,
        team_id=7 if who is Who.TEAM else 8,
        works=True,
        is_manager=who is Who.MANAGER,
    )


@pytest.mark.parametrize(("kind", "state", "act", "who"), CELLS)
def test_each_cell_of_the_table_allows_what_the_trade_expects_and_nothing_else(kind, state, act, who):
    expected = EXPECTED[kind].get(state, {}).get(act, "").split()
    item = standing(kind, state, who)

    assert rules.relations(item, person(who)) == {who}
    if who in expected:
        rules.check(act, item, person(who))
        assert act in rules.allowed(item, person(who))
        return
    with pytest.raises(rules.NotAllowed if expected else rules.NotInState):
        rules.check(act, item, person(who))


def test_whoever_works_for_all_of_an_agency_is_of_each_of_its_teams_and_whoever_only_sends_is_of_none():
    item = standing(Kind.CONTACT, State.NEW, Who.TEAM)
    of_all = rules.Person(
        user_id=MY_USER, practitioner_id=ME, agency_id=HOME, team_id=1, works=True, is_of_whole_agency=True
    )
    sends = rules.Person(user_id=MY_USER, practitioner_id=ME, agency_id=HOME, team_id=7)

    assert rules.relations(item, of_all) == {Who.TEAM}
    assert rules.relations(item, sends) == frozenset()


@pytest.mark.parametrize("kind", Kind)
def test_from_every_state_that_can_be_reached_someone_can_bring_an_item_to_its_end(kind):
    reached, waiting, leads = {State.NEW}, [State.NEW], {}
    while waiting:
        state = waiting.pop()
        leads[state] = {
            rules.after(act, state, has_asked=asked) for act in rules.TABLE[kind][state] for asked in (False, True)
        } & set(rules.states_of(kind))
        waiting += leads[state] - reached
        reached |= leads[state]
    ends = {State.CLOSED}
    while more := {state for state in reached - ends if leads[state] & ends}:
        ends |= more

    assert reached == ends == set(rules.states_of(kind))


@pytest.mark.parametrize("kind", Kind)
def test_in_every_state_but_the_last_the_one_who_has_it_or_anyone_of_the_team_can_do_something(kind):
    for state in set(rules.states_of(kind)) - {State.CLOSED}:
        who = Who.TEAM if state is State.NEW else Who.HOLDER
        assert any(who in allowed for allowed in rules.TABLE[kind][state].values()), (kind, state)


@given(kind=st.sampled_from(Kind), acts=st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(Who)), max_size=30))
def test_whatever_is_tried_an_item_is_never_closed_before_it_is_decided_and_told(kind, acts):
    state, done = State.NEW, []
    for act, who in acts:
        if who not in rules.who_may(kind, state, act):
            continue
        state = rules.after(act, state)
        done.append(act)
        assert state in rules.states_of(kind)
    if state is State.CLOSED and kind in rules.FROM_OUTSIDE:
        assert {Act.DECIDE, Act.TELL, Act.CLOSE} <= set(done)
        assert done.index(Act.DECIDE) < done.index(Act.TELL) < done.index(Act.CLOSE) == len(done) - 1
    elif state is State.CLOSED:
        assert done[-1] in {Act.ANSWER, Act.REFUSE, Act.WITHDRAW, Act.READ}


def test_the_page_of_the_in_basket_is_what_the_table_says():
    page = tree.DOCS / "reference" / "in-basket.md"

    assert page.read_text(encoding="utf-8") == rules.as_markdown()
