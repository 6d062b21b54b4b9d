import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex.linkage import clustering
from joinedup.processes.childindex.linkage.clustering import Edges, Outcome, People

COUNT = 9
nodes = st.integers(0, COUNT - 1)
pairs = st.tuples(nodes, nodes).filter(lambda pair: pair[0] < pair[1])
pair_lists = st.lists(pairs, max_size=6, unique=True)
codes = st.lists(st.sampled_from([-1, -1, 0, 1, 2]), min_size=COUNT, max_size=COUNT)
weighed = st.dictionaries(pairs, st.tuples(st.integers(4, 9), st.booleans()), max_size=25)


def array(listed):
    return np.array(listed, np.int64).reshape(-1, 2)


def people(nhs=None, upn=None):
    held = [np.full(COUNT, -1) if codes is None else np.array(codes) for codes in (nhs, upn)]
    return People(ids=np.arange(COUNT) * 10, nhs=held[0], upn=held[1])


def edges(found):
    left, right = array(list(found)).T * 10
    weight = np.array([value[0] for value in found.values()], np.float64)
    return Edges(
        left=left, right=right, weight=weight, telling=np.array([value[1] for value in found.values()], np.bool_)
    )


def cluster(found, *, nhs=None, upn=None, kin=(), parted=(), together=()):
    told = {"kin": kin, "parted": parted, "together": together}
    return clustering.cluster(
        people(nhs, upn), edges(found), **{name: array(list(pairs)) * 10 for name, pairs in told.items()}
    )


def by_the_book(found, *, nhs, upn, kin, parted, together):
    """The rules again, slowly: sets of nodes, joined when nothing in either set forbids it."""
    sets = [{node} for node in range(COUNT)]

    def try_to_join(one, other, number):
        first = next(each for each in sets if one in each)
        second = next(each for each in sets if other in each)
        if first is second:
            return
        both = first | second
        for held in (nhs, upn):
            if len({held[node] for node in both} - {-1}) > 1:
                return
        if any((a in first and b in second) or (a in second and b in first) for a, b in parted):
            return
        if not number and any((a in first and b in second) or (a in second and b in first) for a, b in kin):
            return
        sets.remove(first)
        sets.remove(second)
        sets.append(both)

    for one, other in sorted(together):
        try_to_join(one, other, True)
    for (one, other), (_, number) in sorted(found.items(), key=lambda item: (-item[1][0], item[0])):
        try_to_join(one, other, number)
    return {node: min(each) * 10 for each in sets for node in each}


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """Compile the loop before Hypothesis times it."""
    cluster({(0, 1): (5, False)})


@given(found=weighed, nhs=codes, upn=codes, kin=pair_lists, parted=pair_lists, together=pair_lists)
def test_the_compiled_loop_follows_the_rules_as_written(found, nhs, upn, kin, parted, together):
    told = {"nhs": nhs, "upn": upn, "kin": kin, "parted": parted, "together": together}

    result = cluster(found, **told)

    assert dict(enumerate(result.cluster.tolist())) == by_the_book(found, **told)


@given(found=weighed, nhs=codes, upn=codes, kin=pair_lists, parted=pair_lists, together=pair_lists)
def test_no_cluster_ever_holds_two_numbers_or_a_parted_pair(found, nhs, upn, kin, parted, together):
    result = cluster(found, nhs=nhs, upn=upn, kin=kin, parted=parted, together=together)

    for label in set(result.cluster.tolist()):
        inside = np.flatnonzero(result.cluster == label)
        assert label == inside.min() * 10
        for held in (nhs, upn):
            assert len({held[node] for node in inside} - {-1}) <= 1
    assert all(result.cluster[one] != result.cluster[other] for one, other in parted)


