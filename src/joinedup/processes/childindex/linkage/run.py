"""One link run: from linkage records to clusters, review pairs, a model and counts.

Belongs here: the order of the steps and what is handed back. Not here: the database (childindex operations).
"""

import dataclasses
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage import (
    clustering,
    engine,
    freeing,
    learning,
    records,
    review,
    spark,
    training,
    weights,
)
from joinedup.processes.childindex.linkage.clustering import Clusters, Edges, Ints, Outcome
from joinedup.processes.childindex.linkage.coding import making
from joinedup.processes.childindex.linkage.lore import Lore
from joinedup.processes.childindex.linkage.scoring import batch, tables
from joinedup.processes.childindex.linkage.settings import LinkSettings
from joinedup.processes.childindex.linkage.training import SavedModel

Flags = NDArray[np.bool_]
#: Told the step in words and the share of the run that is done.
Progress = Callable[[str, float], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a link run found.

    Shapes: `membership`: person_record_id, cluster_id (the smallest person_record_id in it), ordered by the first.
    `links`: the edges that hold the clusters together, with each field's level and bits; a record of a cluster of n has
    at least one, and a cluster has n - 1 less those that people joined. `reviews`: pairs that wait for a person, with
    `reason`. `not_joined`: pairs that people joined and the rules forbid (left, right).
    `lore` is what all the records taught, for those that arrive one by one. `weights`: how many pairs weigh how much, as
    weights.count has them. `edges`: all pairs that were alike enough to be looked at, with their outcome; `with_evidence`
    adds each field's level and bits to some of them.
    Units: `seconds` per step, by the wall clock.
    """

    membership: pa.Table
    links: pa.Table
    reviews: pa.Table
    not_joined: pa.Table
    model: SavedModel
    lore: Lore
    edges: pa.Table
    with_evidence: Callable[[pa.Table], pa.Table]
    counts: dict[str, int]
    weights: dict[str, dict[str, int]]
    seconds: dict[str, float]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Clustered:
    """What a link run decided, without the evidence: enough where nobody asks why.

    Shapes: `membership` and `counts` as `Linked` has them.
    """

    membership: pa.Table
    model: SavedModel
    counts: dict[str, int]
    seconds: dict[str, float]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Records in the form that is compared, and how much each two that are alike weigh by a model."""

    model: SavedModel
    coded: tables.Coded
    weighed: batch.Weighed


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """Which records are one child, each edge with its outcome, and the human joins that were obeyed or refused."""

    clusters: Clusters
    edges: pa.Table
    together: Ints

    @property
    def membership(self) -> pa.Table:
        return pa.table({"person_record_id": self.clusters.ids, "cluster_id": self.clusters.cluster})

    def counts(self, *, reviews: int) -> dict[str, int]:
        outcome = self.edges.column("outcome").to_numpy()
        sizes = np.bincount(self.clusters.head)
        return {
            "people": len(self.clusters.ids),
            "pairs": self.edges.num_rows,
            "children": int((sizes > 0).sum()),
            "alone": int((sizes == 1).sum()),
            "links": int((outcome == Outcome.JOINED).sum()),
            "refused_numbers": int(np.isin(outcome, (Outcome.TWO_NHS, Outcome.TWO_UPN)).sum()),
            "refused_kin": int((outcome == Outcome.KIN).sum()),
            "reviews": reviews,
        }


def link(
    table: pa.Table,
    *,
    settings: LinkSettings,
    saved: SavedModel | None = None,
    together: Ints | None = None,
    parted: Ints | None = None,
    progress: Progress = lambda _step, _share: None,
) -> Linked:
    """Link the records of many agencies into children, and say why.

    Shapes, errors: as `cluster`.
    """
    step = _Steps(progress)
    compared = _compare([table], settings, saved, step)
    people = clustering.people_of(compared.coded)
    decided = _decide(people, compared.weighed.edges, settings, (together, parted), step)
    step.begin("Choosing the pairs to ask a person about", 0.95)
    reviews = review.choose(decided.edges, decided.clusters, settings)
    step.end()
    links = decided.edges.filter(pa.array(decided.edges.column("outcome").to_numpy() == Outcome.JOINED))
    refused = decided.clusters.together_outcome > Outcome.JOINED
    explained = compared.weighed.with_evidence
    return Linked(
        membership=decided.membership,
        links=explained(links.drop_columns(["outcome"])),
        reviews=explained(reviews.drop_columns(["outcome"])),
        not_joined=pa.table({"left": decided.together[refused, 0], "right": decided.together[refused, 1]}),
        model=compared.model,
        lore=learning.learn(compared.coded),
        edges=decided.edges,
        with_evidence=explained,
        counts=decided.counts(reviews=reviews.num_rows),
        weights=weights.count(decided.edges, decided.clusters),
        seconds=step.seconds,
    )


def cluster(
    table: pa.Table,
    *,
    settings: LinkSettings,
    saved: SavedModel | None = None,
    together: Ints | None = None,
    parted: Ints | None = None,
    progress: Progress = lambda _step, _share: None,
) -> Clustered:
    """Decide which records of many agencies are one child.

    Shapes: `table` as `records.SCHEMA`; `together` and `parted` are k x 2 arrays of person record ids that people have
    joined or parted; a pair that names a record not in `table` is left out. `saved` is used instead of training.
    Errors: MissingColumns; SparkUnusable where the settings name a cluster.
    """
    step = _Steps(progress)
    waiting = [table]
    del table
    compared = _compare(waiting, settings, saved, step)
    model, people, edges = compared.model, clustering.people_of(compared.coded), compared.weighed.edges
    # Nobody asks for the evidence, so what it would be read from is let go.
    del compared
    freeing.free(len(people.ids))
    decided = _decide(people, edges, settings, (together, parted), step)
    step.end()
    return Clustered(
        membership=decided.membership,
        model=model,
        counts=decided.counts(reviews=review.number(decided.edges, decided.clusters, settings)),
        seconds=step.seconds,
    )


def _compare(waiting: list[pa.Table], settings: LinkSettings, saved: SavedModel | None, step: "_Steps") -> _Compared:
    """Weigh the pairs of a table, which is taken out of the list: whoever else holds it holds as much again."""
    step.begin("Bringing names, dates and numbers to one form", 0.0)
    conformed = [records.conform(waiting.pop())]
    coded = making.code(conformed.pop())
    freeing.free(len(coded.person))
    step.begin("Learning what agreement is worth", 0.1)
    model = saved or _learn(coded, settings)
    step.begin("Comparing records that may be one child", 0.55)
    freeing.free(len(coded.person))
    elsewhere = None
    if settings.spark is not None:
        elsewhere = spark.weigh(tables.as_arrow(coded), model, settings, settings.spark)
    return _Compared(
        model=model, coded=coded, weighed=batch.weigh(coded, model.settings(), settings, elsewhere=elsewhere)
    )


def _decide(
    people: clustering.People,
    edges: pa.Table,
    settings: LinkSettings,
    by_hand: tuple[Ints | None, Ints | None],
    step: "_Steps",
) -> _Decided:
    """Cluster the edges; `by_hand` are the pairs that people joined and those that they parted."""
    step.begin("Joining records, the closest first", 0.9)
    together, parted = (_known(people.ids, pairs) for pairs in by_hand)
    clusters, judged = _cluster(people, edges, settings, together, parted)
    return _Decided(clusters=clusters, edges=judged, together=together)


def learn(table: pa.Table, *, settings: LinkSettings) -> SavedModel:
    """Return a model trained on records, without linking them.

    Shapes: `table` as `records.SCHEMA`; where the records cannot teach, the weights set by hand.
    Errors: MissingColumns.
    """
    return _learn(making.code(records.conform(table)), settings)


def _learn(coded: tables.Coded, settings: LinkSettings) -> SavedModel:
    """Train, or where the records cannot teach use the weights set by hand; the model says which."""
    taught = tables.as_arrow(tables.sample(coded, settings.training_records, settings.seed))
    with engine.opened(settings) as at_work:
        try:
            return training.train(taught, at_work, settings)
        except training.UntrainedModel as fault:
            return training.untrained(str(fault))


class _Steps:
    """Tells progress and keeps the time of each step; the only clock here is a stopwatch."""

    def __init__(self, progress: Progress) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._name, self._began = "", 0.0

    def begin(self, name: str, share: float) -> None:
        self._stop()
        self._progress(name, share)
        self._name, self._began = name, time.perf_counter()

    def end(self) -> None:
        self._stop()
        self._progress("Linked", 1.0)

    def _stop(self) -> None:
        if self._name:
            self.seconds[self._name] = round(time.perf_counter() - self._began, 3)


def _known(ids: Ints, pairs: Ints | None) -> Ints:
    if pairs is None or not len(pairs):
        return clustering.no_pairs()
    return pairs[np.isin(pairs, ids).all(axis=1)]


def _cluster(
    people: clustering.People, edges: pa.Table, settings: LinkSettings, together: Ints, parted: Ints
) -> tuple[Clusters, pa.Table]:
    """Cluster the edges that reach the threshold, and write each edge's outcome beside it."""
    left, right, weight = (edges.column(name).to_numpy() for name in ("left", "right", "weight"))
    kin, thin, torn = (edges.column(name).to_numpy(zero_copy_only=False) for name in ("kin", "thin", "torn"))
    # Of kin, a telling pair shares a number: it is borrowed, and no other evidence outweighs that.
    telling = edges.column("telling").to_numpy(zero_copy_only=False)
    borrowed = kin & telling
    enough = (weight >= _needed(settings, kin=kin, thin=thin, torn=torn)) & ~borrowed
    apart = kin & (borrowed | (weight < settings.auto_bits + settings.kin_more_bits - settings.apart_bits))
    clusters = clustering.cluster(
        people,
        Edges(left=left[enough], right=right[enough], weight=weight[enough], telling=telling[enough]),
        kin=np.stack([left[apart], right[apart]], axis=1),
        parted=parted,
        together=together,
    )
    outcome = np.zeros(len(left), np.int64)
    outcome[enough] = clusters.outcome
    if len(parted):
        outcome[_among(people.ids, np.stack([left, right], axis=1), parted)] = Outcome.PARTED
    return clusters, edges.append_column("outcome", pa.array(outcome))


def _needed(settings: LinkSettings, *, kin: Flags, thin: Flags, torn: Flags) -> NDArray[np.float64]:
    """Return the weight from which each pair is linked without a person.

    Units: bits; infinite where no weight is enough.
    """
    needed = np.full(len(kin), float(settings.auto_bits))
    needed[kin] += settings.kin_more_bits
    needed[thin] += settings.thin_more_bits
    needed[torn] += settings.torn_more_bits
    return needed


def _among(ids: Ints, edges: Ints, pairs: Ints) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which edges are among the pairs, either way round."""
    here, there = (np.searchsorted(ids, np.sort(each, axis=1)) for each in (edges, pairs))
    return np.isin(here[:, 0] * len(ids) + here[:, 1], there[:, 0] * len(ids) + there[:, 1])
