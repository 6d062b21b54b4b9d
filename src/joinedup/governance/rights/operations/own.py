"""Asking, from a page of one's own, that a fact is put right: a request like any other, for officers to confirm and answer.

Belongs here: the one write. Not here: requests that an officer writes down (requests).
"""

import datetime
import secrets
import uuid

from django.db import connection, transaction

from joinedup.foundation import clock, ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.rights import rules
from joinedup.governance.rights.operations import asking, deleting
from joinedup.processes.childindex import queries as childindex_queries


@transaction.atomic
def ask_for_correction(*, number: str, words: str, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Ask that something in the record of one's own page is put right; the clock of requests runs from today.

    Errors: TooFewLetters; NotAllowed for a page that is not the viewer's own; as `childindex_queries.open_child`.
    """
    said = rules.check_said(words)
    opened = childindex_queries.open_child(viewer=by, number=number, purpose="", act="rights.correction.asked")
    request_id = ids.uuid7()
    asked = f"R{at:%y%m%d}-{''.join(secrets.choice(deleting.SYMBOLS) for _ in range(5))}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rights_ask_own(%s, %s, %s, %s, %s)",
            [request_id, asked, opened.card.id, said, clock.local(at).date()],
        )
        (is_own,) = cursor.fetchone()
    if not is_own:
        raise asking.NotAllowed
    audit_operations.record(by=by, act="rights.request.recorded", subjects=[opened.card.id], record_ref=asked)
    return request_id
