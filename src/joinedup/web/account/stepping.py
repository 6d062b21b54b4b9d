"""Stepping up before something that matters, and getting back what was typed.

Belongs here: translating requests of people who are signed in. Not here: which pages ask for it (doors).
"""

import uuid

from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock
from joinedup.foundation.access import factors
from joinedup.foundation.access import keeping as access_keeping
from joinedup.foundation.access import queries as access_queries
from joinedup.web import doors, keeping, middleware, presenters
from joinedup.web.account import credentials, recording, signing
from joinedup.web.account import presenters as account


def _user(request: middleware.Request) -> access_queries.User:
    """Return the person signed in, as doors have made sure."""
    user = request.user
    if not isinstance(user, access_queries.User):
        raise TypeError("nobody is signed in")
    return user


def _is_recent(request: middleware.Request) -> bool:
    return request.viewer.is_stepped_up(at=request.session.at, within=doors.step_up_lasts())


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def step_up(request: middleware.Request) -> HttpResponse:
    """Ask for a code or a passkey, and lead back."""
    user = _user(request)
    given = request.POST if request.method == "POST" else request.GET
    next_href = keeping.our_own(given.get("next", ""))
    if _is_recent(request):
        return redirect(keeping.way_on(user_id=user.pk, next_href=next_href))
    if request.method != "POST":
        return _page(request, user, next_href=next_href)
    problem = credentials.code_problem(request, user=user)
    if problem:
        return _page(request, user, next_href=next_href, error=problem)
    signing.step_up(request, user=user)
    return redirect(keeping.way_on(user_id=user.pk, next_href=next_href))


def _page(request: middleware.Request, user: access_queries.User, *, next_href: str, error: str = "") -> HttpResponse:
    code = credentials.code_field(error)
    page = account.CodePage(
        title="Show that it is you",
        why="What you are about to do matters, so you are asked for your second factor once more. It counts for 10 minutes.",
        action_href=reverse("step-up"),
        code=code,
        passkey_href=reverse("step-up-passkey"),
        next_href=next_href,
        errors=presenters.errors_of(code),
        set_up_href="" if factors.has_second_factor(user_id=user.pk) else reverse("second-factor"),
    )
    return render(request, "account/code.jinja", {"page": page}, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
def step_up_by_passkey(request: middleware.Request) -> HttpResponse:
    """Say what a passkey must sign, and step up when this person's has."""
    user = _user(request)
    if request.method != "POST":
        return JsonResponse(webauthn.begin_authentication())
    next_href = keeping.our_own(request.POST.get("next", ""))
    try:
        is_theirs = credentials.holder_of_passkey(request).pk == user.pk
    except ValidationError:
        is_theirs = False
    if not is_theirs:
        recording.refused(request, "sign-in.passkey", user_id=user.pk)
        return _page(request, user, next_href=next_href, error="The passkey is not one of yours")
    signing.step_up(request, user=user)
    return redirect(keeping.way_on(user_id=user.pk, next_href=next_href))


@require_safe
@doors.signed_in
def kept(request: middleware.Request) -> HttpResponse:
    """Show what was typed before, each with a button that sends it again."""
    user = _user(request)
    page = account.KeptPage(
        forms=tuple(
            account.Kept(
                id=card.id,
                action_href=keeping.our_own(card.path),
                fields=card.fields,
                had_files=card.had_files,
                kept_at=card.kept_at,
                discard_href=reverse("kept-discard", args=[card.id]),
            )
            for card in access_queries.get_kept(user_id=user.pk, at=clock.now())
        ),
        on_href=reverse("home"),
    )
    return render(request, "account/kept.jinja", {"page": page})


@require_POST
@doors.signed_in
def discard(request: middleware.Request, kept_id: uuid.UUID) -> HttpResponse:
    """Throw away what was typed."""
    access_keeping.let_go(user_id=_user(request).pk, kept_id=kept_id)
    return redirect("kept")
