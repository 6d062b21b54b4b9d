"""Review: which pairs wait for a person, and why.

Belongs here: choosing the pairs and ordering them. Not here: keeping the queue (operations), or its page (web).
"""

import enum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage import clustering
from joinedup.processes.childindex.linkage.clustering import Clusters, Ints, Outcome
from joinedup.processes.childindex.linkage.settings import LinkSettings


class Reason(enum.StrEnum):
    """Why a pair waits for a person."""

    MAY_BE_ONE = "may_be_one"  #: alike, but not enough to be linked without a person
    TWO_NUMBERS = "two_numbers"  #: alike enough, but their national numbers say that they are two
    MAY_BE_KIN = "may_be_kin"  #: alike enough, but one of them is with a record that looks like a brother or sister
    NIGHT_WOULD_JOIN = "night_would_join"  #: a link run would join two children, and nothing new explains it
    NIGHT_WOULD_PART = "night_would_part"  #: a link run would part one child, and nothing new explains it


REASONS = {
    Outcome.TWO_NHS: Reason.TWO_NUMBERS,
    Outcome.TWO_UPN: Reason.TWO_NUMBERS,
    Outcome.KIN: Reason.MAY_BE_KIN,
}
_WORDS = pa.array([REASONS.get(outcome, Reason.MAY_BE_ONE).value for outcome in Outcome], pa.string())


def choose(edges: pa.Table, clusters: Clusters, settings: LinkSettings) -> pa.Table:
    """Return the pairs for the review queue, the closest first, one for each two clusters.

    Shapes: columns of `edges` and `reason`, `left_cluster`, `right_cluster`; edges parted by a person are left out.
    """
    left, right, weight, outcome = (edges.column(name).to_numpy() for name in ("left", "right", "weight", "outcome"))
    asked, one, other = _asked(edges, clusters, settings)
    order = np.lexsort((right[asked], left[asked], -weight[asked]))
    first = np.sort(clustering.first_of_each_two(clusters, one[order], other[order]))[: settings.most_reviews]
    chosen, one, other = (each[order[first]] for each in (asked, one, other))
    waiting = edges.take(pa.array(chosen)).append_column("reason", _WORDS.take(pa.array(outcome[chosen])))
    return waiting.append_column("left_cluster", pa.array(clusters.ids[one])).append_column(
        "right_cluster", pa.array(clusters.ids[other])
    )


def number(edges: pa.Table, clusters: Clusters, settings: LinkSettings) -> int:
    """Return how many pairs `choose` returns, without choosing."""
    _asked_about, one, other = _asked(edges, clusters, settings)
    return min(len(np.unique(clustering.between(clusters, one, other))), settings.most_reviews)


def _asked(edges: pa.Table, clusters: Clusters, settings: LinkSettings) -> tuple[NDArray[np.intp], Ints, Ints]:
    """Return which edges between two clusters are close enough to ask a person about, and those clusters' heads."""
    left, right, weight, outcome = (edges.column(name).to_numpy() for name in ("left", "right", "weight", "outcome"))
    near = np.flatnonzero((weight >= settings.review_bits) & (outcome != Outcome.PARTED) & (outcome != Outcome.JOINED))
    one, other = clustering.heads_of(clusters, left[near], right[near])
    apart = one != other
    return near[apart], one[apart], other[apart]


def counts(waiting: pa.Table) -> dict[str, int]:
    """Return how many pairs wait for each reason."""
    counted = pc.value_counts(waiting.column("reason")).to_pylist()
    return {entry["values"]: entry["counts"] for entry in counted}
