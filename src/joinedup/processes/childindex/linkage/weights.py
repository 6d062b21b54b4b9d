"""Weights: how many pairs of a run weigh how much, by what became of them; enough to say what other thresholds would make.

Belongs here: counting edges. Not here: what follows from the counts (rules.forecasting).
"""

from typing import Any

import numpy as np
import pyarrow as pa

from joinedup.processes.childindex.linkage import clustering
from joinedup.processes.childindex.linkage.clustering import Clusters, Outcome


def count(edges: pa.Table, clusters: Clusters) -> dict[str, dict[str, int]]:
    """Return how many pairs there are of each weight in whole bits.

    Shapes: "linked": edges that hold clusters together; "asked": the heaviest of each two clusters that the threshold
    alone kept apart; "held": the heaviest of each two clusters that kin, thin evidence or numbers keep apart. Bits as text.
    """
    outcome, weight = (edges.column(name).to_numpy() for name in ("outcome", "weight"))
    kin, thin, torn = (edges.column(name).to_numpy(zero_copy_only=False) for name in ("kin", "thin", "torn"))
    one, other = clustering.heads_of(clusters, *(edges.column(side).to_numpy() for side in ("left", "right")))
    apart = np.flatnonzero((one != other) & (outcome != Outcome.PARTED))
    heaviest = apart[np.argsort(-weight[apart], kind="stable")]
    first = heaviest[clustering.first_of_each_two(clusters, one[heaviest], other[heaviest])]
    is_held = (kin | thin | torn)[first] | (outcome[first] != 0)
    return {
        "linked": _by_bit(weight[outcome == Outcome.JOINED]),
        "asked": _by_bit(weight[first[~is_held]]),
        "held": _by_bit(weight[first[is_held]]),
    }


def _by_bit(weight: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, int]:
    bits, counts = np.unique(np.floor(weight).astype(np.int64), return_counts=True)
    return {str(bit): int(counted) for bit, counted in zip(bits.tolist(), counts.tolist(), strict=True)}
