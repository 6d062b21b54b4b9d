"""The answers of a synthetic borough: which record truly is which child, held against the links.

Belongs here: reading the truth beside the files, for commands and benchmarks. Not here: linking; truth never flows into it.
"""

import csv
import dataclasses
import pathlib
import uuid
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from joinedup.delivery.records import queries as records_queries
from joinedup.processes.childindex.linkage import evaluate as linkage_evaluate

_AGE_BANDS = ((2, "under 2"), (5, "2 to 4"), (11, "5 to 10"), (16, "11 to 15"))


def evaluate(membership: Mapping[uuid.UUID, int], truth: pathlib.Path) -> linkage_evaluate.Evaluation:
    """Hold a linkage against the truth of the borough it was made from.

    Shapes: `membership` gives each person record's cluster; records without a truth are left out.
    """
    agencies: dict[uuid.UUID, str] = {}
    child_of = _child_of_record(truth, agencies)
    children = _rows(truth / "children.csv")
    about = {row["child"]: row for row in children}
    newest = max(int(row["birth_date"][:4] or 0) for row in children)
    records = [record for record in membership if record in child_of]
    known = [about[child_of[record]] for record in records]
    places = pa.array(range(len(records)), pa.int64())
    return linkage_evaluate.evaluate(
        pa.table(
            {
                "person_record_id": places,
                "cluster_id": pa.array([membership[record] for record in records], pa.int64()),
            }
        ),
        pa.table(
            {
                "person_record_id": places,
                "child": [row["child"] for row in known],
                "twins": [row["twin"] == "1" for row in known],
                "changed family name": [row["changed_family_name"] == "1" for row in known],
                "missing identifiers": [row["missing_identifiers"] == "1" for row in known],
                "community": [row["community"] for row in known],
                "looked after": [row["looked_after"] == "1" for row in known],
                "age": [_age_band(newest - int(row["birth_date"][:4] or newest)) for row in known],
                "agency": [agencies[record] for record in records],
            }
        ),
    )


def _age_band(years: int) -> str:
    """Return in which band a child is, by the year of birth and that of the youngest."""
    return next((words for below, words in _AGE_BANDS if years < below), "16 and over")


def child_of_record(truth: pathlib.Path) -> dict[uuid.UUID, str]:
    """Return the child whom each record truly is about, by the name that the truth gives the child."""
    return _child_of_record(truth, {})


def _child_of_record(truth: pathlib.Path, agencies: dict[uuid.UUID, str]) -> dict[uuid.UUID, str]:
    """Return the child whom each record truly is about, and put down of which agency it is."""
    numbered: dict[tuple[str, str, str], str] = {}
    unnumbered: dict[tuple[str, str, int], str] = {}
    for row in _rows(truth / "records.csv"):
        if row["local_id"]:
            numbered[row["agency"], row["scheme"], row["local_id"]] = row["child"]
        else:
            unnumbered[row["agency"], pathlib.PurePath(row["file"]).name, int(row["line_number"])] = row["child"]
    found: dict[uuid.UUID, str] = {}
    for agency, scheme, local_id, record in records_queries.read_person_keys():
        child = numbered.get((agency, scheme, local_id))
        if child is not None:
            found[record], agencies[record] = child, agency
    for agency, file_name, line_number, record in records_queries.read_places_of_unnumbered():
        child = unnumbered.get((agency, file_name, line_number))
        if child is not None:
            found[record], agencies[record] = child, agency
    return found


def _rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_json(evaluation: linkage_evaluate.Evaluation) -> dict[str, Any]:
    """Return an evaluation in the form in which a run keeps it."""
    groups = {"all": evaluation.overall, **evaluation.groups}
    return {
        "groups": {
            name: {
                **dataclasses.asdict(figures),
                "precision": round(figures.precision, 5),
                "recall": round(figures.recall, 5),
                "f1": round(figures.f1, 5),
            }
            for name, figures in groups.items()
        },
        "children": evaluation.children,
        "whole_children": evaluation.whole_children,
        "mixed_clusters": evaluation.mixed_clusters,
        "split_children": evaluation.split_children,
    }