@given(found=weighed, nhs=codes, kin=pair_lists, parted=pair_lists, together=pair_lists, shuffle=st.randoms())
def test_the_order_in_which_pairs_come_changes_nothing(found, nhs, kin, parted, together, shuffle):
    told = {"nhs": nhs, "kin": kin, "parted": parted, "together": together}
    mixed = {name: shuffle.sample(value, len(value)) if name != "nhs" else value for name, value in told.items()}
    shuffled = dict(shuffle.sample(list(found.items()), len(found)))

    assert cluster(found, **told).cluster.tolist() == cluster(shuffled, **mixed).cluster.tolist()


@given(found=weighed, nhs=codes, upn=codes, kin=pair_lists, parted=pair_lists)
def test_a_refused_edge_says_what_stood_in_its_way(found, nhs, upn, kin, parted):
    result = cluster(found, nhs=nhs, upn=upn, kin=kin, parted=parted)

    for (one, other), outcome in zip(found, result.outcome.tolist(), strict=True):
        together = result.cluster[one] == result.cluster[other]
        assert together == (outcome in {Outcome.ALREADY, Outcome.JOINED}) or outcome > Outcome.JOINED


def test_a_closer_pair_is_joined_before_one_that_would_forbid_it():
    nhs = [-1, 0, 1, *[-1] * 6]

    result = cluster({(0, 1): (5, False), (0, 2): (9, False)}, nhs=nhs)

    assert result.cluster[0] == result.cluster[2] != result.cluster[1]
    assert result.outcome.tolist() == [Outcome.TWO_NHS, Outcome.JOINED]


def test_a_shared_number_joins_records_that_look_like_brother_and_sister():
    assert cluster({(0, 1): (9, True)}, kin=[(0, 1)]).outcome.tolist() == [Outcome.JOINED]
    assert cluster({(0, 1): (9, False)}, kin=[(0, 1)]).outcome.tolist() == [Outcome.KIN]


def test_a_parting_outlasts_any_evidence():
    result = cluster({(0, 1): (9, True), (1, 2): (9, True)}, parted=[(0, 2)], together=[(0, 1)])

    assert result.outcome.tolist() == [Outcome.ALREADY, Outcome.PARTED]


def test_a_join_by_hand_that_two_verified_numbers_forbid_is_told():
    result = cluster({(3, 4): (5, False)}, nhs=[0, 1, *[-1] * 7], together=[(0, 1)])

    assert result.together_outcome.tolist() == [Outcome.TWO_NHS]


@pytest.mark.parametrize("count", [200_000])
def test_many_edges_are_clustered_in_about_a_second(count, record_property):
    rng = np.random.default_rng(1)
    ids = np.arange(count // 4)
    left, right = rng.integers(0, len(ids), (2, count))
    many = Edges(left=left, right=right, weight=rng.random(count), telling=np.zeros(count, np.bool_))
    some = People(ids=ids, nhs=rng.integers(-1, 50, len(ids)), upn=np.full(len(ids), -1))

    none = clustering.no_pairs()

    result = clustering.cluster(some, many, kin=none, parted=none, together=none)

    assert len(result.outcome) == count


def parts_of(found, kin):
    """The components of the records: whoever is tied by an edge or a kin pair, however far."""
    parts = [{node} for node in range(COUNT)]
    for one, other in [*found, *kin]:
        first, second = (next(part for part in parts if node in part) for node in (one, other))
        if first is not second:
            parts.remove(second)
            first |= second
    return parts


@given(found=weighed, nhs=codes, upn=codes, kin=pair_lists)
def test_clustering_each_component_by_itself_gives_what_clustering_all_of_them_gives(found, nhs, upn, kin):
    whole = cluster(found, nhs=nhs, upn=upn, kin=kin)

    for part in parts_of(found, kin):
        edges_in = {pair: value for pair, value in found.items() if pair[0] in part}
        alone = cluster(edges_in, nhs=nhs, upn=upn, kin=[pair for pair in kin if pair[0] in part])
        inside = np.isin(np.arange(COUNT), list(part))
        assert (alone.cluster[inside] == whole.cluster[inside]).all()
