"""What happens around every request: one transaction, and who is looking.

Belongs here: the edges of a request. Not here: what goes with every answer (answers), how much may be sent (bodies),
deciding anything about a child.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions import middleware as session_middleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import logs
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.access import sessions
from joinedup.web import problems

Handler = Callable[[HttpRequest], HttpResponse]
_SERVER_ERROR = 500
NOBODY = access_rules.Viewer(user_id=None, name="")


class Request(HttpRequest):
    """A request as our views see it: with who is looking."""

    viewer: access_rules.Viewer
    session: sessions.SessionStore


class SessionMiddleware(session_middleware.SessionMiddleware):
    """Django's own, which also writes down that a session is in use."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
        session = request.session
        if isinstance(session, sessions.SessionStore):
            if session.accessed and not session.modified and response.status_code < _SERVER_ERROR:
                session.see()
        return super().process_response(request, response)  # type: ignore[arg-type]  # every answer of ours is whole


def transaction_per_request(handle: Handler) -> Handler:
    """Run each request in one transaction, so that the audit, the view it opens and the work stand or fall together.

    Not Django's ATOMIC_REQUESTS: that leaves out the session and whatever renders after the view has returned.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            with transaction.atomic():
                response = handle(request)
                if response.status_code >= _SERVER_ERROR:
                    transaction.set_rollback(True)
                return response
        except problems.UNREACHABLE as fault:
            return problems.unavailable(fault)

    return middleware


def viewer_of_request(handle: Handler) -> Handler:
    """Say who is looking, as roles and teams are at this very request; nobody, until they have signed in surely enough."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = _viewer(request) or NOBODY  # type: ignore[attr-defined]  # our own addition, typed by Request
        return handle(request)

    return middleware


def _viewer(request: HttpRequest) -> access_rules.Viewer | None:
    """Ask once for all that is to be known of the user; `request.user` would ask a second time, and few pages need it."""
    session: sessions.SessionStore = request.session  # type: ignore[assignment]  # our own session store
    user_id, password_mark = session.get(auth.SESSION_KEY), session.get(auth.HASH_SESSION_KEY)
    if not user_id or not password_mark or not _is_known_enough(session):
        return None
    viewer = agencies_queries.find_viewer_signed_in(
        user_id=uuid.UUID(user_id),
        password_mark=password_mark,
        session=(session.session_key or "")[:8],
        request_id=logs.request_id(),
    )
    return None if viewer is None else _with_second_factor(viewer, session)


def _with_second_factor(viewer: access_rules.Viewer, session: sessions.SessionStore) -> access_rules.Viewer:
    """Say when the viewer last showed a second factor, and whether that was so lately that the policy asks for no other."""
    known = dataclasses.replace(viewer, stepped_up_at=_stepped_up_at(session))
    within = datetime.timedelta(minutes=settings.STEP_UP_MINUTES)
    given = {access_rules.STEP_UP} if known.is_stepped_up(at=session.at, within=within) else set()
    return dataclasses.replace(known, given=frozenset(given))


def _is_known_enough(session: sessions.SessionStore) -> bool:
    if session.assurance is access_rules.Assurance.DEMO:
        return demo_is_open()
    return access_rules.opens_pages(session.assurance)


def demo_is_open() -> bool:
    """Return whether this site lets anyone in by one click, as made-up people among made-up people."""
    return bool(settings.DEMO_SIGN_IN and settings.DATA_MODE == "synthetic")


def _stepped_up_at(session: sessions.SessionStore) -> datetime.datetime | None:
    """Return when a second factor was last shown; a made-up person has none, and counts as just having shown it."""
    return session.at if session.assurance is access_rules.Assurance.DEMO else session.stepped_up_at
