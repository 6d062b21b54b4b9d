"""Working out who is tied to which child: circles of teams, and the grounds that agencies' own records give a person.

Belongs here: what follows from involvements. Not here: grounds that people give each other (invitations, emergencies).
"""

import datetime
import uuid
from collections.abc import Sequence

from django.db import connection, transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import functions


@transaction.atomic
def refresh_all(*, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Work circles and grounds out afresh for every child: dates go by, and people change teams."""
    relate(None, at=at)
    audit_operations.record(by=by, act="childindex.related")


def relate(child_ids: Sequence[uuid.UUID] | None, *, at: datetime.datetime) -> None:
    """Work circles and grounds out afresh for these children, or for all; in the caller's transaction."""
    given = {"children": None if child_ids is None else list(child_ids), "at": at}
    with connection.cursor() as cursor:
        cursor.execute(functions.REFRESH_CIRCLES, given)
        cursor.execute(functions.END_GROUNDS, given)
        cursor.execute(functions.ADD_GROUNDS, given)
