"""Working the queue of unusual looking: open the case with a reason, then decide; both from outside the looker's team.

Belongs here: what a reviewer does. Not here: who may (rules), finding alerts (finding).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import models, queries
from joinedup.governance.assurance.queries import alerts, granting
from joinedup.governance.assurance.rules import reviewing


class ReasonTooShort(Exception):
    """A case is opened with a reason in words, and decided with a note."""


class AlreadyDecided(Exception):
    """Somebody has decided this alert; a decision stands."""


class NotOpened(Exception):
    """The case must be opened before it is decided."""


@transaction.atomic
def open_case(*, alert_id: uuid.UUID, reason: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Let reviewers see which children an alert is about, for a reason that is kept; opening again changes nothing.

    Errors: MayNotReview; NoSuchAlert; NotOutside; ReasonTooShort.
    """
    alert = _locked(alert_id, by)
    if len(reason.strip()) < reviewing.LEAST_REASON_LETTERS:
        raise ReasonTooShort
    if alert.opened_at is not None:
        return
    models.UnusualLook.objects.filter(pk=alert_id).update(
        opened_by_id=by.user_id, opened_at=at, opened_reason=reason.strip()[:500]
    )
    audit_operations.record(by=by, act="assurance.unusual.case-opened", record_ref=str(alert_id))


@transaction.atomic
def decide(
    *,
    alert_id: uuid.UUID,
    outcome: reviewing.Outcome,
    note: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    """Say what became of an alert; it stands.

    Errors: MayNotReview; NoSuchAlert; NotOutside; AlreadyDecided; NotOpened; ReasonTooShort.
    """
    alert = _locked(alert_id, by)
    if alert.state != reviewing.State.OPEN:
        raise AlreadyDecided
    if alert.opened_at is None:
        raise NotOpened
    if len(note.strip()) < reviewing.LEAST_REASON_LETTERS:
        raise ReasonTooShort
    models.UnusualLook.objects.filter(pk=alert_id).update(
        state=reviewing.STATE_AFTER[outcome],
        outcome=outcome.value,
        note=note.strip()[:2000],
        reviewer_id=by.user_id,
        decided_at=at,
    )
    audit_operations.record(by=by, act=f"assurance.unusual.decided.{outcome.value}", record_ref=str(alert_id))


def _locked(alert_id: uuid.UUID, by: access_rules.Viewer) -> models.UnusualLook:
    granting.check_may_review(by)
    audit_operations.open_view(viewer=by, act="assurance.unusual.reviewed", record_ref=str(alert_id))
    # Two reviewers may press the button at once.
    alert = models.UnusualLook.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise queries.NoSuchAlert
    looker = reviewing.Post(user_id=alert.looker_id, agency_id=alert.looker_agency_id, team_id=alert.looker_team_id)
    reviewing.check_outside(reviewer=alerts.post_of(by), looker=looker)
    return alert
