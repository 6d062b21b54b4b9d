"""Evaluation: how right a linkage is where the truth is known.

Belongs here: pairwise and cluster figures against truth, overall and by group. Not here: what the linkage does about it;
no figure here ever flows back into a model.

A pair is two person records. Rows of one person record are together by their local id, and are not counted as found.
"""

import dataclasses
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Pairs found and missed, for one group of children.

    Shapes: counts of pairs of person records; a pair belongs to a group when either of its records does.
    """

    found: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of pairs put together that are one child."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Return the share of pairs of one child that were put together."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How right one linkage is.

    Shapes: `mixed_clusters` hold records of two or more children; `whole_children` have all their records in one
    cluster and no one else's; `split_children` are spread over several clusters. `b3_precision` and `b3_recall` are
    means over records of the share of its cluster that is its child, and of its child that is in its cluster.
    Source: Bagga and Baldwin (1998) for B-cubed.
    """

    overall: Figures
    groups: dict[str, Figures]
    clusters: int
    mixed_clusters: int
    children: int
    whole_children: int
    split_children: int
    b3_precision: float
    b3_recall: float

    @property
    def b3_f1(self) -> float:
        """Return the harmonic mean of B-cubed precision and recall."""
        both = self.b3_precision + self.b3_recall
        return 2 * self.b3_precision * self.b3_recall / both if both else 0.0


def evaluate(membership: pa.Table, truth: pa.Table) -> Evaluation:
    """Compare a linkage with the truth.

    Shapes: `membership` has person_record_id and cluster_id; `truth` has person_record_id, child (any type) and, for
    each group, a column of booleans, or of words (one group for each word).
    Records without a truth are left out.
    """
    joined = truth.join(membership.select(["person_record_id", "cluster_id"]), "person_record_id", join_type="inner")
    labels = _Labels.of(_coded(joined, "cluster_id"), _coded(joined, "child"))
    in_cluster, of_child = labels.cluster_of_cell, labels.child_of_cell
    children_in, clusters_of = np.bincount(in_cluster), np.bincount(of_child)
    in_mixed = np.zeros(len(clusters_of), np.bool_)
    in_mixed[of_child[children_in[in_cluster] > 1]] = True
    b3_precision, b3_recall = labels.b3()
    return Evaluation(
        overall=labels.figures(None),
        groups={name: labels.figures(inside) for name, inside in _groups(joined)},
        clusters=len(children_in),
        mixed_clusters=int((children_in > 1).sum()),
        children=len(clusters_of),
        whole_children=int(((clusters_of == 1) & ~in_mixed).sum()),
        split_children=int((clusters_of > 1).sum()),
        b3_precision=b3_precision,
        b3_recall=b3_recall,
    )


def _groups(joined: pa.Table) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    for name in joined.column_names:
        if name in {"person_record_id", "cluster_id", "child"}:
            continue
        column = joined.column(name)
        if pa.types.is_boolean(column.type):
            yield name, column.fill_null(False).to_numpy(zero_copy_only=False)
            continue
        words = pa.concat_arrays(column.chunks).dictionary_encode() if column.num_chunks else pa.array([])
        codes = words.indices.fill_null(-1).to_numpy(zero_copy_only=False) if len(words) else np.empty(0, np.int64)
        found = words.dictionary.to_pylist() if len(words) else []
        for word in sorted(word for word in found if word):
            yield f"{name}: {word}", codes == found.index(word)


@dataclasses.dataclass(frozen=True, slots=True)
class _Labels:
    """The cluster and the child of each record, and the cells in which both agree."""

    cluster: Ints
    child: Ints
    cell: Ints
    cluster_of_cell: Ints
    child_of_cell: Ints

    @classmethod
    def of(cls, cluster: Ints, child: Ints) -> "_Labels":
        width = int(child.max(initial=0)) + 1
        both, cell = np.unique(cluster * width + child, return_inverse=True)
        return cls(cluster, child, cell.astype(np.int64), both // width, both % width)

    def figures(self, inside: NDArray[np.bool_] | None) -> Figures:
        """Count pairs without listing them; a group's pairs are all pairs less those wholly outside it."""

        def pairs(labels: Ints) -> int:
            return _pairs(labels) - (0 if inside is None else _pairs(labels[~inside]))

        found, together, same = pairs(self.cell), pairs(self.cluster), pairs(self.child)
        return Figures(found=found, wrong=together - found, missed=same - found)

    def b3(self) -> tuple[float, float]:
        """Return B-cubed precision and recall."""
        if not len(self.cell):
            return 1.0, 1.0
        size = np.bincount(self.cell).astype(np.float64)
        clusters, children = np.bincount(self.cluster), np.bincount(self.child)
        count = len(self.cell)
        precision = float((size * size / clusters[self.cluster_of_cell]).sum() / count)
        recall = float((size * size / children[self.child_of_cell]).sum() / count)
        return precision, recall


def _pairs(labels: Ints) -> int:
    """Return how many pairs of records agree in a label; labels count from 0."""
    counts = np.bincount(labels)
    return int((counts * (counts - 1) // 2).sum())


def _coded(table: pa.Table, name: str) -> Ints:
    column = table.column(name)
    if not table.num_rows:
        return np.empty(0, np.int64)
    codes: Ints = pa.concat_arrays(column.chunks).dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes
