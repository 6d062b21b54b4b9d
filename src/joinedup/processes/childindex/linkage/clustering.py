"""Clustering: which person records are one child, the best evidence first and some things never.

Belongs here: the order of edges, what keeps records apart, the label of a cluster. Not here: the weights (predict), or
which child number a cluster bears (stable).

The rules, in order of force:
1. a person parted two records: they are never together;
2. two different verified, current NHS numbers, or two different permanent UPNs, are never together;
3. a person joined two records: they are together if 1 and 2 allow;
4. records that look like brother and sister, and weigh too little to be one child under two names, are kept apart unless a
   pair of them shares a number or the given name;
5. the closest pair is joined first, then the next, as long as its weight reaches the threshold.
"""

import dataclasses
import enum

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage import forest
from joinedup.processes.childindex.linkage.scoring.columns import FLAG_AT, TEXT_AT
from joinedup.processes.childindex.linkage.scoring.tables import Coded

Ints = NDArray[np.int64]


class Outcome(enum.IntEnum):
    """What became of an edge."""

    ALREADY = forest.ALREADY  #: the two were together through closer edges
    JOINED = forest.JOINED  #: this edge joined them
    TWO_NHS = forest.TWO_NHS  #: refused: two verified NHS numbers
    TWO_UPN = forest.TWO_UPN  #: refused: two permanent pupil numbers
    KIN = forest.KIN  #: refused: brother and sister
    PARTED = forest.PARTED  #: refused: parted by a person


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The records to be clustered, in ascending order, with the numbers that no cluster may hold two of.

    Shapes: one code per person record; -1 where it has no verified NHS number, or no permanent UPN.
    """

    ids: Ints
    nhs: Ints
    upn: Ints


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Weighed pairs of person records, by id.

    `telling` is true where the pair shares a national number or the given name: a cluster is one person under all its
    names, so such an edge joins although other records of the two clusters look like brother and sister.
    """

    left: Ints
    right: Ints
    weight: NDArray[np.float64]
    telling: NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """What clustering found: for each person record its cluster (its smallest id), and each edge's outcome.

    Shapes: `cluster` beside `ids`; `head` the place in `ids` of each record's cluster; `outcome` and `together_outcome` in
    the order in which edges and human joins came.
    """

    ids: Ints
    head: Ints
    outcome: Ints
    together_outcome: Ints

    @property
    def cluster(self) -> Ints:
        """Return the cluster of each record: the smallest id in it."""
        return self.ids[self.head]


#: Edges of a run have weights of four digits.
_STEPS_A_BIT = 10_000


def no_pairs() -> Ints:
    """Return an empty list of pairs."""
    return np.empty((0, 2), np.int64)


def cluster(people: People, edges: Edges, *, kin: Ints, parted: Ints, together: Ints) -> Clusters:
    """Join records best edge first under the rules above.

    Shapes: `kin`, `parted` and `together` are k x 2 arrays of ids; all ids are in `people`.
    The result does not depend on the order in which edges or pairs come.
    """
    by_hand = _places(people.ids, together)
    order = _closest_first(edges)
    hand_order = np.lexsort((by_hand[1], by_hand[0]))
    found = _place(people.ids, np.stack([edges.left, edges.right]))
    apart = np.concatenate([_places(people.ids, kin), _places(people.ids, parted)], axis=1)
    kinds = np.repeat(np.array([forest.KIN, forest.PARTED]), [len(kin), len(parted)])
    tree, outcome = forest.grow(
        np.ascontiguousarray(np.concatenate([by_hand[:, hand_order], found[:, order]], axis=1)),
        np.concatenate([np.ones(len(together), np.uint8), edges.telling[order].astype(np.uint8)]),
        np.stack([people.nhs, people.upn]),
        np.ascontiguousarray(apart),
        kinds,
    )
    return Clusters(
        ids=people.ids,
        head=_smallest(tree),
        outcome=_unsorted(outcome[len(together) :], order),
        together_outcome=_unsorted(outcome[: len(together)], hand_order),
    )


def people_of(table: Coded) -> People:
    """Return the person records of a run with the codes of their numbers.

    Shapes: a verified NHS number and a permanent UPN count; others do not keep records apart.
    """
    nhs, upn = (table.columns.cells[:, TEXT_AT[name]].astype(np.int64) for name in ("nhs", "upn"))
    permanent = table.columns.cells[:, FLAG_AT["upn_temporary"]] == 0
    place = np.flatnonzero(np.diff(table.person_at, prepend=-1))
    ids = table.person[place]
    return People(
        ids=ids,
        nhs=np.where(table.verified, nhs, -1)[place],
        upn=np.where(permanent, upn, -1)[place],
    )


def heads_of(clusters: Clusters, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return where the clusters of two records of each pair stand in `ids`."""
    one, other = (clusters.head[_place(clusters.ids, side)] for side in (left, right))
    return one, other


def first_of_each_two(clusters: Clusters, one: Ints, other: Ints) -> Ints:
    """Return which pairs are the first between their two clusters, whichever of them comes first in the pair.

    Shapes: `one` and `other` as `heads_of` gives them; places among the pairs, in the order of clusters.
    """
    first: Ints = np.unique(between(clusters, one, other), return_index=True)[1]
    return first


def between(clusters: Clusters, one: Ints, other: Ints) -> Ints:
    """Return one number for each two clusters, whichever of them comes first in the pair.

    Shapes: `one` and `other` as `heads_of` gives them.
    """
    number: Ints = np.minimum(one, other) * len(clusters.ids) + np.maximum(one, other)
    return number


def _places(ids: Ints, pairs: Ints) -> Ints:
    """Return where each id of k pairs stands among all ids, as 2 x k."""
    return _place(ids, pairs.reshape(-1, 2).T)


def _place(ids: Ints, some: Ints) -> Ints:
    """Return where some ids stand among all; ids that count on without a gap say it themselves."""
    count_on = len(ids) > 0 and ids[-1] - ids[0] == len(ids) - 1
    places: Ints = some - ids[0] if count_on else np.searchsorted(ids, some).astype(np.int64)
    return places


def _closest_first(edges: Edges) -> NDArray[np.intp]:
    """Return the order of edges by weight, then by the records that they join."""
    left, right = edges.left, edges.right
    in_order = (left[1:] > left[:-1]) | ((left[1:] == left[:-1]) & (right[1:] >= right[:-1]))
    if not in_order.all():
        return np.lexsort((right, left, -edges.weight))
    # Edges that come in the order of records keep it among equals.
    steps = np.rint(edges.weight * _STEPS_A_BIT).astype(np.int64)
    if len(steps) and np.array_equal(steps / _STEPS_A_BIT, edges.weight):
        # Weights come rounded: weight and place in one whole number are sorted in a third of the time.
        places: NDArray[np.intp] = np.sort((steps.max() - steps) * len(steps) + np.arange(len(steps))) % len(steps)
        return places
    return np.argsort(-edges.weight, kind="stable")


def _unsorted(values: Ints, order: Ints) -> Ints:
    back = np.empty_like(values)
    back[order] = values
    return back


def _smallest(tree: Ints) -> Ints:
    """Return, for each record, the first record of its tree: ids ascend, so it has the smallest."""
    smallest = np.empty(len(tree), np.int64)
    # Of several values for one place the last that is written stays.
    smallest[tree[::-1]] = np.arange(len(tree))[::-1]
    return smallest[tree]
