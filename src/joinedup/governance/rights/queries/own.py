"""What somebody asked, from a page of their own, to have put right, and how it was answered.

Belongs here: one's own requests. Not here: those that officers work (requests).
"""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.governance.rights import rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnAsked:
    """One request of one's own; `answer` is empty until it is closed, and `due_on` the last day in time."""

    asked: str
    asked_on: datetime.date
    due_on: datetime.date
    closed_at: datetime.datetime | None
    answer: str


def get_own_asked(*, child_id: uuid.UUID) -> list[OwnAsked]:
    """Return what the viewer of the open view asked of a page that is their own, newest first.

    Shapes: 1 query; nothing for a page that is another's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT asked, asked_on, closed_at, answer FROM rights_own_asked(%s)", [child_id])
        rows = cursor.fetchall()
    return [
        OwnAsked(
            asked=asked,
            asked_on=asked_on,
            due_on=rules.due_on(asked_on=asked_on, calendar=timescales_queries.get_calendar()),
            closed_at=closed_at,
            answer=answer,
        )
        for asked, asked_on, closed_at, answer in rows
    ]
