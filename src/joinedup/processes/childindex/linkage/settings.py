"""Settings of a link run: thresholds, the size of the machine, and how much to train on.

Belongs here: numbers a steward or an operator may change. Not here: what is compared and how (model).
"""

import dataclasses
import math


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SparkSettings:
    """Where a run's pairs are weighed when one machine is too small.

    `master` is Spark's word for a cluster: `local[2]` is this machine, `yarn`, `k8s://...` and `spark://...` are others.
    `folder` is one that all its machines reach under the same path; empty is this machine's own for what is temporary.
    """

    master: str = "local[2]"
    folder: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """What a link run may be told; the defaults serve one borough on two cores.

    Units: `auto_bits`, `review_bits`, `kin_bits` and `margin_bits` in bits (log2 odds); 0 is evens.
    A pair at or above `auto_bits` may be linked without a person; from `review_bits` up to there a person is asked.
    `kin_bits` is taken off a pair that looks like a brother and a sister rather than one child.
    `kin_more_bits`, `thin_more_bits` and `torn_more_bits` are what such a pair must weigh beyond `auto_bits` to be linked
    without a person: infinitely much, unless told otherwise. A pair that looks like kin and is not linked keeps the clusters
    of its two records apart, unless it lacks less than `apart_bits`.
    A record without a clear forename that is nearly as close (within `margin_bits`) to a twin waits for a person.
    """

    auto_bits: float = 4.0
    review_bits: float = -3.0
    kin_bits: float = 14.0
    kin_more_bits: float = math.inf
    thin_more_bits: float = math.inf
    torn_more_bits: float = math.inf
    apart_bits: float = 0.0
    margin_bits: float = 3.0
    most_reviews: int = 20_000
    threads: int = 2
    memory_limit: str = "1200MB"
    #: Of more people than this a sample teaches the model.
    training_records: int = 500_000
    training_pairs: int = 1_000_000
    training_least_records: int = 2_000
    seed: int = 2006
    #: Weigh pairs on Spark; on DuckDB, in this process, if left out.
    spark: SparkSettings | None = None
