"""Writes of break-glass: looking in an emergency, reviewing it, and escalating what nobody reviewed.

Belongs here: the acts. Not here: their bounds, which the database holds (functions) and the rules state.
"""

import datetime
import uuid
from collections.abc import Sequence

from django.db import connection, transaction

from joinedup.foundation import clock, ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.governance.breakglass import models, rules


class NotAllowed(Exception):
    """No role of the viewer looks in emergencies at this child, or too many such looks were found unjustified."""


@transaction.atomic
def break_glass(
    *, child_ids: Sequence[uuid.UUID], spoken: rules.Spoken, by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Let the viewer look at the children of one household for an hour, on one reason, with one record for each child.

    Shapes: the group that the records share.
    Errors: NotAllowed, and then nothing is kept but the denial.
    """
    group_id = ids.uuid7()
    # A view of its own: what the viewer may see is worked out by the database, which then judges.
    audit_operations.open_view(
        viewer=by,
        act="breakglass.broken",
        purpose=spoken.reason,
        reason=spoken.words,
        subjects=child_ids,
        record_ref=str(group_id),
    )
    due_at = rules.review_due_at(clock.local(at), calendar=timescales_queries.get_calendar())
    for child_id in child_ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT breakglass_break(%s, %s, %s, %s, %s, %s, %s)",
                [
                    ids.uuid7(),
                    group_id,
                    child_id,
                    spoken.reason,
                    spoken.words[: rules.MOST_LETTERS],
                    rules.MOST_MINUTES,
                    due_at,
                ],
            )
            row = cursor.fetchone()
        if row is None or not row[0]:
            raise NotAllowed(child_id)
    events_operations.publish("breakglass.broken", at=at, group_id=str(group_id))
    return group_id


@transaction.atomic
def look_past_seal(*, number: str, spoken: rules.Spoken, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Let the viewer look at one sealed child, on one reason, until they leave the child and for an hour at most.

    Shapes: the group of the one record.
    Errors: NotAllowed, where there is no such sealed child too, and then nothing is kept but the denial.
    """
    group_id = ids.uuid7()
    audit_operations.open_view(
        viewer=by, act="breakglass.overridden", purpose=spoken.reason, reason=spoken.words, record_ref=str(group_id)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT breakglass_override(%s, %s, %s, %s, %s, %s, %s)",
            [
                ids.uuid7(),
                group_id,
                number,
                spoken.reason,
                spoken.words[: rules.MOST_LETTERS],
                rules.MOST_MINUTES,
                rules.review_due_at(clock.local(at), calendar=timescales_queries.get_calendar()),
            ],
        )
        row = cursor.fetchone()
    if row is None or not row[0]:
        raise NotAllowed(number)
    events_operations.publish("breakglass.overridden", at=at, group_id=str(group_id))
    return group_id


@transaction.atomic
def leave(*, number: str, by: access_rules.Viewer) -> bool:
    """End one's own emergency look at a child before its hour is over; return whether there was one."""
    audit_operations.open_view(viewer=by, act="breakglass.left", record_ref=number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT breakglass_leave(%s)", [number])
        row = cursor.fetchone()
    return bool(row and row[0])


@transaction.atomic
def review(
    *, look_id: uuid.UUID, outcome: rules.Outcome, note: str, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Keep what a reviewer found.

    Errors: MayNotReview for one's own look, one that is reviewed already, and for whoever does not review.
    """
    audit_operations.open_view(viewer=by, act="breakglass.reviewed", record_ref=str(look_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT breakglass_review(%s, %s, %s)", [look_id, outcome, note[:1000]])
        row = cursor.fetchone()
    if row is None or not row[0]:
        raise rules.MayNotReview(look_id)
    events_operations.publish("breakglass.reviewed", at=at, look_id=str(look_id), outcome=outcome.value)


@transaction.atomic
def escalate_unreviewed(*, by: access_rules.Viewer, at: datetime.datetime) -> int:
    """Mark the looks that nobody reviewed in time, once each; return how many."""
    overdue = models.EmergencyLook.objects.filter(reviewed_at=None, escalated_at=None, review_due_at__lt=at)
    escalated = overdue.update(escalated_at=at)
    if escalated:
        audit_operations.record(by=by, act="breakglass.escalated")
        events_operations.publish("breakglass.escalated", at=at, looks=escalated)
    return escalated
