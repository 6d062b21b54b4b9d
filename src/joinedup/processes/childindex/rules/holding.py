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
    together: dict[int, list[int]] = collections.defaultdict(list)
    for record in sorted(membership):
        together[membership[record]].append(record)
    may_be: dict[int, dict[ChildId, None]] = collections.defaultdict(dict)
    # In an order of its own, so that a record waits for the same child however the pairs come.
    for one, other in sorted((min(pair), max(pair)) for pair in near):
        if (one in sealed) != (other in sealed):
            child, record = (sealed[one], other) if one in sealed else (sealed[other], one)
            may_be[record][child] = None
    held: dict[int, ChildId] = {}
    for records in together.values():
        new = [record for record in records if record not in sealed and record not in known]
        of_cluster = dict.fromkeys(sealed[record] for record in records if record in sealed)
        # What came with a record that waits, and is as new, would tell of the same child.
        of_cluster |= {child: None for record in new for child in may_be[record] if (record, child) not in cleared}
        for record in new:
            waits_for = next((child for child in may_be[record] | of_cluster if (record, child) not in cleared), None)
            if waits_for is not None:
                held[record] = waits_for
    apart: dict[Hashable, list[int]] = collections.defaultdict(list)
    for record in sorted(membership):
        if record not in held:
            key = ("sealed", sealed[record]) if record in sealed else ("open", membership[record])
            apart[key].append(record)
    return Kept(membership={record: records[0] for records in apart.values() for record in records}, held=held)
