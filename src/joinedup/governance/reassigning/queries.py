"""Reads of reassigning: which work waits for a person to say whose it is."""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.reassigning import rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReassignmentCard:
    """A piece of work that hangs on a child who was joined or parted; `other_number` is empty where there is no other."""

    id: uuid.UUID
    words: str
    listed_at: datetime.datetime
    child_id: uuid.UUID
    number: str
    other_id: uuid.UUID | None
    other_number: str


def get_waiting(*, viewer: access_rules.Viewer) -> list[ReassignmentCard]:
    """Return the work of which nobody has said whose it is, oldest first.

    Shapes: 2 queries and the children named in the audit; nothing for those who neither link nor part.
    """
    event = audit_operations.open_view(viewer=viewer, act="reassigning.waiting.seen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reassigning_waiting()")
        rows = cursor.fetchall()
    cards = [
        ReassignmentCard(
            id=row[0],
            words=rules.WORK[row[1]].words,
            listed_at=row[2],
            child_id=row[3],
            number=row[4],
            other_id=row[5],
            other_number=row[6] or "",
        )
        for row in rows
    ]
    named = {child for card in cards for child in (card.child_id, card.other_id) if child is not None}
    audit_operations.add_subjects(event_id=event, subjects=sorted(named))
    return cards
