"""A steward's answers to a question of the queue: one child, two children, or not sure.

Belongs here: which records a question is about, and who was not sure. Not here: linking and parting (stewarding).
"""

import datetime
import json
import uuid
from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.operations import acting, stewarding


@transaction.atomic
def leave_unsure(*, task_id: uuid.UUID, note: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Say that one is not sure of a question: it waits on, behind all others, with the note.

    Errors: NotAllowed; SecondFactorNeeded; NotDone where the question is decided, or is not for this viewer.
    """
    acting.check_may_link(by)
    audit_operations.open_view(viewer=by, act="childindex.question.unsure", record_ref=str(task_id))
    acting.answered(
        "SELECT childindex_note_question(%s, %s, %s, %s)",
        [ids.uuid7(), task_id, note[: rules.MOST_WORDS], sorted(by.given)],
    )
    events_operations.publish("childindex.question.unsure", at=at, task_id=str(task_id))


@transaction.atomic
def answer_question(
    *, task_id: uuid.UUID, is_one_child: bool, why: str, by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Link the two records of a question, or say for good that the children who have them are two.

    Shapes: the act, by which a link can be undone.
    Errors: as stewarding.link_records and part_records; NotDone where the question is decided, or is not for this viewer.
    """
    acting.check_may_link(by)
    audit_operations.open_view(
        viewer=by, act="childindex.question.answered", record_ref=str(task_id), purpose=rules.Purpose.LINKING
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_a, record_b, evidence -> 'sides' FROM childindex_question(%s, %s)",
            [task_id, sorted(by.given)],
        )
        pair = cursor.fetchone()
        if pair is None:
            raise rules.NotDone(rules.Answer.ABSENT)
        if is_one_child:
            return stewarding.link_records(record_a=pair[0], record_b=pair[1], why=why, by=by, at=at)
        cursor.execute(
            "SELECT person_record_id, child_id FROM childindex_whole(%s, %s)", [list(pair[:2]), sorted(by.given)]
        )
        child_of = dict(cursor.fetchall())
    one, other = _sides(pair[0], pair[1], json.loads(pair[2] or "null"), child_of)
    return stewarding.part_records(record_ids=other, from_ids=one, why=why, by=by, at=at)


def _sides(
    record_a: uuid.UUID,
    record_b: uuid.UUID,
    kept: Sequence[Sequence[str]] | None,
    child_of: Mapping[uuid.UUID, uuid.UUID],
) -> list[list[uuid.UUID]]:
    """Return all records of the one child and of the other, or of one child those that a run would have on either side.

    All, so that a third record is not asked about as soon as this one is answered.
    """
    pair = (record_a, record_b)
    if child_of.get(record_a) != child_of.get(record_b):
        return [[record for record in child_of if child_of[record] == child_of[each]] for each in pair]
    # A record that has left the child since the run is nobody's business here.
    return [
        [record for record in map(uuid.UUID, side) if record in child_of]
        for side in kept or [[str(record)] for record in pair]
    ]
