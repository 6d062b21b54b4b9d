"""The plain way to cluster: whatever is joined by a chain of edges over the threshold is one child. The peer of linking.

Belongs here: catching the edges of a run and joining them without a rule. Not here: our own clustering.
"""

from types import ModuleType
from typing import Any

import pyarrow as pa


def kept_from(batch: ModuleType) -> list[pa.Table]:
    """Return a list into which a link run in this process will put the edges that it weighs."""
    kept: list[pa.Table] = []
    weigh = batch.weigh

    def weigh_and_keep(*given: Any, **named: Any) -> Any:
        weighed = weigh(*given, **named)
        kept.append(weighed.edges)
        return weighed

    batch.weigh = weigh_and_keep  # type: ignore[attr-defined]
    return kept


def plain(edges: pa.Table, count: int, *, least_bits: float) -> list[int]:
    """Return the component of each of `count` records, by Splink's own weights: the kin term is put back."""
    root = list(range(count))

    def found(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    weights = edges.column("weight").to_numpy() - edges.column("kin_bits").to_numpy()
    ends = zip(edges.column("left").to_pylist(), edges.column("right").to_pylist(), weights.tolist(), strict=True)
    for left, right, weight in ends:
        if weight >= least_bits:
            root[found(left)] = found(right)
    return [found(place) for place in range(count)]
