"""Keeping what was searched for behind an address that says nothing, for a short while."""

import datetime
import secrets

from django.conf import settings
from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import models, rules


class NobodySignedIn(Exception):
    """A search was made by no one."""


@transaction.atomic
def begin_search(*, criteria: rules.Criteria, purpose: str, by: access_rules.Viewer, at: datetime.datetime) -> str:
    """Keep a search and return the opaque word of its address.

    Errors: EmptyCriteria; NobodySignedIn.
    """
    criteria.check()
    if by.user_id is None:
        raise NobodySignedIn
    audit_operations.open_view(viewer=by, act="childindex.search.begun", purpose=purpose, criteria=criteria.as_json())
    token = secrets.token_urlsafe(32)
    models.Search.objects.create(
        token=token,
        viewer_id=by.user_id,
        criteria=criteria.as_json(),
        purpose=purpose,
        made_at=at,
        expires_at=at + datetime.timedelta(minutes=settings.SEARCH_LIFETIME_MINUTES),
    )
    return token


@transaction.atomic
def forget_old_searches(*, at: datetime.datetime) -> int:
    """Delete the searches whose time is over; return how many."""
    deleted, _ = models.Search.objects.filter(expires_at__lt=at).delete()
    return deleted
