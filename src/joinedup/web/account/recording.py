"""What signing in writes into the audit: who, what, when; never a name or word that someone typed.

Belongs here: the acts of sign-in as audit events. Not here: how the audit is kept (foundation.audit).
"""

import uuid

from joinedup.foundation import logs
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.web import middleware


def done(request: middleware.Request, act: str, *, user: access_queries.User) -> None:
    """Write that a person did something to their own sign-in."""
    audit_operations.record(by=_viewer(request, user), act=act, record_ref=str(user.pk))


def refused(request: middleware.Request, act: str, *, user_id: uuid.UUID | None) -> None:
    """Write that someone was not let in; by identifier where the name they gave is someone's."""
    nobody = access_rules.Viewer(user_id=None, name="not signed in")
    audit_operations.record_denial(viewer=nobody, act=act, record_ref=str(user_id or ""))


def _viewer(request: middleware.Request, user: access_queries.User) -> access_rules.Viewer:
    if request.viewer.user_id == user.pk:
        return request.viewer
    session = (request.session.session_key or "")[:8]
    return access_rules.Viewer(user_id=user.pk, name=user.display_name, session=session, request_id=logs.request_id())
