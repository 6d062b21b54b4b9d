"""Giving the people of the demonstration the children they work with, once records are linked.

Belongs here: the demonstration's own cast. Not here: how grounds come about in use (childindex, and the processes).
"""

import datetime
from typing import Any

from joinedup.commands import session

_OPEN_CONTACTS = 40

# The worker whose name stands in most open cases of social care.
_BUSIEST = """
SELECT i.practitioner FROM records_involvement i
JOIN records_personrecord p ON p.id = i.person_record_id JOIN agencies_agency a ON a.id = p.agency_id
WHERE a.code = 'social_care' AND i.is_current AND i.answers AND i.practitioner LIKE '% %'
  AND (i.ended_date IS NULL OR i.ended_date >= current_date)
GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""
# The children about whom someone asked for help last.
_LATEST_REFERRALS = """
SELECT l.child_id FROM records_chronologyentry e
JOIN childindex_link l ON l.person_record_id = e.person_record_id AND l.ended_at IS NULL
WHERE e.kind = 'referral' AND e.is_current GROUP BY 1 ORDER BY max(e.happened_date) DESC, 1 LIMIT %s
"""


def cast(*, at: datetime.datetime) -> None:
    """Let the social worker be one who is named in records, and give the front door contacts to look into."""
    from joinedup.delivery.agencies import operations as agencies_operations
    from joinedup.foundation.access import operations as access_operations
    from joinedup.processes.childindex import operations as childindex_operations

    by = session.viewer("demo")
    busiest = _rows(_BUSIEST)
    if busiest:
        agencies_operations.keep_worker_code(username="social-worker", worker_code=busiest[0][0], by=by)
    childindex_operations.refresh_relations(by=by, at=at)
    access_operations.invite(
        username="front-door",
        subject_ids=[child_id for (child_id,) in _rows(_LATEST_REFERRALS, _OPEN_CONTACTS)],
        origin="demo",
        at=at,
    )


def _rows(query: str, *given: int) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, given or None)
        return list(cursor.fetchall())
