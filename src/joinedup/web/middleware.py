"""What happens around every request: one transaction, and who is looking.

Belongs here: the edges of a request. Not here: what goes with every answer (answers), how much may be sent (bodies),
deciding anything about a child.
"""

from collections.abc import Callable

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import logs
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
        user = getattr(request, "user", None)
        viewer = None
        if user is not None and user.is_authenticated:
            session = (request.session.session_key or "")[:8]
            viewer = agencies_queries.find_viewer(user_id=user.pk, session=session, request_id=logs.request_id())
        request.viewer = viewer or NOBODY  # type: ignore[attr-defined]  # our own addition, typed by Request
        return handle(request)

    return middleware
