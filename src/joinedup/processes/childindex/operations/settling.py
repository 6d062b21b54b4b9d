"""Settling a link run: which of its differences from the children as they stand are changed, and which are asked about.

Belongs here: reading how things stand for the rule, and putting its questions to the queue. Not here: the rule
(rules.nightly).
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
from django.db import connection
from django.db.models import Q

from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import model as linkage_model
from joinedup.processes.childindex.linkage import review as linkage_review
from joinedup.processes.childindex.linkage import run as linkage_run
from joinedup.processes.childindex.operations import evidencing, knowing, reviewing


def hold(membership: Mapping[int, int], records: Sequence[uuid.UUID], *, run: models.LinkRun) -> rules.Held[uuid.UUID]:
    """Keep children as they stand wherever the run differs and nothing new explains it.

    Shapes: places of records.
    """
    places = {record: place for place, record in enumerate(records)}
    must, cannot = (_of(reviewing.get_decided(word), places) for word in (rules.Decision.MUST, rules.Decision.CANNOT))
    before = models.LinkRun.objects.exclude(pk=run.pk).order_by("-started_at", "-id").first()
    return rules.hold(
        membership,
        before=_now(places),
        fresh={places[record] for record in knowing.get_unmatched() | _said_since(before) if record in places},
        decided=[*((one, other, True) for one, other in must), *((one, other, False) for one, other in cannot)],
        waiting=_of(models.ReviewTask.objects.filter(state="open").values_list("record_a_id", "record_b_id"), places),
        is_new_model=_is_new_model(run, before),
    )


def _of(pairs: Iterable[tuple[uuid.UUID, uuid.UUID]], places: Mapping[uuid.UUID, int]) -> list[tuple[int, int]]:
    return [(places[one], places[other]) for one, other in pairs if one in places and other in places]


def _said_since(before: models.LinkRun | None) -> set[uuid.UUID]:
    """Return the records of which stewards gave a word, or took one back, since the run before."""
    if before is None:
        return set()
    said = models.StewardDecision.objects.filter(
        Q(decided_at__gte=before.started_at) | Q(revoked_at__gte=before.started_at)
    )
    return {record for pair in said.values_list("record_a_id", "record_b_id") for record in pair}


def _now(places: Mapping[uuid.UUID, int]) -> dict[int, uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_record_id, child_id FROM childindex_link WHERE ended_at IS NULL")
        return {places[record]: child for record, child in cursor.fetchall() if record in places}


def _is_new_model(run: models.LinkRun, before: models.LinkRun | None) -> bool:
    """Return whether the run weighs otherwise than the one before: by another model or other thresholds."""
    return before is None or (
        (before.model_version_id, before.link_threshold_bits, before.review_threshold_bits)
        != (run.model_version_id, run.link_threshold_bits, run.review_threshold_bits)
    )


def questions(
    held: rules.Held[uuid.UUID], linked: linkage_run.Linked, records: Sequence[uuid.UUID]
) -> list[tuple[tuple[int, int], float, dict[str, Any]]]:
    """Return the pairs of which a steward is asked because the run differs, with weight and evidence.

    Shapes: places of records, the smaller first. Where the two were never compared nothing is said of any field. Where one
    child would be parted, the evidence says which records would be on either side.
    Units: weight in bits.
    """
    asked = [
        *((pair, linkage_review.Reason.NIGHT_WOULD_JOIN) for pair in held.join),
        *((pair, linkage_review.Reason.NIGHT_WOULD_PART) for pair in held.part),
    ]
    if not asked:
        return []
    edges = _edges_of({tuple(sorted(pair)) for pair, _ in asked}, linked)
    found = []
    for pair, reason in asked:
        ordered = (min(pair), max(pair))
        evidence = evidencing.as_json(edges.get(ordered) or _NEVER_COMPARED)
        if reason is linkage_review.Reason.NIGHT_WOULD_PART:
            evidence["sides"] = [[str(records[place]) for place in held.sides[one]] for one in ordered]
        found.append((ordered, float(str(evidence["weight"])), {"reason": reason.value, **evidence}))
    return found


def _edges_of(pairs: set[tuple[int, ...]], linked: linkage_run.Linked) -> dict[tuple[int, ...], dict[str, Any]]:
    edges = linked.edges
    places = [
        place
        for place, pair in enumerate(
            zip(edges.column("left").to_pylist(), edges.column("right").to_pylist(), strict=True)
        )
        if pair in pairs
    ]
    found = linked.with_evidence(edges.take(pa.array(places, pa.int64())).drop_columns(["outcome"]))
    return {(edge["left"], edge["right"]): edge for edge in found.to_pylist()}


_NEVER_COMPARED: dict[str, Any] = {
    "weight": 0.0,
    "kin": False,
    "kin_bits": 0.0,
    **{f"{comparison.name}_level": "" for comparison in linkage_model.COMPARISONS},
    **{f"{comparison.name}_bits": 0.0 for comparison in linkage_model.COMPARISONS},
}
