"""Where a link run differs from the children as they stand: what it may change, and what a person is asked.

Belongs here: one choice on places of records. Not here: comparing (linkage), writing (operations).

A child whom people work with does not change overnight for no reason. Where a run would join or part records that were
linked before, and nothing new explains it, the child stays as it is and a steward is asked.
"""

import collections
import dataclasses
import itertools
from collections.abc import Hashable, Iterable, Mapping, Set
from typing import Generic, TypeVar

ChildId = TypeVar("ChildId", bound=Hashable)
Pair = tuple[int, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held(Generic[ChildId]):
    """What becomes of a run's clusters.

    Shapes: `membership` gives the cluster of each record, named by the smallest record in it. `join` are pairs of
    children, each by its smallest record, whom the run would join, and `part` pairs of records of one child whom it would
    part, each standing for its side: nothing explains them, so a person is asked. `sides` gives all records of each side.
    `pairs` counts the pairs of records that were linked before and are together in either state, `pairs_agreed` those
    that are in both, `pairs_waiting` those of which a steward is asked already.
    """

    membership: dict[int, int]
    join: list[Pair]
    part: list[Pair]
    sides: Mapping[int, tuple[int, ...]]
    pairs: int
    pairs_agreed: int
    pairs_waiting: int


def hold(
    membership: Mapping[int, int],
    *,
    before: Mapping[int, ChildId],
    fresh: Set[int],
    decided: Iterable[tuple[int, int, bool]] = (),
    waiting: Iterable[Pair] = (),
    is_new_model: bool = False,
) -> Held[ChildId]:
    """Keep children as they stand wherever a run differs and nothing new explains it.

    Shapes: `before` gives the child of each record that is linked; `fresh` the records that are new or say something
    new that was not matched yet; `decided` pairs of which a steward said that they are one child (true) or two;
    `waiting` pairs of which one is being asked.
    Whatever touches a fresh record, or a decision that the children as they stand do not obey, is explained.
    """
    fresh = {record for record in membership if record in fresh or record not in before}
    explained = set(fresh)
    for one, other, is_one in decided:
        if one in before and other in before and (before[one] == before[other]) != is_one:
            explained.update((one, other))
    kept: dict[int, Hashable] = {record: ("run", cluster) for record, cluster in membership.items()}
    join: list[Pair] = []
    part: list[Pair] = []
    sides: dict[int, tuple[int, ...]] = {}
    for records in _touching(membership, before).values():
        if is_new_model or not explained.isdisjoint(records):
            continue
        join += _joined(records, membership, before)
        parted = _parted(records, membership, before)
        part += parted
        sides |= _sides(records, parted, membership, before)
        kept.update((record, ("child", before[record])) for record in records)
    settled = [record for record in membership if record in before and record not in fresh]
    together, agreed = _agreement(settled, membership, before)
    asked = {frozenset((before[one], before[other])) for one, other in waiting if one in before and other in before}
    return Held(
        membership=_named(kept),
        join=sorted(join),
        part=sorted(part),
        sides=sides,
        pairs=together,
        pairs_agreed=agreed,
        pairs_waiting=_waiting(settled, membership, before, asked),
    )


def _touching(membership: Mapping[int, int], before: Mapping[int, ChildId]) -> dict[Hashable, list[int]]:
    """Return the records of clusters and children that touch each other, from the records of each group."""
    parent: dict[Hashable, Hashable] = {}

    def head(node: Hashable) -> Hashable:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for record, cluster in membership.items():
        if record in before:
            parent[head(("cluster", cluster))] = head(("child", before[record]))
    groups: dict[Hashable, list[int]] = collections.defaultdict(list)
    for record in sorted(membership):
        groups[head(("cluster", membership[record]))].append(record)
    return groups


def _joined(records: list[int], membership: Mapping[int, int], before: Mapping[int, ChildId]) -> list[Pair]:
    return _seams(records, inside=membership, across=before)


def _parted(records: list[int], membership: Mapping[int, int], before: Mapping[int, ChildId]) -> list[Pair]:
    return _seams(records, inside=before, across=membership)


def _seams(records: list[int], *, inside: Mapping[int, Hashable], across: Mapping[int, Hashable]) -> list[Pair]:
    """Return, for each group of the one kind, its first record beside the first of every further group of the other."""
    first: dict[Hashable, dict[Hashable, int]] = collections.defaultdict(dict)
    for record in records:
        first[inside[record]].setdefault(across[record], record)
    pairs = []
    for sides in first.values():
        one, *others = sides.values()
        pairs += [(one, other) for other in others]
    return pairs


def _sides(
    records: list[int], parted: list[Pair], membership: Mapping[int, int], before: Mapping[int, ChildId]
) -> dict[int, tuple[int, ...]]:
    """Return, for each record that stands for its side of a child who would be parted, all records of that side."""
    groups: dict[Hashable, list[int]] = collections.defaultdict(list)
    for record in records:
        groups[before[record], membership[record]].append(record)
    standing = {record for pair in parted for record in pair}
    return {group[0]: tuple(group) for group in groups.values() if group[0] in standing}


def _agreement(records: list[int], membership: Mapping[int, int], before: Mapping[int, ChildId]) -> Pair:
    here = _pairs(collections.Counter(membership[record] for record in records))
    there = _pairs(collections.Counter(before[record] for record in records))
    both = _pairs(collections.Counter((membership[record], before[record]) for record in records))
    return here + there - both, both


def _waiting(
    records: list[int],
    membership: Mapping[int, int],
    before: Mapping[int, ChildId],
    asked: Set[frozenset[ChildId]],
) -> int:
    """Count the pairs that the run has together and that stand apart because a steward is asked."""
    of_cluster: dict[int, collections.Counter[ChildId]] = collections.defaultdict(collections.Counter)
    for record in records:
        of_cluster[membership[record]][before[record]] += 1
    return sum(
        sizes[one] * sizes[other]
        for sizes in of_cluster.values()
        for one, other in itertools.combinations(sizes, 2)
        if frozenset((one, other)) in asked
    )


def _pairs(sizes: "collections.Counter[Hashable]") -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _named(kept: Mapping[int, Hashable]) -> dict[int, int]:
    first: dict[Hashable, int] = {}
    return {record: first.setdefault(kept[record], record) for record in sorted(kept)}
