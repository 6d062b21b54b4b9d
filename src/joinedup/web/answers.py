"""What goes with every answer, whichever part of the product gives it: that nobody keeps it, and how a browser treats it.

Belongs here: headers that no setting of Django's sends, and the identifier of the request. Not here: the policies
themselves (config.browser), pages.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from joinedup.foundation import logs

Handler = Callable[[HttpRequest], HttpResponse]

_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Server": "Joinedup",  # instead of what the server would say of itself
}
_CLEARS = '"cache", "cookies", "storage"'


def with_every_answer(handle: Handler) -> Handler:
    """Give the request its identifier, and its answer what every answer has; the outermost of all middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4()
        request.__dict__[logs.REQUEST_ID] = request_id
        with logs.of_request(request_id):
            response = handle(request)
        for name, value in _EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        # Static files say themselves how long they may be kept; any other answer may hold something of a child, whatever a
        # view or a package says of it.
        if not (request.path.startswith(settings.STATIC_URL) and response.has_header("Cache-Control")):
            response.headers["Cache-Control"] = "no-store"
        if request.__dict__.get("has_signed_out"):
            response.headers["Clear-Site-Data"] = _CLEARS
        return response

    return middleware


def remember_sign_out(sender: object, *, request: HttpRequest, **_: Any) -> None:
    """Have the browser forget this site with the answer at hand, whichever way the person was signed out."""
    request.__dict__["has_signed_out"] = True
