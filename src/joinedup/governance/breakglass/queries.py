"""Reads of break-glass: what waits to be reviewed, and what someone has open.

Belongs here: emergency looks. Not here: the child's record itself (childindex).
"""

import dataclasses
import datetime
import uuid

from django.db.models import QuerySet

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.breakglass import models


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyLookCard:
    """One emergency look, as a reviewer sees it."""

    id: uuid.UUID
    user_id: uuid.UUID
    user_name: str
    child_number: str
    reason: str
    words: str
    is_past_seal: bool
    started_at: datetime.datetime
    ends_at: datetime.datetime
    review_due_at: datetime.datetime
    is_escalated: bool
    reviewed_at: datetime.datetime | None
    reviewer_name: str
    outcome: str
    note: str


class NoSuchLook(Exception):
    """There is no such emergency look, or it is not for this viewer."""


def count_waiting(*, viewer: access_rules.Viewer) -> int:
    """Count the emergency looks of others that wait to be reviewed, for those who review.

    Shapes: 1 query under an open view; 0 for everyone else.
    """
    return _of_others(viewer).filter(reviewed_at=None).count()


def get_looks(*, viewer: access_rules.Viewer, is_waiting: bool, first: int, count: int) -> list[EmergencyLookCard]:
    """Return a part of the emergency looks for review: what waits by when it is due, what is reviewed newest first.

    Shapes: 2 queries; written into the audit.
    """
    audit_operations.open_view(viewer=viewer, act="breakglass.looks.seen")
    looks = _of_others(viewer).filter(reviewed_at__isnull=is_waiting)
    ordered = looks.order_by("review_due_at", "id") if is_waiting else looks.order_by("-reviewed_at", "-id")
    return [_card(look) for look in ordered[first : first + count]]


def count_looks(*, viewer: access_rules.Viewer, is_waiting: bool) -> int:
    """Count the emergency looks that `get_looks` pages through; under its view."""
    return _of_others(viewer).filter(reviewed_at__isnull=is_waiting).count()


def get_look(*, viewer: access_rules.Viewer, look_id: uuid.UUID) -> EmergencyLookCard:
    """Return one emergency look for review.

    Shapes: 2 queries; written into the audit with the child it was about.
    Errors: NoSuchLook, for one's own too.
    """
    audit_operations.open_view(viewer=viewer, act="breakglass.look.seen", record_ref=str(look_id))
    look = _of_others(viewer).filter(pk=look_id).first()
    if look is None:
        raise NoSuchLook(look_id)
    return _card(look)


def _of_others(viewer: access_rules.Viewer) -> QuerySet[models.EmergencyLook]:
    """Nobody reviews their own look; nobody at all reviews without being signed in."""
    if viewer.user_id is None:
        return models.EmergencyLook.objects.none()
    return models.EmergencyLook.objects.exclude(user_id=viewer.user_id)


def _card(look: models.EmergencyLook) -> EmergencyLookCard:
    return EmergencyLookCard(
        id=look.id,
        user_id=look.user_id,
        user_name=look.user_name,
        child_number=look.child_number,
        reason=look.reason,
        words=look.words,
        is_past_seal=look.is_past_seal,
        started_at=look.started_at,
        ends_at=look.ends_at,
        review_due_at=look.review_due_at,
        is_escalated=look.escalated_at is not None,
        reviewed_at=look.reviewed_at,
        reviewer_name=look.reviewer_name,
        outcome=look.outcome,
        note=look.note,
    )
