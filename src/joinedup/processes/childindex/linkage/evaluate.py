"""Evaluation: how right a linkage is where the truth is known.

Belongs here: pairwise and cluster figures against truth, overall and by group. Not here: what the linkage does about it;
no figure here ever flows back into a model.

A pair is two person records. Rows of one person record are together by their local id, and are not counted as found.
"""

import dataclasses

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
    cluster and no one else's; `split_children` are spread over several clusters.
    """

    overall: Figures
    groups: dict[str, Figures]
    clusters: int
    mixed_clusters: int
    children: int
    whole_children: int
    split_children: int


def evaluate(membership: pa.Table, truth: pa.Table) -> Evaluation:
    """Compare a linkage with the truth.

    Shapes: `membership` has person_record_id and cluster_id; `truth` has person_record_id, child (any type) and, for
    each group, a column of booleans, or of words (one group for each word).
    Records without a truth are left out.
    """
    joined = truth.join(membership.select(["person_record_id", "cluster_id"]), "person_record_id", join_type="inner")
    child = _coded(joined, "child")
    cluster = _coded(joined, "cluster_id")
    everyone = np.ones(len(child), np.bool_)
    cells = np.unique(np.stack([cluster, child]), axis=1)
    children_in = np.bincount(cells[0])
    clusters_of = np.bincount(cells[1])
    in_mixed = np.zeros(len(clusters_of), np.bool_)
    in_mixed[cells[1][children_in[cells[0]] > 1]] = True
    return Evaluation(
        overall=_figures(cluster, child, everyone),
        groups={name: _figures(cluster, child, inside) for name, inside in _groups(joined).items()},
        clusters=len(children_in),
        mixed_clusters=int((children_in > 1).sum()),
        children=len(clusters_of),
        whole_children=int(((clusters_of == 1) & ~in_mixed).sum()),
        split_children=int((clusters_of > 1).sum()),
    )


def _groups(joined: pa.Table) -> dict[str, NDArray[np.bool_]]:
    groups: dict[str, NDArray[np.bool_]] = {}
    for name in joined.column_names:
        if name in {"person_record_id", "cluster_id", "child"}:
            continue
        column = joined.column(name)
        if pa.types.is_boolean(column.type):
            groups[name] = column.fill_null(False).to_numpy(zero_copy_only=False)
            continue
        values = np.array(column.to_pylist(), dtype=object)
        groups |= {f"{name}: {word}": values == word for word in sorted({word for word in values if word})}
    return groups


def _figures(cluster: Ints, child: Ints, inside: NDArray[np.bool_]) -> Figures:
    """Count pairs without listing them; a group's pairs are all pairs less those wholly outside it."""
    found = _pairs(cluster, child) - _pairs(cluster[~inside], child[~inside])
    together = _pairs(cluster) - _pairs(cluster[~inside])
    same = _pairs(child) - _pairs(child[~inside])
    return Figures(found=found, wrong=together - found, missed=same - found)


def _pairs(*labels: Ints) -> int:
    """Return how many pairs of records agree in all labels."""
    if not len(labels[0]):
        return 0
    counts = np.unique(np.stack(labels), axis=1, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _coded(table: pa.Table, name: str) -> Ints:
    codes: Ints = table.column(name).combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes
