"""A link run: who is said to be whom, compared, clustered and written as links from records to children.

Belongs here: the run and what it writes, in one transaction. Not here: comparing and clustering (linkage).
"""

import collections
import dataclasses
import datetime
import uuid
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
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
from joinedup.processes.childindex.operations import (
    history,
    holding,
    knowing,
    memberships,
    results,
    reviewing,
    settling,
    summaries,
    versions,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Everyone:
    """Who is to be linked: the records in order, so that a place stands for a record."""

    records: list[uuid.UUID]
    authority: dict[int, int]
    table: pa.Table


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """What comparing everyone under one model came to, before anything of it is written.

    Shapes: places of records; the cluster of each, and the pairs that a steward is asked.
    """

    everyone: Everyone
    linked: linkage_run.Linked
    membership: dict[int, int]
    reviews: pa.Table

    def assign(self, previous: Mapping[int, uuid.UUID]) -> linkage_stable.Assignment[uuid.UUID]:
        """Return which child each cluster is."""
        return linkage_stable.assign(self.membership, previous, self.everyone.authority)


@transaction.atomic
def link_all(
    *,
    by: access_rules.Viewer,
    at: datetime.datetime,
    spark: linkage_settings.SparkSettings | None,
    is_index_anew: bool,
    progress: results.Progress,
) -> results.LinkResult:
    """Link all person records into children, keeping every child's number that can be kept.

    By the model that is current; where none was ever learnt and approved, the run learns one and says so in the history.
    Where it differs from the children as they stand and nothing new explains it, a steward is asked, and nothing changes.

    Errors: NothingToLink; linkage.spark.SparkUnusable.
    """
    one_at_a_time()
    progress("Reading who every record says the child is", 0.0)
    knowing.know_everyone(anew=is_index_anew)
    everyone = read_everyone()
    version = versions.get_current()
    compared = compare(
        everyone, version, spark=spark, at=at, progress=lambda words, share: progress(words, 0.1 + 0.6 * share)
    )
    progress("Keeping every child's number", 0.72)
    used = versions.first_or_same(version, compared.linked.model, everyone.table, by=by, at=at)
    run = _keep_run(used, compared.linked, at=at)
    held = settling.hold(compared.membership, everyone.records, run=run)
    settled = dataclasses.replace(compared, membership=held.membership)
    changes = memberships.apply(
        run_id=run.id,
        records=everyone.records,
        membership=settled.membership,
        assign=settled.assign,
        evidence=lambda wanted: reviewing.evidence_of(compared.linked.links, everyone.records, wanted),
        act=history.Act(id=run.id, because=rules.Because.RUN, by=by, at=at),
    )
    progress("Writing who each child is", 0.85)
    summaries.refresh_all(at=at)
    reviewing.reopen_queue(
        run_id=run.id,
        reviews=settled.reviews,
        questions=settling.questions(held, settled.linked, everyone.records),
        records=everyone.records,
        at=at,
    )
    knowing.set_weighed(None)
    return _announce(run, settled, changes, held, by=by, at=at)


def one_at_a_time() -> None:
    """Let one run, or one steward's act, be at work at a time; a second waits and then finds the work done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('childindex.link'))")


def compare(
    everyone: Everyone,
    version: models.ModelVersion | None,
    *,
    at: datetime.datetime,
    progress: results.Progress,
    spark: linkage_settings.SparkSettings | None = None,
    learns: bool = True,
) -> Compared:
    """Compare everyone under a model; what stewards and officers said is obeyed.

    Where there is none that was learnt or approved, and the caller `learns`, under one that is learnt now.
    """
    may_learn = version is None or (learns and versions.may_learn_by_itself(version))
    places = {record: place for place, record in enumerate(everyone.records)}
    linked = linkage_run.link(
        everyone.table,
        settings=dataclasses.replace(versions.thresholds_of(version), spark=spark),
        saved=None if version is None or may_learn else versions.saved_model(version),
        together=_pairs(reviewing.get_decided(rules.Decision.MUST), places),
        parted=_pairs(reviewing.get_decided(rules.Decision.CANNOT), places),
        progress=progress,
    )
    clusters = {
        int(record): int(cluster)
        for record, cluster in zip(
            linked.membership.column("person_record_id").to_pylist(),
            linked.membership.column("cluster_id").to_pylist(),
            strict=True,
        )
    }
    membership, reviews = holding.keep_apart(clusters, linked, everyone.records, at=at)
    return Compared(everyone, linked, membership, reviews)


def _announce(
    run: models.LinkRun,
    compared: Compared,
    changes: memberships.Changes,
    held: rules.Held[uuid.UUID],
    *,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> results.LinkResult:
    agreement = {"pairs_before": held.pairs, "pairs_agreed": held.pairs_agreed, "pairs_waiting": held.pairs_waiting}
    differences = {"would_join": len(held.join), "would_part": len(held.part)}
    counts = {**compared.linked.counts, **dataclasses.asdict(changes), **agreement, **differences}
    run.counts, run.finished_at = counts, clock.now()
    # Of pairs below the review threshold nothing was kept, so that nothing can be said of them.
    run.weights = {**compared.linked.weights, "floor_bits": run.review_threshold_bits}
    run.save(update_fields=["counts", "weights", "finished_at"])
    audit_operations.record(by=by, act="childindex.linked", record_ref=str(run.id))
    events_operations.publish("childindex.linked", at=at, run_id=str(run.id))
    return results.LinkResult(
        run_id=run.id,
        counts=counts,
        seconds=compared.linked.seconds,
        membership={compared.everyone.records[place]: cluster for place, cluster in compared.membership.items()},
    )


def read_everyone() -> Everyone:
    """Return what every record says of who the child is.

    Errors: NothingToLink.
    """
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
    if not records:
        raise results.NothingToLink
    return Everyone(records, authority, pa.table(arrays))


def _rank(agency_kind: str) -> int:
    return rules.AUTHORITY.index(agency_kind) if agency_kind in rules.AUTHORITY else len(rules.AUTHORITY)


def _pairs(
    decided: Sequence[tuple[uuid.UUID, uuid.UUID]], places: Mapping[uuid.UUID, int]
) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    known = [(places[one], places[other]) for one, other in decided if one in places and other in places]
    return np.array(known, dtype=np.int64).reshape(-1, 2)


def _keep_run(version: models.ModelVersion, linked: linkage_run.Linked, *, at: datetime.datetime) -> models.LinkRun:
    """Keep the run, and what all records taught of names, in place of what earlier runs learnt.

    Numbers that replaced each other stand with the aliases, and go with them when a record is deleted.
    """
    run = models.LinkRun.objects.create(
        model_version=version,
        started_at=at,
        finished_at=at,
        link_threshold_bits=version.link_threshold_bits,
        review_threshold_bits=version.review_threshold_bits,
    )
    models.Lore.objects.all().delete()
    names = dataclasses.replace(linked.lore, same_nhs={}, same_upn={})
    models.Lore.objects.create(run=run, said=names.as_json())
    return run
