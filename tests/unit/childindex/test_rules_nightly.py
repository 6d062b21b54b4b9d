"""A link run by night: children stay as they are where nothing new explains a difference, and a person is asked."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex import rules

PLACES = range(9)
clusters = st.fixed_dictionaries({place: st.integers(0, 3) for place in PLACES}).map(
    lambda drawn: {place: min(p for p in drawn if drawn[p] == drawn[place]) for place in drawn}
)
children = st.dictionaries(st.sampled_from(PLACES), st.sampled_from("abcd"))
places = st.sets(st.sampled_from(PLACES), max_size=3)


def parts(of):
    """Return who is with whom."""
    return {frozenset(place for place in of if of[place] == name) for name in of.values()}


def pairs(of):
    return {pair for part in parts(of) for pair in itertools.combinations(sorted(part), 2)}


def test_a_run_that_would_join_two_children_for_no_reason_asks_instead():
    held = rules.hold({0: 0, 1: 0, 2: 0}, before={0: "ada", 1: "ada", 2: "bo"}, fresh=set())

    assert parts(held.membership) == {frozenset({0, 1}), frozenset({2})}
    assert (held.join, held.part) == ([(0, 2)], [])


def test_a_run_that_would_part_a_child_for_no_reason_asks_instead():
    held = rules.hold({0: 0, 1: 0, 2: 2}, before={0: "ada", 1: "ada", 2: "ada"}, fresh=set())

    assert parts(held.membership) == {frozenset({0, 1, 2})}
    assert (held.join, held.part) == ([], [(0, 2)])
    assert held.sides == {0: (0, 1), 2: (2,)}


def test_a_new_record_explains_what_it_touches_and_nothing_else():
    run = {0: 0, 1: 0, 2: 0, 3: 3, 4: 3}
    held = rules.hold(run, before={0: "ada", 1: "bo", 3: "cyra", 4: "dan"}, fresh=set())

    assert parts(held.membership) == {frozenset({0, 1, 2}), frozenset({3}), frozenset({4})}
    assert held.join == [(3, 4)]


def test_what_a_steward_said_is_done():
    run, before = {0: 0, 1: 0}, {0: "ada", 1: "bo"}

    assert rules.hold(run, before=before, fresh=set(), decided=[(0, 1, True)]).membership == run
    assert rules.hold(run, before=before, fresh=set(), decided=[(0, 1, False)]).join == [(0, 1)]


def test_a_pair_that_waits_for_a_steward_is_counted_apart():
    held = rules.hold({0: 0, 1: 0, 2: 0}, before={0: "ada", 1: "ada", 2: "bo"}, fresh=set(), waiting=[(2, 1)])

    assert (held.pairs, held.pairs_agreed, held.pairs_waiting) == (3, 1, 2)


@given(clusters, children)
def test_by_a_new_model_the_run_is_followed(run, before):
    held = rules.hold(run, before=before, fresh=set(), is_new_model=True)

    assert held.membership == run
    assert held.join == held.part == []


@given(
    clusters,
    st.sampled_from("abcd").flatmap(lambda _: st.fixed_dictionaries({p: st.sampled_from("abc") for p in PLACES})),
)
def test_with_nothing_new_no_child_changes_and_every_difference_is_asked(run, before):
    held = rules.hold(run, before=before, fresh=set())

    assert parts(held.membership) == parts(before)
    assert bool(held.join or held.part) == (parts(run) != parts(before))
    for one, other in held.join:
        assert run[one] == run[other]
        assert before[one] != before[other]
    for one, other in held.part:
        assert run[one] != run[other]
        assert before[one] == before[other]
        sides = [{p for p in PLACES if (run[p], before[p]) == (run[each], before[each])} for each in (one, other)]
        assert [set(held.sides[each]) for each in (one, other)] == sides


@given(clusters, children, places)
def test_only_what_touches_something_new_changes(run, before, fresh):
    held = rules.hold(run, before=before, fresh=fresh)
    moved = [
        p
        for p in before
        if {q for q in before if held.membership[q] == held.membership[p]}
        != {q for q in before if before[q] == before[p]}
    ]
    new = {p for p in PLACES if p in fresh or p not in before}

    if not new:
        assert moved == []
    assert set(held.membership) == set(run)
    assert all(held.membership[place] == min(part) for part in parts(held.membership) for place in part)


@given(clusters, children, places)
def test_agreement_is_of_pairs_that_either_has_together(run, before, fresh):
    held = rules.hold(run, before=before, fresh=fresh)
    settled = [place for place in before if place not in fresh]
    here = pairs({place: run[place] for place in settled})
    there = pairs({place: before[place] for place in settled})

    assert (held.pairs, held.pairs_agreed) == (len(here | there), len(here & there))
