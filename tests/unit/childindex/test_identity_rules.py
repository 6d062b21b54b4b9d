"""Rules of identity: what became of each child, and what stays together when a steward takes an act back."""

import itertools

import hypothesis
from hypothesis import strategies as st

from joinedup.processes.childindex import rules

records = st.integers(0, 7)
linked = st.dictionaries(records, st.integers(100, 104))


@hypothesis.given(before=linked, after=linked, minted=st.sets(st.integers(100, 104)))
def test_what_became_of_children_told_one_by_one_leads_from_before_to_after(before, after, minted):
    now = {child: {record for record in before if before[record] == child} for child in before.values()}

    for change in rules.changes(before, after, minted=minted - set(before.values()), redirected={}):
        assert set(change.before) == now.get(change.child, set())
        now[change.child] = set(change.after)

    assert {record: child for child, held in now.items() for record in held} == after


@hypothesis.given(same=linked)
def test_where_nothing_changed_nothing_is_told(same):
    assert list(rules.changes(same, dict(same), minted=set(), redirected={})) == []


def kinds(before, after, *, minted=(), redirected=None):
    told = rules.changes(before, after, minted=set(minted), redirected=redirected or {})
    return {change.child: (change.kind, change.other) for change in told}


def test_a_child_who_is_joined_redirects_and_the_other_gains():
    assert kinds({1: "A", 2: "B"}, {1: "A", 2: "A"}, redirected={"B": "A"}) == {
        "A": (rules.ChangeKind.LINKED, "B"),
        "B": (rules.ChangeKind.REDIRECTED, "A"),
    }


def test_a_child_who_is_parted_names_the_other_and_the_other_is_assigned():
    assert kinds({1: "A", 2: "A"}, {1: "A", 2: "C"}, minted="C") == {
        "A": (rules.ChangeKind.PARTED, "C"),
        "C": (rules.ChangeKind.ASSIGNED, "A"),
    }


def test_records_that_tell_of_nobody_any_longer_are_taken_back_and_the_last_withdraws():
    assert kinds({1: "A", 2: "A", 3: "B"}, {1: "A"}) == {
        "A": (rules.ChangeKind.TAKEN_BACK, None),
        "B": (rules.ChangeKind.WITHDRAWN, None),
    }


def test_a_withdrawn_child_whose_records_come_again_returns():
    assert kinds({}, {1: "A"}) == {"A": (rules.ChangeKind.RETURNED, None)}


def test_an_old_number_that_comes_to_lead_on_is_told_though_it_had_no_record():
    assert kinds({1: "A"}, {1: "A"}, redirected={"B": "A"})["B"] == (rules.ChangeKind.REDIRECTED, "A")


pairs = st.lists(st.tuples(records, records), max_size=6)


@hypothesis.given(staying=st.sets(records, min_size=1), leaving=st.sets(records, min_size=1), held=pairs)
def test_no_pair_that_is_held_together_falls_on_two_sides(staying, leaving, held):
    everyone = list(range(8))
    sides = rules.sides_after_undo(everyone, staying=staying, leaving=leaving - staying, held=held)

    if sides is not None:
        assert all(sides[one] == sides[other] for one, other in held)
        assert all(sides[record] == 0 for record in staying)
        assert all(sides[record] == 1 for record in leaving - staying)


def test_where_something_else_holds_the_sides_together_nothing_falls_apart():
    assert rules.sides_after_undo([1, 2, 3], staying={1}, leaving={2}, held=[(1, 3), (3, 2)]) is None


def test_what_belongs_to_neither_side_stays():
    assert rules.sides_after_undo([1, 2, 3], staying={1}, leaving={2}, held=[]) == {1: 0, 2: 1, 3: 0}


@hypothesis.given(prior=st.floats(-40, 0), bits=st.lists(st.floats(-30, 30), max_size=10))
def test_each_bar_begins_where_the_one_above_it_ended_and_none_leaves_the_picture(prior, bits):
    drawn = rules.waterfall(prior=prior, steps=[rules.Step(words="", bits=each) for each in bits])

    assert len(drawn.bars) == len(bits) + 2
    assert drawn.bars[-1].total == round(prior + sum(bits), 1) or abs(drawn.bars[-1].total - prior - sum(bits)) < 0.1
    assert all(bar.x >= 0 and bar.x + bar.width <= rules.WIDTH + 0.2 for bar in drawn.bars)
    assert 0 <= drawn.even_x <= rules.WIDTH
    for one, other in itertools.pairwise(drawn.bars[:-1]):
        edges = {one.x, one.x + one.width}
        assert any(abs(edge - start) <= 1.2 for edge in edges for start in (other.x, other.x + other.width))
