"""Typed work is never lost: what is posted after a session is over, or before a step up, is kept and given back.

Belongs here: when a form is kept, for whom, and the way to it. Not here: how it is sealed (foundation.access).
"""

import urllib.parse
import uuid

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from joinedup.foundation import clock
from joinedup.foundation.access import keeping as access_keeping
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.access import sessions

#: The field in which a form that was given back carries what it was kept as.
KEPT = "kept-form"
#: Says to the sign-in page that something is kept.
IS_KEPT = {"kept": "yes"}
_NOT_TYPED = {"csrfmiddlewaretoken", KEPT}
#: A form with one of these is about signing in, and is never kept.
_SECRETS = {"password", "again", "present", "code", "credential"}


def session_of(request: HttpRequest) -> sessions.SessionStore:
    """Return the session, as our own store knows it."""
    return request.session  # type: ignore[return-value]  # the settings say so


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send someone who is not signed in, or not surely enough, on their way; what they posted is kept if we know whose it is."""
    session = session_of(request)
    if session.assurance is access_rules.Assurance.PASSWORD and request.user.is_authenticated:
        return redirect("second-factor")
    whose = session.lapsed_user_id
    after = {"next": request.path}
    if request.method == "POST" and whose is not None and _keep(request, whose):
        after |= IS_KEPT
    return redirect(f"{reverse('sign-in')}?{urllib.parse.urlencode(after)}")


def ask_to_step_up(request: HttpRequest, *, user_id: uuid.UUID) -> HttpResponse:
    """Ask for a second factor first; what was posted is kept until it is shown."""
    if request.method == "POST":
        _keep(request, user_id)
    return redirect(f"{reverse('step-up')}?{urllib.parse.urlencode({'next': request.path})}")


def rescue(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that was refused because its page is older than the session; None where it is not ours to keep.

    Only what a page of ours sent, as the browser itself says, and only for the person whose page it was.
    """
    match = request.resolver_match
    if match is None or not getattr(match.func, "keeps_typed_work", False) or not _comes_from_us(request):
        return None
    session = session_of(request)
    if session.lapsed_user_id is not None:
        return ask_to_sign_in(request)
    before = session.get(sessions.BEFORE)
    if before and before == session.get(auth.SESSION_KEY) and _keep(request, uuid.UUID(before)):
        return redirect("kept")
    return None


def let_go(request: HttpRequest, response: HttpResponse, *, user_id: uuid.UUID) -> HttpResponse:
    """Delete what was kept once it has been taken."""
    if request.method == "POST" and KEPT in request.POST and response.status_code < 400:
        try:
            kept_id = uuid.UUID(request.POST[KEPT])
        except ValueError:
            return response
        access_keeping.let_go(user_id=user_id, kept_id=kept_id)
    return response


def way_on(*, user_id: uuid.UUID, next_href: str) -> str:
    """Return where someone goes after signing in: to what is kept for them, else where they were going, else Home."""
    if access_queries.has_kept(user_id=user_id, at=clock.now()):
        return reverse("kept")
    return our_own(next_href) or reverse("home")


def our_own(href: str) -> str:
    """Return an address if it is one of ours, else nothing."""
    return href if href and url_has_allowed_host_and_scheme(href, allowed_hosts=None) else ""


def _comes_from_us(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _keep(request: HttpRequest, user_id: uuid.UUID) -> bool:
    if not _SECRETS.isdisjoint(request.POST):
        return False
    fields = [(name, str(value)) for name, values in request.POST.lists() for value in values if name not in _NOT_TYPED]
    return access_keeping.keep(
        user_id=user_id, path=request.get_full_path(), fields=fields, had_files=bool(request.FILES), at=clock.now()
    )
