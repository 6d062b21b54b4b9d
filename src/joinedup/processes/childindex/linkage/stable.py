"""Stable children: which child each new cluster is, so that a child's number outlives every run.

Belongs here: matching clusters to the children of the run before. Not here: minting numbers, or writing links.

A cluster is the child whose records it holds. Where that is not one to one:
- on joining, the oldest child lives on and the others redirect to it for ever;
- on parting, the side with the child's anchor keeps the child: its most authoritative, then oldest record;
- a child that parts leaves its anchor's side to another child that is there whole, and keeps its next side.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, Generic, Protocol, TypeVar


class _Aged(Protocol):
    """An identifier that sorts by age: a serial number, or a UUID version 7."""

    def __lt__(self, other: Any, /) -> bool: ...

    def __hash__(self) -> int: ...


ChildId = TypeVar("ChildId", bound=_Aged)

#: The rank of a record whose authority is not stated: after every stated one.
_LEAST_AUTHORITY = 2**31


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Generic[ChildId]):
    """Which child each cluster is, and what became of the children there were.

    Shapes: each cluster is in `kept` or in `new`, never in both; each child there was is a value of `kept`, a key of
    `redirected`, or in `emptied`. `redirected` leads to a child in `kept`. `parted` lists all clusters that hold
    records of a child that is now in several, the one that keeps it first. `new` is in the order of their anchors.
    """

    kept: dict[int, ChildId]
    new: list[int]
    redirected: dict[ChildId, ChildId]
    parted: dict[ChildId, list[int]]
    emptied: list[ChildId]


def assign(
    clusters: Mapping[int, int], previous: Mapping[int, ChildId], authority: Mapping[int, int]
) -> Assignment[ChildId]:
    """Match new clusters to the children of the run before.

    Shapes: `clusters` gives the new cluster of each person record, `previous` the child of each that had one,
    `authority` the rank of each (0 is the most authoritative). Smaller record ids and child ids are older.
    """
    ranked = sorted(clusters, key=lambda record: (authority.get(record, _LEAST_AUTHORITY), record))
    sides: dict[ChildId, list[int]] = {child: [] for child in previous.values()}
    order: dict[int, None] = {}
    for record in ranked:
        cluster = clusters[record]
        order.setdefault(cluster)
        if record in previous and cluster not in (seen := sides[previous[record]]):
            seen.append(cluster)
    kept, redirected = _claim(sides)
    return Assignment(
        kept=kept,
        new=[cluster for cluster in order if cluster not in kept],
        redirected=redirected,
        parted={child: _keeper_first(child, seen, kept) for child, seen in sides.items() if len(seen) > 1},
        emptied=_by_age([child for child, seen in sides.items() if not seen]),
    )


def _claim(sides: Mapping[ChildId, list[int]]) -> tuple[dict[int, ChildId], dict[ChildId, ChildId]]:
    """Give each cluster to one child: to those who are whole first, to the older first."""
    whole = _by_age([child for child, seen in sides.items() if len(seen) == 1])
    parted = _by_age([child for child, seen in sides.items() if len(seen) > 1])
    kept: dict[int, ChildId] = {}
    left_out: list[ChildId] = []
    for child in [*whole, *parted]:
        free = next((cluster for cluster in sides[child] if cluster not in kept), None)
        if free is None:
            left_out.append(child)
        else:
            kept[free] = child
    return kept, {child: kept[sides[child][0]] for child in left_out}


def _by_age(children: list[ChildId]) -> list[ChildId]:
    return sorted(children)


def _keeper_first(child: ChildId, seen: list[int], kept: Mapping[int, ChildId]) -> list[int]:
    return sorted(seen, key=lambda cluster: kept.get(cluster) != child)
