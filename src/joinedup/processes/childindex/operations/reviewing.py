"""Keeping the review queue: pairs that may be one child wait for a steward, with their evidence."""

import datetime
import json
import uuid
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from joinedup.foundation import ids
from joinedup.foundation.database import copying
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import review as linkage_review
from joinedup.processes.childindex.linkage import run as linkage_run
from joinedup.processes.childindex.operations import evidencing


def get_decided(decision: rules.Decision) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the pairs of which a steward's word stands; every later run obeys it."""
    standing = models.StewardDecision.objects.filter(decision=decision, revoked_at=None)
    return list(standing.values_list("record_a_id", "record_b_id"))


def evidence_of(
    links: pa.Table, records: Sequence[uuid.UUID], wanted: set[int]
) -> dict[int, tuple[float, dict[str, object]]]:
    """Return, for records whose link is new, the strongest comparison that holds them in their cluster.

    Units: weight in bits.
    """
    strongest: dict[int, tuple[float, int, int]] = {}
    left, right, weight = (links.column(name).to_pylist() for name in ("left", "right", "weight"))
    for row, (one, other, bits) in enumerate(zip(left, right, weight, strict=True)):
        for record, partner in ((one, other), (other, one)):
            if record in wanted and (record not in strongest or bits > strongest[record][0]):
                strongest[record] = (bits, row, partner)
    rows = sorted({row for _, row, _ in strongest.values()})
    explained = {
        row: evidencing.as_json(edge)
        for row, edge in zip(rows, links.take(pa.array(rows, pa.int64())).to_pylist(), strict=True)
    }
    return {
        record: (bits, {"with": str(records[partner]), **explained[row]})
        for record, (bits, row, partner) in strongest.items()
    }


def evidence_between(
    linked: linkage_run.Linked, some: set[int], others: set[int]
) -> dict[int, tuple[float, dict[str, object]]]:
    """Return, for each of some records, the strongest comparison with any of the others, linked or waiting.

    Units: weight in bits.
    """
    strongest: dict[int, tuple[float, dict[str, object]]] = {}
    for edges in (linked.links, linked.reviews):
        left, right = (edges.column(name).to_numpy() for name in ("left", "right"))
        ours = (np.isin(left, [*some]) & np.isin(right, [*others])) | (
            np.isin(right, [*some]) & np.isin(left, [*others])
        )
        for edge in edges.filter(pa.array(ours)).to_pylist():
            record = edge["left"] if edge["left"] in some else edge["right"]
            if record not in strongest or edge["weight"] > strongest[record][0]:
                strongest[record] = (edge["weight"], edge)
    return {record: (bits, evidencing.as_json(edge)) for record, (bits, edge) in strongest.items()}


def reopen_queue(
    *,
    run_id: uuid.UUID,
    reviews: pa.Table,
    questions: Sequence[tuple[tuple[int, int], float, dict[str, object]]] = (),
    records: Sequence[uuid.UUID],
    at: datetime.datetime,
) -> None:
    """Make the open tasks those that this run asks; decided ones stay as they are.

    Shapes: `questions` are further pairs, by places of records, with weight and evidence.
    """
    asked: dict[tuple[uuid.UUID, uuid.UUID], tuple[float, dict[str, object]]] = {}
    for edge in reviews.to_pylist():
        pair = tuple(sorted((records[edge["left"]], records[edge["right"]])))
        asked[pair[0], pair[1]] = (edge["weight"], {"reason": edge["reason"], **evidencing.as_json(edge)})
    decided = set(get_decided(rules.Decision.MUST)) | set(get_decided(rules.Decision.CANNOT))
    for places, weight, evidence in questions:
        pair = tuple(sorted((records[places[0]], records[places[1]])))
        if (pair[0], pair[1]) not in decided:
            asked.setdefault((pair[0], pair[1]), (weight, evidence))
    still_open, closed = set(), []
    waiting = models.ReviewTask.objects.filter(state="open")
    for task_id, one, other, why in waiting.values_list("id", "record_a_id", "record_b_id", "evidence__reason"):
        if (one, other) in asked and _would_part(asked[one, other][1]["reason"]) == _would_part(why):
            still_open.add((one, other))
        else:
            closed.append(task_id)
    models.ReviewTask.objects.filter(pk__in=closed).update(state=models.ReviewTask.State.CLOSED)
    copying.copy_rows(
        "childindex_reviewtask",
        ["id", "record_a_id", "record_b_id", "run_id", "weight_bits", "evidence", "state", "opened_at"]
        + ["decided_by_name"],
        (
            (ids.uuid7(), one, other, run_id, weight, json.dumps(why), models.ReviewTask.State.OPEN, at, "")
            for (one, other), (weight, why) in asked.items()
            if (one, other) not in still_open
        ),
    )


def _would_part(reason: object) -> bool:
    """Return whether it is asked of one child, and not of two; a pair that is now the other is asked about anew."""
    return reason == linkage_review.Reason.NIGHT_WOULD_PART
