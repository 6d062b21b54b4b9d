"""Review: which pairs wait for a person, and why.

Belongs here: choosing the pairs and ordering them. Not here: keeping the queue (operations), or its page (web).
"""

import enum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.processes.childindex.linkage.clustering import Clusters, Outcome
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


def choose(edges: pa.Table, clusters: Clusters, settings: LinkSettings) -> pa.Table:
    """Return the pairs for the review queue, the closest first, one for each two clusters.

    Shapes: columns of `edges` and `reason`, `left_cluster`, `right_cluster`; edges parted by a person are left out.
    """
    left, right = (
        clusters.cluster[np.searchsorted(clusters.ids, edges.column(side).to_numpy())] for side in ("left", "right")
    )
    outcome = edges.column("outcome").to_numpy()
    weight = edges.column("weight").to_numpy()
    asked = (weight >= settings.review_bits) & (left != right) & (outcome != Outcome.PARTED)
    reasons = [REASONS.get(Outcome(code), Reason.MAY_BE_ONE).value for code in outcome[asked]]
    waiting = edges.filter(pa.array(asked)).append_column("reason", pa.array(reasons, pa.string()))
    waiting = waiting.append_column("left_cluster", pa.array(left[asked])).append_column(
        "right_cluster", pa.array(right[asked])
    )
    waiting = waiting.sort_by([("weight", "descending"), ("left", "ascending"), ("right", "ascending")])
    one, other = (waiting.column(f"{side}_cluster").to_numpy() for side in ("left", "right"))
    first = np.unique(np.stack([np.minimum(one, other), np.maximum(one, other)]), axis=1, return_index=True)[1]
    return waiting.take(pa.array(np.sort(first)[: settings.most_reviews]))


def counts(waiting: pa.Table) -> dict[str, int]:
    """Return how many pairs wait for each reason."""
    counted = pc.value_counts(waiting.column("reason")).to_pylist()
    return {entry["values"]: entry["counts"] for entry in counted}
