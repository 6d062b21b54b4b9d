"""Writes of sealing: asking for a seal, agreeing or refusing, and saying whose a held record is.

Belongs here: the acts. Not here: that it takes two, which the database holds (functions).
"""

import datetime
import uuid
from typing import Any

from django.db import connection, transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.governance.sealing import queries, rules
from joinedup.processes.childindex import rules as childindex_rules


@transaction.atomic
def ask(*, number: str, asked: rules.Asked, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Ask that a child be sealed, or a seal be lifted; nothing changes until another officer agrees.

    Errors: NotDone, with the reason.
    """
    request_id = ids.uuid7()
    audit_operations.open_view(
        viewer=by, act=f"sealing.{asked.kind.value}.asked", purpose=asked.reason.value, record_ref=str(request_id)
    )
    _check(
        "SELECT sealing_ask(%s, %s, %s, %s, %s)",
        [request_id, number, asked.kind.value, asked.reason.value, asked.words[: rules.MOST_LETTERS]],
    )
    events_operations.publish("sealing.asked", at=at, request_id=str(request_id), asks_to=asked.kind.value)
    return request_id


@transaction.atomic
def decide(*, request_id: uuid.UUID, agrees: bool, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Agree to what another officer asked, and do it at once; or refuse it, or take back what one asked oneself.

    Errors: NoSuchRequest; NotDone, for agreeing with oneself.
    """
    card = queries.get_request(viewer=by, request_id=request_id)
    keys = childindex_rules.stub_keys_of(
        given_name=card.given_name, family_name=card.family_name, birth_date=card.birth_date
    )
    audit_operations.open_view(
        viewer=by,
        act=f"sealing.{card.kind.value}.{'agreed' if agrees else 'refused'}",
        purpose=card.reason.value,
        record_ref=str(request_id),
    )
    _check("SELECT sealing_decide(%s, %s, %s)", [request_id, agrees, sorted(keys)])
    events_operations.publish(
        "sealing.decided", at=at, request_id=str(request_id), asks_to=card.kind.value, agreed=int(agrees)
    )


@transaction.atomic
def settle_held(*, held_id: uuid.UUID, is_same: bool, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Say whether a record that was held is about the sealed child: then it is linked to them, else to whom it fits.

    Errors: NotDone where it waits no longer.
    """
    event = audit_operations.open_view(
        viewer=by, act=f"sealing.held.{'same' if is_same else 'other'}", record_ref=str(held_id)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT childindex_settle_held(%s, %s)", [held_id, is_same])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise rules.NotDone(rules.Answer.ABSENT)
    audit_operations.add_subjects(event_id=event, subjects=[row[0]])
    events_operations.publish("sealing.held.settled", at=at, held_id=str(held_id), same=int(is_same))


def _check(statement: str, given: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    answer = rules.Answer(row[0]) if row else rules.Answer.ABSENT
    if answer is not rules.Answer.DONE:
        raise rules.NotDone(answer)
