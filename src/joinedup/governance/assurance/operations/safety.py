"""Recording whose reading of who looked is safe, and suspending it; both change nothing that a parent could notice.

Belongs here: the two records. Not here: what follows from them (rules).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import models
from joinedup.governance.assurance.queries import granting, looks
from joinedup.governance.assurance.rules import family

#: The grounds of the family itself, who never say for themselves what is safe.
_OF_THE_FAMILY = frozenset({"Y"})


class MayNotRecordSafety(Exception):
    """Only a practitioner who may read who looked at the child may say for whom reading it is safe, or suspend it."""


class NoReason(Exception):
    """Why it is safe, or is not, must be said."""


def _recorder(by: access_rules.Viewer, *, act: str, child_id: uuid.UUID) -> uuid.UUID:
    """Open a view of what is kept for the child's family; return who does."""
    audit_operations.open_view(viewer=by, act=act, subjects=[child_id])
    held = granting.held_grounds(child_id=child_id)
    try:
        granting.check_may_see_who_looked(by, grounds=held - _OF_THE_FAMILY)
    except granting.MayNotSeeWhoLooked:
        raise MayNotRecordSafety from None
    if by.user_id is None:
        raise MayNotRecordSafety
    granting.open_child(child_id=child_id)
    return by.user_id


@transaction.atomic
def record_parental_safety(  # whose reading of whose page, and why
    *,
    child_id: uuid.UUID,
    parent_ref: str,
    parent_name: str,
    is_safe: bool,
    reason: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> uuid.UUID:
    """Record that it is safe for one parent to read who looked at one child, or that it is not; what stood before ends.

    Errors: MayNotRecordSafety; NoReason.
    """
    if not reason.strip():
        raise NoReason
    recorder_id = _recorder(by, act="assurance.safety.recorded", child_id=child_id)
    models.ParentalViewSafety.objects.filter(child_id=child_id, parent_ref=parent_ref, ended_at=None).update(
        ended_at=at
    )
    made = models.ParentalViewSafety.objects.create(
        child_id=child_id,
        parent_ref=parent_ref,
        parent_name=parent_name,
        is_safe=is_safe,
        reason=reason.strip()[:500],
        recorded_by_id=recorder_id,
        recorded_at=at,
    )
    return made.id


@transaction.atomic
def suspend_looks(
    *,
    child_id: uuid.UUID,
    kind: family.Suspends,
    since: datetime.datetime,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    """Suspend every parent's version for one child, without a word to anyone; asked twice it is suspended once.

    It runs from no earlier than a parent could have read of, so that nothing they have read vanishes.
    Errors: MayNotRecordSafety.
    """
    _recorder(by, act="assurance.looks.suspended", child_id=child_id)
    begins = family.earliest_since(since=since, at=at, delay=looks.delay())
    if models.LookSuspension.objects.filter(child_id=child_id, kind=kind.value, until=None, concern_id=None).exists():
        return
    models.LookSuspension.objects.create(child_id=child_id, kind=kind.value, since=begins, recorded_by_name=by.name)


@transaction.atomic
def end_suspension(
    *, child_id: uuid.UUID, kind: family.Suspends, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Let a suspension end; the looks made while it ran stay hidden for good. One that follows from a concern of child
    protection ends with what it follows from, and by nobody's word.

    Errors: MayNotRecordSafety.
    """
    _recorder(by, act="assurance.looks.resumed", child_id=child_id)
    models.LookSuspension.objects.filter(child_id=child_id, kind=kind.value, until=None, concern_id=None).update(
        until=at
    )
