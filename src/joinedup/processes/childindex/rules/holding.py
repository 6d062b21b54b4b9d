"""Which records a link run must leave alone, because they are, or may be, about a sealed child.

Belongs here: one choice on places of records. Not here: comparing records (linkage), who is sealed (access).
"""

import collections
import dataclasses
from collections.abc import Hashable, Iterable, Mapping, Set
from typing import Generic, TypeVar

ChildId = TypeVar("ChildId", bound=Hashable)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[ChildId]):
    """What becomes of a run's clusters where children are sealed.

    Shapes: `membership` gives the cluster of each record that a run may link, named by the smallest record in it;
    `held` the sealed child about whom a record may be, for each record that is linked to nobody.
    """

    membership: dict[int, int]
    held: dict[int, ChildId]


def keep_apart(
    membership: Mapping[int, int],
    *,
    sealed: Mapping[int, ChildId],
    known: Set[int],
    near: Iterable[tuple[int, int]] = (),
    cleared: Set[tuple[int, ChildId]] = frozenset(),
) -> Kept[ChildId]:
    """Leave every sealed child's records as they are, and hold whatever is new and may be about one.

    Shapes: `sealed` gives the child of each record that is linked to a sealed one; `known` the records that are linked
    to other children, who stay theirs; `near` pairs that may be one child; `cleared` the records of which an officer
    has said that they are not about that child.
    """
    held: dict[int, ChildId] = {}
    together = collections.defaultdict(list)
    for record in sorted(membership):
        together[membership[record]].append(record)
    for records in together.values():
        _hold(held, records, {sealed[one]: None for one in records if one in sealed}, sealed, known, cleared)
    for one, other in near:
        if (one in sealed) != (other in sealed):
            child, record = (sealed[one], other) if one in sealed else (sealed[other], one)
            _hold(held, [record], {child: None}, sealed, known, cleared)
    # What came with a held record, and is as new, would tell of the same child.
    for record, child in sorted(held.items()):
        _hold(held, together[membership[record]], {child: None}, sealed, known, cleared)
    apart: dict[Hashable, list[int]] = collections.defaultdict(list)
    for record in sorted(membership):
        if record not in held:
            key = ("sealed", sealed[record]) if record in sealed else ("open", membership[record])
            apart[key].append(record)
    return Kept(membership={record: records[0] for records in apart.values() for record in records}, held=held)


def _hold(  # it is the choice above, said once for a cluster and once for a pair
    held: dict[int, ChildId],
    records: Iterable[int],
    children: Iterable[ChildId],
    sealed: Mapping[int, ChildId],
    known: Set[int],
    cleared: Set[tuple[int, ChildId]],
) -> None:
    for child in children:
        for record in records:
            if record not in sealed and record not in known and (record, child) not in cleared:
                held.setdefault(record, child)
