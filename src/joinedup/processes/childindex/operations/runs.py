"""A link run: who is said to be whom, compared, clustered and written as links from records to children.

Belongs here: the run and what it writes, in one transaction. Not here: comparing and clustering (linkage).
"""

import collections
import dataclasses
import datetime
import json
import uuid
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import records as linkage_records
from joinedup.processes.childindex.linkage import run as linkage_run
from joinedup.processes.childindex.linkage import settings as linkage_settings
from joinedup.processes.childindex.linkage import stable as linkage_stable
from joinedup.processes.childindex.operations import holding, memberships, results, reviewing, summaries


@dataclasses.dataclass(frozen=True, slots=True)
class _Everyone:
    """Who is to be linked: the records in order, so that a place stands for a record."""

    records: list[uuid.UUID]
    authority: dict[int, int]
    table: pa.Table


@transaction.atomic
def link_all(*, by: access_rules.Viewer, at: datetime.datetime, progress: results.Progress) -> results.LinkResult:
    """Link all person records into children, keeping every child's number that can be kept.

    Errors: NothingToLink.
    """
    with connection.cursor() as cursor:
        # One run at a time; a second waits and then finds the work done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('childindex.link'))")
    progress("Reading who every record says the child is", 0.0)
    everyone = _read_everyone()
    if not everyone.records:
        raise results.NothingToLink
    places = {record: place for place, record in enumerate(everyone.records)}
    linked = linkage_run.link(
        everyone.table,
        settings=linkage_settings.LinkSettings(
            auto_bits=settings.LINK_THRESHOLD_BITS, review_bits=settings.REVIEW_THRESHOLD_BITS
        ),
        together=_pairs(reviewing.get_decided("linked"), places),
        parted=_pairs(reviewing.get_decided("parted"), places),
        progress=lambda words, share: progress(words, 0.1 + 0.6 * share),
    )
    progress("Keeping every child's number", 0.72)
    run = _keep_run(linked, at=at)
    clusters = {
        int(record): int(cluster)
        for record, cluster in zip(
            linked.membership.column("person_record_id").to_pylist(),
            linked.membership.column("cluster_id").to_pylist(),
            strict=True,
        )
    }
    membership, reviews = holding.keep_apart(clusters, linked, everyone.records, at=at)
    changes = memberships.apply(
        run_id=run.id,
        records=everyone.records,
        membership=membership,
        assign=lambda previous: linkage_stable.assign(membership, previous, everyone.authority),
        evidence=lambda wanted: reviewing.evidence_of(linked.links, everyone.records, wanted),
        at=at,
    )
    progress("Writing who each child is", 0.85)
    summaries.refresh_all(at=at)
    reviewing.reopen_queue(run_id=run.id, reviews=reviews, records=everyone.records, at=at)
    return _announce(run, linked, changes, everyone, membership, by=by, at=at)


def _announce(
    run: models.LinkRun,
    linked: linkage_run.Linked,
    changes: memberships.Changes,
    everyone: _Everyone,
    membership: Mapping[int, int],
    *,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> results.LinkResult:
    counts = {**linked.counts, **dataclasses.asdict(changes)}
    run.counts, run.finished_at = counts, clock.now()
    run.save(update_fields=["counts", "finished_at"])
    audit_operations.record(by=by, act="childindex.linked", record_ref=str(run.id))
    events_operations.publish("childindex.linked", at=at, run_id=str(run.id))
    return results.LinkResult(
        run_id=run.id,
        counts=counts,
        seconds=linked.seconds,
        membership={everyone.records[place]: cluster for place, cluster in membership.items()},
    )


def _read_everyone() -> _Everyone:
    records: list[uuid.UUID] = []
    authority: dict[int, int] = {}
    columns: dict[str, list[object]] = collections.defaultdict(list)
    for piece in records_queries.read_linkable():
        for record, kind in zip(piece.person_record_ids, piece.agency_kinds, strict=True):
            # The pieces come in the order of person records, so a new one always takes the next place.
            if not records or records[-1] != record:
                records.append(record)
                authority[len(records) - 1] = _rank(kind)
            columns["person_record_id"].append(len(records) - 1)
        for name, values in zip(records_queries.LINKABLE_COLUMNS, piece.values, strict=True):
            columns[name].extend(values)
    columns["record_id"] = list(range(len(columns["person_record_id"])))
    arrays = {
        field.name: pa.array(columns[field.name], type=field.type)
        for field in linkage_records.SCHEMA
        if field.name in columns
    }
    return _Everyone(records, authority, pa.table(arrays))


def _rank(agency_kind: str) -> int:
    return rules.AUTHORITY.index(agency_kind) if agency_kind in rules.AUTHORITY else len(rules.AUTHORITY)


def _pairs(
    decided: Sequence[tuple[uuid.UUID, uuid.UUID]], places: Mapping[uuid.UUID, int]
) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    known = [(places[one], places[other]) for one, other in decided if one in places and other in places]
    return np.array(known, dtype=np.int64).reshape(-1, 2)


def _keep_run(linked: linkage_run.Linked, *, at: datetime.datetime) -> models.LinkRun:
    version, _ = models.ModelVersion.objects.get_or_create(
        model_hash=linked.model.hash,
        defaults={
            "model": {"splink": json.loads(linked.model.text), "by_hand": linked.model.by_hand},
            "trained_at": at,
            "record_count": linked.model.trained_records,
        },
    )
    return models.LinkRun.objects.create(
        model_version=version,
        started_at=at,
        finished_at=at,
        link_threshold_bits=settings.LINK_THRESHOLD_BITS,
        review_threshold_bits=settings.REVIEW_THRESHOLD_BITS,
    )
