from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex.linkage import stable

RECORDS = 12
records = st.integers(0, RECORDS - 1)
clusterings = st.dictionaries(records, st.integers(0, 5).map(lambda label: label + 100), max_size=RECORDS)
childhoods = st.dictionaries(records, st.sampled_from("abcdef"), max_size=RECORDS)
authorities = st.dictionaries(records, st.integers(0, 3), max_size=RECORDS)


def changed(found):
    return [what for what in (found.new, found.redirected, found.parted, found.emptied) if what]


def test_the_same_clusters_are_the_same_children():
    found = stable.assign({1: 10, 2: 10, 3: 20}, {1: "a", 2: "a", 3: "b"}, {})

    assert found.kept == {10: "a", 20: "b"}
    assert changed(found) == []


def test_on_joining_the_oldest_child_lives_on():
    found = stable.assign({1: 10, 2: 10, 3: 10}, {1: "b", 2: "b", 3: "a"}, {})

    assert found.kept == {10: "a"}
    assert found.redirected == {"b": "a"}


def test_on_parting_the_side_with_the_most_authoritative_record_keeps_the_child():
    found = stable.assign({1: 10, 2: 10, 3: 20}, {1: "a", 2: "a", 3: "a"}, {1: 5, 2: 5, 3: 0})

    assert found.kept == {20: "a"}
    assert found.new == [10]
    assert found.parted == {"a": [20, 10]}


def test_among_equals_the_oldest_record_is_the_anchor():
    found = stable.assign({1: 10, 2: 20, 3: 20}, {1: "a", 2: "a", 3: "a"}, {1: 1, 2: 1, 3: 1})

    assert found.kept == {10: "a"}


def test_a_record_that_moves_to_another_child_does_not_take_its_child_along():
    clusters = {1: 20, 2: 10, 3: 20, 4: 20}

    found = stable.assign(clusters, {1: "a", 2: "a", 3: "b", 4: "b"}, {1: 0})

    assert found.kept == {20: "b", 10: "a"}
    assert found.parted == {"a": [10, 20]}
    assert not found.redirected


def test_a_child_without_records_is_told():
    assert stable.assign({1: 10}, {2: "a"}, {}).emptied == ["a"]


@given(clusters=clusterings, previous=childhoods, authority=authorities)
def test_each_cluster_is_one_child_and_each_child_resolves(clusters, previous, authority):
    found = stable.assign(clusters, previous, authority)

    assert set(found.kept) | set(found.new) == set(clusters.values())
    assert not set(found.kept) & set(found.new)
    living = set(found.kept.values())
    assert len(living) == len(found.kept)
    assert set(found.redirected.values()) <= living
    ended = [living, set(found.redirected), set(found.emptied)]
    assert set.union(*ended) == set(previous.values())
    assert sum(map(len, ended)) == len(set(previous.values()))


@given(clusters=clusterings, previous=childhoods, authority=authorities)
def test_a_child_is_always_a_cluster_that_holds_one_of_its_records(clusters, previous, authority):
    found = stable.assign(clusters, previous, authority)

    for cluster, child in found.kept.items():
        assert any(clusters.get(record) == cluster for record, was in previous.items() if was == child)
    for gone, survivor in found.redirected.items():
        cluster = next(cluster for cluster, child in found.kept.items() if child == survivor)
        assert any(clusters.get(record) == cluster for record, was in previous.items() if was == gone)


@given(clusters=clusterings, previous=childhoods, authority=authorities)
def test_a_second_run_on_the_same_clusters_changes_nothing(clusters, previous, authority):
    first = stable.assign(clusters, previous, authority)
    names = first.kept | {cluster: f"z{cluster}" for cluster in first.new}

    second = stable.assign(clusters, {record: names[cluster] for record, cluster in clusters.items()}, authority)

    assert second.kept == names
    assert changed(second) == []


@given(clusters=clusterings, previous=childhoods, authority=authorities)
def test_plain_joins_keep_the_oldest_and_plain_partings_the_anchor(clusters, previous, authority):
    found = stable.assign(clusters, previous, authority)
    members = {}
    for record, cluster in clusters.items():
        if record in previous:
            members.setdefault(cluster, set()).add(previous[record])
    for cluster, children in members.items():
        whole = [child for child in children if child not in found.parted]
        if whole:
            assert found.kept[cluster] == min(whole)
