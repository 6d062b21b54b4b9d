"""Placing a legal hold and lifting it, each with a reason in words."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.rights import models, queries, rules
from joinedup.governance.rights.operations import asking


@transaction.atomic
def place(  # of whom, why in a word and in words, by whom and when
    *, number: str, reason: rules.HoldReason, why: str, by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Place a legal hold on a child's record: from now on it is not deleted, whatever the schedule says.

    Errors: NotAllowed; NoSuchChild; TooFewWords.
    """
    placed_by_id = asking.check_may(by)
    words = rules.check_words(why)
    audit_operations.open_view(viewer=by, act="rights.hold.asked", record_ref=number[:20])
    child_id, child_number = asking.subject_of(number)
    hold = models.LegalHold(
        child_id=child_id,
        child_number=child_number,
        reason=reason,
        why=words,
        placed_at=at,
        placed_by_id=placed_by_id,
        placed_by_name=by.name,
    )
    hold.save(force_insert=True)
    audit_operations.record(
        by=by, act="rights.hold.placed", subjects=[child_id], record_ref=str(hold.id), purpose=reason, reason=words
    )
    return hold.id


@transaction.atomic
def lift(*, hold_id: uuid.UUID, why: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Lift a legal hold; the schedule then decides again.

    Errors: NotAllowed; NoSuchHold; NotHeld; TooFewWords.
    """
    asking.check_may(by)
    words = rules.check_words(why)
    audit_operations.open_view(viewer=by, act="rights.hold.lift-asked", record_ref=str(hold_id))
    hold = models.LegalHold.objects.select_for_update().filter(pk=hold_id).first()
    if hold is None:
        raise queries.NoSuchHold(hold_id)
    if hold.lifted_at is not None:
        raise rules.NotHeld
    hold.lifted_at, hold.lifted_by_id, hold.lifted_by_name, hold.lifted_why = at, by.user_id, by.name, words
    hold.save(update_fields=["lifted_at", "lifted_by_id", "lifted_by_name", "lifted_why"])
    audit_operations.record(
        by=by, act="rights.hold.lifted", subjects=[hold.child_id], record_ref=str(hold.id), reason=words
    )
