"""The pages shown when a page cannot be: what happened, what was kept, and what to do.

Belongs here: the words of errors and the handlers that Django calls. Not here: errors of a form (they stay on its page).
"""

import logging
import sys

from django.conf import settings
from django.core import exceptions
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from joinedup.foundation import logs
from joinedup.foundation.database import faults
from joinedup.web import furniture, keeping, presenters

_UNCHANGED = "Nothing was changed, and nothing that was saved before is lost."
_TAKEN_BACK = "What you were doing was taken back as a whole. Nothing that was saved before is lost."
_WAIT_SECONDS = 60
_MEGABYTE = 1024 * 1024
_TOO_MUCH = (exceptions.RequestDataTooBig, exceptions.TooManyFieldsSent, exceptions.TooManyFilesSent)
#: What says that the database failed and not the page: it went away, or had gone before anything was asked of it.
UNREACHABLE = (OperationalError, InterfaceError)
_log = logging.getLogger(__name__)


def _page(request: HttpRequest, problem: presenters.Problem, status: int) -> HttpResponse:
    return render(request, "errors/problem.jinja", {"page": problem}, status=status)


def _ways_on() -> tuple[presenters.Link, ...]:
    return (presenters.Link(text="Go to Home", href=reverse("home")),)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 where a form had more parts than any of ours."""
    if isinstance(exception, _TOO_MUCH):
        return too_much(request, most_bytes=int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    problem = presenters.Problem(
        heading="That request could not be understood",
        happened="The page may have been open for a long time, or the address was changed.",
        kept=_UNCHANGED,
        what_to_do=("Go back, load the page afresh, and try once more.",),
        links=_ways_on(),
    )
    return _page(request, problem, 400)


def too_much(request: HttpRequest, *, most_bytes: int) -> HttpResponse:
    """Answer 413: more was sent than this person may send to this page. What was sent has not been read."""
    problem = presenters.Problem(
        heading="That was too much to send at once",
        happened=f"This page takes at most {most_bytes // _MEGABYTE} megabytes, and what you sent was not read.",
        kept=_UNCHANGED,
        what_to_do=(
            "Send less, or send a file packed as .zip or .gz.",
            "A larger file can be loaded by whoever looks after Joinedup here, by command.",
        ),
        links=_ways_on(),
    )
    return _page(request, problem, 413)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of ours, or came too late; what was typed into ours is kept."""
    return keeping.rescue(request) or bad_request(request)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    problem = presenters.Problem(
        heading="You may not see this",
        happened="Your role does not open this page. That you asked is written down.",
        kept=_UNCHANGED,
        what_to_do=("If your work needs it, ask whoever looks after sign-ins in your agency.",),
        links=_ways_on(),
    )
    return _page(request, problem, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    problem = presenters.Problem(
        heading="This page was not found",
        happened="The address may be mistyped, or the search it belongs to is over. Searches are kept for half an hour.",
        kept=_UNCHANGED,
        links=(*_ways_on(), presenters.Link(text="Find a child", href=reverse("find"))),
    )
    return _page(request, problem, 404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer 429: so many wrong answers that nothing more is looked at for a while."""
    problem = presenters.Problem(
        heading="Too many attempts",
        happened="Signing in failed five times. For the next 15 minutes nothing more is tried from here for this name.",
        kept=_UNCHANGED,
        what_to_do=(
            "Wait 15 minutes and try once more.",
            "If you do not know your password or have lost your telephone, ask whoever looks after sign-ins in your agency.",
        ),
    )
    return _page(request, problem, 429)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 where it was the database that failed; asks nothing of the request or the database."""
    fault = sys.exception()
    # Whoever goes on asking after the connection broke is told of a program's mistake, and it is none.
    if isinstance(fault, UNREACHABLE) or connection.closed_in_transaction:
        return unavailable(fault)
    reference = logs.reference()
    _log.error("A page could not be made; its reader was given the reference %s", reference)
    problem = presenters.Problem(
        heading="Something went wrong on our side",
        happened="The page could not be made.",
        kept=_TAKEN_BACK,
        what_to_do=("Go back and try once more. If it happens again, tell whoever looks after Joinedup here.",),
        links=_ways_on(),
        reference=reference,
    )
    return _bare_page(problem, 500)


def unavailable(fault: BaseException | None) -> HttpResponse:
    """Answer 503: the database cannot be reached, or has no room left."""
    is_full = faults.is_disk_full(fault)
    if is_full:
        _log.error("There is no room left on the disk that holds the database")
    problem = presenters.Problem(
        heading="Joinedup is not available for the moment",
        happened="There is no room left for anything new." if is_full else "The records cannot be reached.",
        kept=_TAKEN_BACK,
        what_to_do=(
            "Wait a minute and load the page again.",
            "If it stays so, tell whoever looks after Joinedup here.",
        ),
    )
    response = _bare_page(problem, 503)
    response.headers["Retry-After"] = str(_WAIT_SECONDS)
    return response


def _bare_page(problem: presenters.Problem, status: int) -> HttpResponse:
    """Show a problem in the frame that needs neither a session nor the database."""
    html = render_to_string("errors/problem.jinja", {"page": problem, "furniture": furniture.Furniture()})
    return HttpResponse(html, status=status)
