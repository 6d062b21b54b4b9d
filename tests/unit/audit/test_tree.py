"""The tree is that of RFC 6962, and its proofs hold for what they prove and for nothing else."""

import hypothesis
import pytest
from hypothesis import strategies as st

from joinedup.foundation.audit.rules import tree
from tests.unit.audit import vectors

data = st.lists(st.binary(max_size=6), min_size=1, max_size=70)
bounded = hypothesis.settings(max_examples=60)


def kept(leaves):
    """Give what is kept of a tree, as the tables do."""
    grown = tree.Frontier()
    for leaf in leaves:
        grown.add(leaf)

    def read(height, first, count):
        known = leaves if height == 0 else [node for h, _, node in sorted(grown.completed) if h == height]
        assert first + count <= len(known)
        return known[first : first + count]

    return read


def hashes(rows):
    return [tree.leaf_hash(row) for row in rows]


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_are_those_of_the_published_tree(count):
    leaves = hashes(bytes.fromhex(leaf) for leaf in vectors.LEAVES[:count])

    assert tree.root(leaves).hex() == vectors.ROOTS[count - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert tree.root([]) == tree.EMPTY == vectors.root([])


@bounded
@hypothesis.given(rows=data, choose=st.data())
def test_paths_are_those_of_the_definition_and_lead_to_the_root(rows, choose):
    leaves = hashes(rows)
    place = choose.draw(st.integers(0, len(rows) - 1))
    path = tree.inclusion_path(place, len(rows), kept(leaves))

    assert path == vectors.inclusion(place, rows)
    assert tree.root_by_inclusion(leaves[place], place=place, size=len(rows), path=path) == vectors.root(rows)


@bounded
@hypothesis.given(rows=data, choose=st.data())
def test_a_path_leads_elsewhere_for_another_leaf_or_place_and_nowhere_when_it_is_too_long_or_short(rows, choose):
    leaves, size = hashes(rows), len(rows)
    place = choose.draw(st.integers(0, size - 1))
    path = tree.inclusion_path(place, size, kept(leaves))
    root = tree.root(leaves)

    assert tree.root_by_inclusion(tree.leaf_hash(b"another"), place=place, size=size, path=path) != root
    assert tree.root_by_inclusion(leaves[place], place=place, size=size, path=[*path, root]) is None
    assert tree.root_by_inclusion(leaves[place], place=size, size=size, path=path) is None
    if path:
        assert tree.root_by_inclusion(leaves[place], place=place, size=size, path=path[:-1]) is None


@bounded
@hypothesis.given(rows=data, choose=st.data())
def test_a_later_tree_is_shown_to_begin_with_an_earlier_one(rows, choose):
    leaves, second = hashes(rows), len(rows)
    first = choose.draw(st.integers(1, second))
    path = tree.consistency_path(first, second, kept(leaves))
    earlier, later = tree.root(leaves[:first]), tree.root(leaves)
    sizes = {"first": first, "second": second, "path": path}

    assert path == vectors.consistency(first, rows)
    assert tree.is_consistent(first_root=earlier, second_root=later, **sizes)
    assert not tree.is_consistent(first_root=tree.EMPTY, second_root=later, **sizes)
    assert not tree.is_consistent(first_root=earlier, second_root=tree.EMPTY, **sizes)
    assert not tree.is_consistent(first_root=earlier, second_root=later, **{**sizes, "path": [*path, later]})


@pytest.mark.parametrize("size", [1, 1_023, 1_024, 1_025, 2_048, 3_000])
def test_large_trees_go_on_from_what_is_kept_of_them(size):
    leaves = hashes(str(number).encode() for number in range(size))
    root = tree.root(leaves)

    assert tree.frontier(size, kept(leaves)).root() == root
    for place in {0, size // 2, size - 1}:
        path = tree.inclusion_path(place, size, kept(leaves))
        assert tree.root_by_inclusion(leaves[place], place=place, size=size, path=path) == root
    grown = tree.frontier(size, kept(leaves))
    grown.add(leaves[0])
    assert grown.root() == tree.root([*leaves, leaves[0]])


def test_no_path_is_made_for_a_leaf_that_is_not_there():
    with pytest.raises(IndexError):
        tree.inclusion_path(3, 3, kept(hashes([b"a", b"b", b"c"])))
    with pytest.raises(IndexError):
        tree.consistency_path(0, 3, kept(hashes([b"a", b"b", b"c"])))
