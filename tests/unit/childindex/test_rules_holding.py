"""Sealed children in a link run: their records stay as they are, and whatever is new and may be about them waits."""

import collections

from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex import rules

RECORDS = st.integers(0, 11)
CHILDREN = st.sampled_from(["Ada", "Bo", "Cyra"])


@st.composite
def runs(draw):
    """A run's clusters beside what is so already: who is linked to whom, what is near, what an officer has said."""
    records = sorted(draw(st.sets(RECORDS, min_size=1)))
    of_cluster = draw(st.lists(st.integers(0, 4), min_size=len(records), max_size=len(records)))
    smallest = {cluster: record for record, cluster in reversed(list(zip(records, of_cluster, strict=True)))}
    one_of = st.sampled_from(records)
    sealed = draw(st.dictionaries(one_of, CHILDREN, max_size=5))
    return {
        "membership": {record: smallest[cluster] for record, cluster in zip(records, of_cluster, strict=True)},
        "sealed": sealed,
        "known": draw(st.sets(one_of, max_size=5)) - set(sealed),
        "near": draw(st.lists(st.tuples(one_of, one_of), max_size=8)),
        "cleared": draw(st.sets(st.tuples(one_of, CHILDREN), max_size=4)),
    }


def kept(run, **instead):
    given_to_it = {**run, **instead}
    return rules.keep_apart(given_to_it.pop("membership"), **given_to_it)


def clusters(membership):
    found = collections.defaultdict(set)
    for record, cluster in membership.items():
        found[cluster].add(record)
    return found


@given(runs())
def test_a_sealed_child_keeps_exactly_their_own_records_in_one_cluster(run):
    found = clusters(kept(run).membership)

    for child in set(run["sealed"].values()):
        theirs = {record for record, one in run["sealed"].items() if one == child}
        assert found[min(theirs)] == theirs


@given(runs())
def test_each_record_is_either_linked_or_held_and_never_both(run):
    result = kept(run)

    assert result.membership.keys() | result.held.keys() == run["membership"].keys()
    assert not result.membership.keys() & result.held.keys()


@given(runs())
def test_whoever_has_a_child_already_is_never_held_nor_drawn_to_a_sealed_one(run):
    result = kept(run)

    assert not result.held.keys() & (run["sealed"].keys() | run["known"])
    for record in run["known"]:
        mates = {one for one, cluster in result.membership.items() if cluster == result.membership[record]}
        assert mates <= {one for one, cluster in run["membership"].items() if cluster == run["membership"][record]}
        assert not mates & run["sealed"].keys()


@given(runs())
def test_what_an_officer_let_go_is_not_held_for_that_child_again(run):
    assert not set(kept(run).held.items()) & run["cleared"]


@given(runs())
def test_whatever_is_new_beside_a_sealed_childs_record_waits_for_that_child(run):
    result = kept(run)

    beside = [
        (record, child)
        for one, child in run["sealed"].items()
        for record in run["membership"]
        if run["membership"][record] == run["membership"][one] or {(record, one), (one, record)} & set(run["near"])
    ]
    for record, child in beside:
        if record not in run["sealed"] | dict.fromkeys(run["known"]) and (record, child) not in run["cleared"]:
            assert record in result.held


@given(runs())
def test_nothing_is_held_that_leads_to_no_sealed_child(run):
    result = kept(run)

    leads = {run["membership"][record] for record in run["sealed"]}
    for one, other in run["near"]:
        if (one in run["sealed"]) != (other in run["sealed"]):
            leads.add(run["membership"][other if one in run["sealed"] else one])
    assert {run["membership"][record] for record in result.held} <= leads


@given(runs())
def test_without_sealed_children_nothing_changes(run):
    result = kept(run, sealed={})

    assert (result.membership, result.held) == (run["membership"], {})


@given(runs())
def test_a_cluster_bears_the_name_of_its_smallest_record(run):
    for cluster, records in clusters(kept(run).membership).items():
        assert cluster == min(records)


@given(runs())
def test_what_is_neither_sealed_nor_held_stays_together_as_it_was(run):
    result = kept(run)

    ordinary = [record for record in result.membership if record not in run["sealed"]]
    for one in ordinary:
        for other in ordinary:
            together = run["membership"][one] == run["membership"][other]
            assert (result.membership[one] == result.membership[other]) == together


@given(runs(), st.randoms())
def test_the_order_in_which_pairs_come_makes_no_difference(run, random):
    shuffled = [(other, one) if random.random() < 0.5 else (one, other) for one, other in run["near"]]
    random.shuffle(shuffled)

    assert kept(run) == kept(run, near=shuffled)


def test_what_was_let_go_for_one_child_may_wait_for_another_whichever_pair_comes_first():
    for near in ([(2, 0), (2, 1)], [(2, 1), (2, 0)]):
        result = rules.keep_apart(
            {0: 0, 1: 1, 2: 2, 3: 2}, sealed={0: "Ada", 1: "Bo"}, known=set(), near=near, cleared={(3, "Ada")}
        )

        assert result.held == {2: "Ada", 3: "Bo"}


def test_what_came_together_with_a_held_record_waits_with_it():
    # 1 is perhaps Ada; 2 is surely the same person as 1; 3 is of someone who is known already.
    result = rules.keep_apart({0: 0, 1: 1, 2: 1, 3: 1}, sealed={0: "Ada"}, known={3}, near=[(1, 0)])

    assert result.held == {1: "Ada", 2: "Ada"}
    assert result.membership == {0: 0, 3: 3}
