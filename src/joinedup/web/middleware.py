"""What happens around every request: one transaction, who is looking, and nothing personal kept by the browser.

Belongs here: the edges of a request. Not here: deciding anything about a child.
"""

import uuid
from collections.abc import Callable

from django.contrib import auth
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.web import problems

Handler = Callable[[HttpRequest], HttpResponse]
_SERVER_ERROR = 500
NOBODY = access_rules.Viewer(user_id=None, name="")


class Request(HttpRequest):
    """A request as our views see it: with who is looking."""

    viewer: access_rules.Viewer


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
        except OperationalError:
            return problems.unavailable()

    return middleware


def viewer_of_request(handle: Handler) -> Handler:
    """Say who is looking, as roles and teams are at this very request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = _viewer(request) or NOBODY  # type: ignore[attr-defined]  # our own addition, typed by Request
        return handle(request)

    return middleware


def _viewer(request: HttpRequest) -> access_rules.Viewer | None:
    """Ask once for all that is to be known of the user; `request.user` would ask a second time, and no page needs it."""
    session = request.session
    user_id, password_mark = session.get(auth.SESSION_KEY), session.get(auth.HASH_SESSION_KEY)
    if not user_id or not password_mark:
        return None
    return agencies_queries.find_viewer_signed_in(
        user_id=uuid.UUID(user_id),
        password_mark=password_mark,
        session=(session.session_key or "")[:8],
        request_id=uuid.uuid4(),
    )


def never_cache_personal_pages(handle: Handler) -> Handler:
    """Tell browser and proxies to keep no page of a signed-in person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
