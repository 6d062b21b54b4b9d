"""How right a file of clusters is, where another file has the truth.

Belongs here: bringing the two together, and the figures as a plain table of numbers. Not here: the figures (evaluate).
"""

import dataclasses
import pathlib
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.processes.childindex.linkage import evaluate
from joinedup.processes.childindex.linkage.by_itself import files, tables
from joinedup.processes.childindex.linkage.evaluate import Evaluation, Figures

#: Under one of these names the truth says which child a record is.
CHILD_NAMES = ("child_id", "child", "person_id", "cluster", "cluster_id")
#: A column with more different words than this is no grouping.
MOST_WORDS = 60
_DIGITS = 5


class NotJudgeable(Exception):
    """Clusters and truth do not fit together; the words say why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An evaluation, and in words what of the files was left out of it."""

    evaluation: Evaluation
    records: int
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON holds them.

        Units: shares of 1; counts of pairs, clusters, children and records.
        """
        found = self.evaluation
        return {
            "records": self.records,
            "pairs": _figures(found.overall),
            "clusters": {
                "clusters": found.clusters,
                "mixed": found.mixed_clusters,
                "mixed_share": _rounded(found.mixed_clusters, found.clusters),
                "children": found.children,
                "exact": found.whole_children,
                "exact_share": _rounded(found.whole_children, found.children),
                "split": found.split_children,
                "split_share": _rounded(found.split_children, found.children),
                "b3_precision": round(found.b3_precision, _DIGITS),
                "b3_recall": round(found.b3_recall, _DIGITS),
                "b3_f1": round(found.b3_f1, _DIGITS),
            },
            "groups": {name: _figures(figures) for name, figures in found.groups.items()},
            "notes": list(self.notes),
        }


def _figures(figures: Figures) -> dict[str, float]:
    return {
        **dataclasses.asdict(figures),
        "precision": round(figures.precision, _DIGITS),
        "recall": round(figures.recall, _DIGITS),
        "f1": round(figures.f1, _DIGITS),
    }


def _rounded(part: int, whole: int) -> float:
    return round(part / whole, _DIGITS) if whole else 0.0


def judge_tables(clusters: pa.Table, truth: pa.Table) -> Judged:
    """Hold clusters against the truth.

    Shapes: `clusters` has unique_id and cluster_id; `truth` has unique_id and one of `CHILD_NAMES`, and for each group a
    column of booleans (or text saying so), or of up to 60 different words. Records in one of the two alone are left out.
    Errors: NotJudgeable.
    """
    notes: list[str] = []
    for what, table, wanted in (("clusters", clusters, "cluster_id"), ("truth", truth, "")):
        for name in filter(None, ("unique_id", wanted)):
            if name not in table.column_names:
                raise NotJudgeable(f"The {what} have no column {name}; they have {', '.join(table.column_names)}.")
    child = next((name for name in CHILD_NAMES if name in truth.column_names), None)
    if child is None:
        raise NotJudgeable(f"The truth has none of the columns {', '.join(CHILD_NAMES)}, so no child is known.")
    found = _with_ids(clusters.select(["unique_id", "cluster_id"]), "clusters")
    known = _with_ids(_grouped(truth, child, notes), "truth").rename_columns({child: "child"})
    if found.column("person_record_id").type != known.column("person_record_id").type:
        found, known = (_as_text(table) for table in (found, known))
    judged = evaluate.evaluate(found, known)
    both = int(pc.sum(pc.is_in(found.column("person_record_id"), known.column("person_record_id"))).as_py() or 0)
    if not both:
        raise NotJudgeable("No unique_id of the clusters is in the truth.")
    for what, table in (("clusters", found), ("truth", known)):
        alone = table.num_rows - both
        if alone:
            notes.append(f"{alone:,} records are in the {what} alone and are left out.")
    return Judged(evaluation=judged, records=both, notes=tuple(notes))


def _with_ids(table: pa.Table, what: str) -> pa.Table:
    column = tables.whole(table.column("unique_id"))
    if column.null_count or len(column.unique()) < len(column):
        raise NotJudgeable(f"The {what} have a unique_id that is missing or comes twice.")
    return table.rename_columns({"unique_id": "person_record_id"})


def _as_text(table: pa.Table) -> pa.Table:
    place = table.column_names.index("person_record_id")
    return table.set_column(place, "person_record_id", table.column("person_record_id").cast(pa.string()))


def _grouped(truth: pa.Table, child: str, notes: list[str]) -> pa.Table:
    """Keep the columns that can be groups: booleans, and text of few different words."""
    if truth.column(child).null_count:
        notes.append(f"{truth.column(child).null_count:,} records of the truth have no {child} and are left out.")
        truth = truth.filter(pc.is_valid(truth.column(child)))
    columns = {name: truth.column(name) for name in ("unique_id", child)}
    left_out = []
    for name in truth.column_names:
        if name in columns or name in {"person_record_id", "cluster_id"}:
            continue
        column = tables.whole(truth.column(name))
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            words = set(column.unique().to_pylist()) if len(column.unique()) <= MOST_WORDS else None
            if words is not None and {str(word).lower() for word in words if word} <= {"true", "false"}:
                column = pc.equal(pc.utf8_lower(column), "true")
        elif not pa.types.is_boolean(column.type):
            words = None
        else:
            words = set()
        if words is None:
            left_out.append(name)
        else:
            columns[name] = column
    if left_out:
        notes.append(f"Not groups, for they are neither yes and no nor few words: {', '.join(left_out)}.")
    return pa.table(columns)


def judge_files(clusters: pathlib.Path, truth: pathlib.Path) -> Judged:
    """Hold a file of clusters against a file with the truth, each Parquet or CSV.

    Errors: files.NotReadable; NotJudgeable.
    """
    return judge_tables(files.read(clusters), files.read(truth))
