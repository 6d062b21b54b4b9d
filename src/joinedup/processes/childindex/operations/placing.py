"""Placing a record that arrives: with a known child, as a child of its own, before a steward, or before a shield officer.

Belongs here: what is written for one record. Not here: the choice (rules.arriving), its evidence (queries.meeting).
"""

import datetime
import json
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.foundation import ids
from joinedup.foundation.database import copying
from joinedup.outcomes.people import operations as people_operations
from joinedup.processes.childindex import models, queries
from joinedup.processes.childindex.operations import evidencing, memberships, remembering, touching


def place(
    *,
    person_record_id: uuid.UUID,
    child_id: uuid.UUID | None,
    run_id: uuid.UUID,
    closest: queries.Likeness | None,
    were: remembering.Remembered,
    at: datetime.datetime,
) -> uuid.UUID:
    """Link a record to a child, or to one made for it; return the child.

    The one place where an arrival says which child a record is. A record that was a child before is that child again,
    unless a steward parted it from one who is that child now. `were` is told of the child first.
    """
    child = child_id or _again(person_record_id)
    if child is None:
        (child,) = people_operations.mint_children(count=1, at=at)
        were.mint(child)
    were.touch(child)
    people_operations.set_state(child_ids=[child], is_active=True)
    evidence = None if closest is None or child_id is None else _evidence(closest)
    copying.copy_rows(
        "childindex_link",
        ["id", "person_record_id", "child_id", "run_id", "weight_bits", "evidence", "made_at"],
        [
            (
                ids.uuid7(),
                person_record_id,
                child,
                run_id,
                None if evidence is None or closest is None else closest.weighed.weight,
                None if evidence is None else json.dumps(evidence),
                at,
            )
        ],
    )
    return child


def _again(person_record_id: uuid.UUID) -> uuid.UUID | None:
    """Return the child that a record was before, and may be again."""
    before = get_before(person_record_id=person_record_id)
    if before is None:
        return None
    parted = touching.get_parted(person_record_id=person_record_id)
    return None if parted and not parted.isdisjoint(memberships.linked_to([before[0]])) else before[0]


def _evidence(closest: queries.Likeness) -> dict[str, object]:
    return {"with": str(closest.known.person_record_id), **evidencing.as_json(closest.weighed.evidence())}


def get_before(*, person_record_id: uuid.UUID) -> tuple[uuid.UUID, bool] | None:
    """Return the child that a record was last linked to, and whether that child is sealed; None where it never was.

    What was taken back and comes again is the same child again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.is_sealed FROM childindex_link l JOIN people_child named ON named.id = l.child_id "
            "JOIN people_child c ON c.id = coalesce(named.redirect_to_id, named.id) "
            "WHERE l.person_record_id = %s ORDER BY l.ended_at DESC NULLS FIRST, l.made_at DESC LIMIT 1",
            [person_record_id],
        )
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def move(
    *,
    person_record_id: uuid.UUID,
    from_child: uuid.UUID,
    to_child: uuid.UUID,
    run_id: uuid.UUID,
    closest: queries.Likeness,
    were: remembering.Remembered,
    at: datetime.datetime,
) -> None:
    """Link a record, which was a child of its own, to an older child; its number leads there for ever."""
    were.touch(from_child)
    were.touch(to_child)
    models.Link.objects.filter(person_record_id=person_record_id, ended_at=None).update(ended_at=at)
    place(person_record_id=person_record_id, child_id=to_child, run_id=run_id, closest=closest, were=were, at=at)
    people_operations.redirect_children(redirects={from_child: to_child})
    were.redirect(source=from_child, target=to_child)


def ask(
    *,
    person_record_id: uuid.UUID,
    asked: Sequence[tuple[queries.Likeness, str]],
    run_id: uuid.UUID,
    at: datetime.datetime,
) -> int:
    """Ask a steward whether a record is the same child as these, each for a reason; return how many are newly asked.

    A pair of which a steward's word stands is not asked again, nor one that waits already.
    """
    pairs = {tuple(sorted((person_record_id, near.known.person_record_id))): (near, reason) for near, reason in asked}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_a_id, record_b_id FROM childindex_reviewtask "
            "WHERE state = 'open' AND (record_a_id = %s OR record_b_id = %s) "
            "UNION SELECT record_a_id, record_b_id FROM childindex_stewarddecision "
            "WHERE revoked_at IS NULL AND (record_a_id = %s OR record_b_id = %s)",
            [person_record_id] * 4,
        )
        known = set(cursor.fetchall())
    wanted = {pair: why for pair, why in pairs.items() if pair not in known}
    models.ReviewTask.objects.bulk_create(
        models.ReviewTask(
            record_a_id=pair[0],
            record_b_id=pair[1],
            run_id=run_id,
            weight_bits=near.weighed.weight,
            evidence={"reason": reason, **evidencing.as_json(near.weighed.evidence())},
            opened_at=at,
        )
        for pair, (near, reason) in wanted.items()
    )
    return len(wanted)


def keep_waiting(
    *, person_record_id: uuid.UUID, child_id: uuid.UUID, closest: queries.Likeness, at: datetime.datetime
) -> None:
    """Let a record that may be about a sealed child wait for a shield officer; it is nobody's meanwhile."""
    models.HeldRecord.objects.get_or_create(
        person_record_id=person_record_id,
        child_id=child_id,
        defaults={
            "weight_bits": closest.weighed.weight,
            "evidence": evidencing.as_json(closest.weighed.evidence()),
            "held_at": at,
        },
    )
