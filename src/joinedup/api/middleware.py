"""What happens around requests of the API, besides what happens around every request.

Belongs here: the client's sign-in, refusals by the request's outside, and the one shape of problems.
Not here: the transaction and the viewer of a session (they are the same as of pages).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from joinedup.api import problems
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import logs
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules

Handler = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/"
_MOST_BYTES = 16 * 1024
_MOST_DIGITS = 9
_FAILED = 400
_BEARER = "bearer "
_NOBODY = access_rules.Viewer(user_id=None, name="")


def problems_in_one_shape(handle: Handler) -> Handler:
    """Outside everything: whatever refuses or fails, an answer of the API is a problem and never a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return handle(request)
        response = _refusal(request) or handle(request)
        is_ours = response.headers.get("Content-Type", "").startswith(problems.MEDIA_TYPE)
        if response.status_code >= _FAILED and not is_ours:
            response = problems.in_one_shape(response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Refuse what need not be read: what came unencrypted, too much of it, of another kind, or a parameter said twice."""
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return problems.answer("not-encrypted")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isascii() or not length.isdecimal() or len(length) > _MOST_DIGITS or int(length) > _MOST_BYTES:
        return problems.answer("too-large")
    if request.method == "POST" and request.content_type != "application/json":
        return problems.answer("wrong-media-type")
    if any(len(said) > 1 for _, said in request.GET.lists()):
        return problems.answer("not-valid", [problems.Fault(where="query", says="A parameter is given twice")])
    return None


def client_of_request(handle: Handler) -> Handler:
    """Say which other system is looking, where a request gives a secret; a session beside it counts for nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("Authorization")
        if given is not None and request.path.startswith(PREFIX):
            is_bearer = given[: len(_BEARER)].lower() == _BEARER
            secret = given[len(_BEARER) :].strip() if is_bearer else ""
            request.viewer = _viewer(secret) or _NOBODY  # type: ignore[attr-defined]  # our own additions, typed by asking.Request
            request.is_of_client = True  # type: ignore[attr-defined]
        return handle(request)

    return middleware


def _viewer(secret: str) -> access_rules.Viewer | None:
    client = access_queries.find_client(secret=secret) if secret else None
    if client is None:
        return None
    session = f"client {str(client.id)[-12:]}"
    return agencies_queries.find_viewer(user_id=client.user_id, session=session, request_id=logs.request_id())
