"""Reads of sealing: what waits for a second officer.

Belongs here: questions that wait. Not here: who is sealed and which records are held (childindex).
"""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.sealing import rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SealRequestCard:
    """What one officer asks another to agree to; `is_own` where the viewer asked it."""

    id: uuid.UUID
    child_id: uuid.UUID
    child_number: str
    given_name: str
    family_name: str
    birth_date: datetime.date | None
    kind: rules.Kind
    reason: rules.Reason
    words: str
    asked_by_name: str
    asked_at: datetime.datetime
    is_own: bool

    @property
    def child_name(self) -> str:
        """The name by which the child is shown."""
        return " ".join(part for part in (self.given_name, self.family_name) if part) or "Name not known"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """Work on a child that those whose work it is no longer see, or will not once the seal is agreed to.

    Shapes: `team_name` is empty where it is a person's of an agency; `person_name` where nobody has taken it.
    """

    kind: rules.Work
    team_name: str
    agency_name: str
    phone: str
    person_name: str
    since_at: datetime.datetime


class NoSuchRequest(Exception):
    """There is no such question, or it is decided, or it is not for this viewer."""


def get_waiting(*, viewer: access_rules.Viewer) -> list[SealRequestCard]:
    """Return what waits for a second officer, oldest first.

    Shapes: 2 queries and the children named in the audit; nothing for those who keep no seals.
    """
    event = audit_operations.open_view(viewer=viewer, act="sealing.waiting.seen")
    waiting = _waiting(viewer)
    audit_operations.add_subjects(event_id=event, subjects=[card.child_id for card in waiting])
    return waiting


def get_request(*, viewer: access_rules.Viewer, request_id: uuid.UUID) -> SealRequestCard:
    """Return one question that waits.

    Shapes: 2 queries and the child named in the audit.
    Errors: NoSuchRequest.
    """
    event = audit_operations.open_view(viewer=viewer, act="sealing.request.seen", record_ref=str(request_id))
    found = next((card for card in _waiting(viewer) if card.id == request_id), None)
    if found is None:
        raise NoSuchRequest(request_id)
    audit_operations.add_subjects(event_id=event, subjects=[found.child_id])
    return found


def count_waiting(*, viewer: access_rules.Viewer) -> int:
    """Count what others ask this viewer to agree to; under an open view, which names nobody.

    Shapes: 1 query; 0 for those who keep no seals.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sealing_waiting() WHERE asked_by_id <> %s", [viewer.user_id])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def get_open_work() -> dict[uuid.UUID, tuple[OpenWork, ...]]:
    """Return the open work on children who are sealed or asked to be, oldest first; under an open view that names them.

    Shapes: 1 query; by child, those without any left out; nothing for those who keep no seals.
    """
    found: dict[uuid.UUID, tuple[OpenWork, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, kind, team_name, agency_name, phone, person_name, since_at FROM sealing_open_work()"
        )
        for child_id, kind, team_name, agency_name, phone, person_name, since_at in cursor.fetchall():
            work = OpenWork(
                kind=rules.Work(kind),
                team_name=team_name,
                agency_name=agency_name,
                phone=phone,
                person_name=person_name,
                since_at=since_at,
            )
            found[child_id] = (*found.get(child_id, ()), work)
    return found


def _waiting(viewer: access_rules.Viewer) -> list[SealRequestCard]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, child_id, number, given_name, family_name, birth_date, kind, reason, words, asked_by_name, "
            "asked_at, asked_by_id FROM sealing_waiting()"
        )
        rows = cursor.fetchall()
    return [
        SealRequestCard(
            id=row[0],
            child_id=row[1],
            child_number=row[2],
            given_name=row[3],
            family_name=row[4],
            birth_date=row[5],
            kind=rules.Kind(row[6]),
            reason=rules.Reason(row[7]),
            words=row[8],
            asked_by_name=row[9],
            asked_at=row[10],
            is_own=row[11] == viewer.user_id,
        )
        for row in rows
    ]
