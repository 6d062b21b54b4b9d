"""Holding records that may be about a sealed child: they wait for a shield officer, and make no child meanwhile.

Belongs here: reading who is sealed, and keeping who is held. Not here: the choice (rules.holding), deciding (governance).
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from django.db import connection

from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import run as linkage_run
from joinedup.processes.childindex.operations import reviewing


def keep_apart(
    clusters: Mapping[int, int], linked: linkage_run.Linked, records: Sequence[uuid.UUID], *, at: datetime.datetime
) -> tuple[dict[int, int], pa.Table]:
    """Return which records are linked with which, and the pairs that a steward is asked; hold what may be of sealed children.

    Shapes: places of records; as given where no child is sealed.
    """
    places = {record: place for place, record in enumerate(records)}
    sealed, known = _linked_now(places)
    if not sealed:
        models.HeldRecord.objects.filter(outcome=models.HeldRecord.Outcome.WAITING).delete()
        return dict(clusters), linked.reviews
    left, right = (linked.reviews.column(name).to_numpy() for name in ("left", "right"))
    kept = rules.keep_apart(
        clusters,
        sealed=sealed,
        known=known,
        near=zip(left.tolist(), right.tolist(), strict=True),
        cleared=_cleared(places),
    )
    _keep(kept.held, sealed, linked, records, at=at)
    hidden = np.array(sorted({*sealed, *kept.held}), dtype=np.int64)
    return kept.membership, linked.reviews.filter(pa.array(~(np.isin(left, hidden) | np.isin(right, hidden))))


def _linked_now(places: Mapping[uuid.UUID, int]) -> tuple[dict[int, uuid.UUID], set[int]]:
    """Return the sealed child of each record that has one, and the records that other children have.

    A record that was taken back and has come again is its child's, as it was: an officer is not asked twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (l.person_record_id) l.person_record_id, c.id, c.is_sealed FROM childindex_link l "
            "JOIN people_child named ON named.id = l.child_id "
            "JOIN people_child c ON c.id = coalesce(named.redirect_to_id, named.id) "
            "ORDER BY l.person_record_id, l.ended_at DESC NULLS FIRST, l.made_at DESC"
        )
        now = [(places[record], child, is_sealed) for record, child, is_sealed in cursor.fetchall() if record in places]
    sealed = {place: child for place, child, is_sealed in now if is_sealed}
    return sealed, {place for place, _, is_sealed in now if not is_sealed}


def _cleared(places: Mapping[uuid.UUID, int]) -> set[tuple[int, uuid.UUID]]:
    """Return the records of which an officer said that they are not about that sealed child."""
    said = models.HeldRecord.objects.filter(outcome=models.HeldRecord.Outcome.OTHER)
    return {
        (places[record], child)
        for record, child in said.values_list("person_record_id", "child_id")
        if record in places
    }


def _keep(
    held: Mapping[int, uuid.UUID],
    sealed: Mapping[int, uuid.UUID],
    linked: linkage_run.Linked,
    records: Sequence[uuid.UUID],
    *,
    at: datetime.datetime,
) -> None:
    """Make those that wait be those of this run; what was said of others stays."""
    waiting = models.HeldRecord.objects.filter(outcome=models.HeldRecord.Outcome.WAITING)
    wanted = {(records[place], child): place for place, child in held.items()}
    known = {(one.person_record_id, one.child_id): one for one in waiting}
    waiting.filter(pk__in=[one.pk for pair, one in known.items() if pair not in wanted]).delete()
    evidence = reviewing.evidence_between(linked, set(held), set(sealed))
    models.HeldRecord.objects.bulk_create(
        models.HeldRecord(
            person_record_id=record,
            child_id=child,
            weight_bits=evidence.get(place, (None, None))[0],
            evidence=evidence.get(place, (None, None))[1],
            held_at=at,
        )
        for (record, child), place in wanted.items()
        if (record, child) not in known
    )
