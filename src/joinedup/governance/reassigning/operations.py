"""The one write of reassigning: a person says whose a piece of work is.

Belongs here: the act. Not here: listing it, which the database does whenever a child is joined or parted (functions).
"""

import datetime
import uuid

from django.db import connection, transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.governance.reassigning import rules


@transaction.atomic
def reassign(*, reassignment_id: uuid.UUID, moves: bool, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Say that a piece of work stays with its child, or is the other's, where it hangs from then on.

    Errors: NotDone, with the reason.
    """
    audit_operations.open_view(
        viewer=by, act=f"reassigning.{'moved' if moves else 'stays'}", record_ref=str(reassignment_id)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT reassigning_decide(%s, %s, %s)", [reassignment_id, moves, sorted(by.given)])
        row = cursor.fetchone()
    answer = rules.Answer(row[0]) if row else rules.Answer.ABSENT
    if answer is not rules.Answer.DONE:
        raise rules.NotDone(answer)
    events_operations.publish("reassigning.decided", at=at, reassignment_id=str(reassignment_id), moved=int(moves))
