"""Declaring an interest: a worker says of which child or address they have private knowledge; and the watch-list.

Belongs here: the two records. Not here: refusing a look because of them (the matrix).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import models
from joinedup.governance.assurance.queries import week
from joinedup.governance.assurance.rules import interests


@transaction.atomic
def declare_address(*, user_id: uuid.UUID, postcode: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Keep the fingerprint of a postcode at which a worker lives; said twice it is kept once.

    Errors: NotAPostcode.
    """
    hashed = week.postcode_hash(interests.one_form_of_postcode(postcode))
    audit_operations.open_view(viewer=by, act="assurance.interest.declared", record_ref=str(user_id))
    _keep(user_id=user_id, kind=interests.Kind.ADDRESS, child_id=None, postcode_hash=hashed, at=at)


@transaction.atomic
def declare_child(
    *, user_id: uuid.UUID, child_id: uuid.UUID, kind: interests.Kind, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Keep that a child is of a worker's own family, or of a colleague's; said twice it is kept once."""
    audit_operations.open_view(
        viewer=by, act="assurance.interest.declared", record_ref=str(user_id), subjects=[child_id]
    )
    _keep(user_id=user_id, kind=kind, child_id=child_id, postcode_hash="", at=at)


def _keep(
    *, user_id: uuid.UUID, kind: interests.Kind, child_id: uuid.UUID | None, postcode_hash: str, at: datetime.datetime
) -> None:
    declared = {"user_id": user_id, "kind": kind.value, "child_id": child_id, "postcode_hash": postcode_hash}
    if not models.DeclaredInterest.objects.filter(**declared, ended_at=None).exists():
        models.DeclaredInterest.objects.create(**declared, declared_at=at)


@transaction.atomic
def watch_child(*, child_id: uuid.UUID, reason: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Put a child on the watch-list because everybody talks of them; asked twice they stand on it once."""
    audit_operations.open_view(viewer=by, act="assurance.child.watched", subjects=[child_id])
    if not models.WatchedChild.objects.filter(child_id=child_id, until=None).exists():
        models.WatchedChild.objects.create(child_id=child_id, reason=reason[:300], since=at)
