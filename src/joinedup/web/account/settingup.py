"""Setting a second factor up: a passkey, or an application's codes, and ten recovery codes for the day it is lost.

Belongs here: translating requests. Not here: keeping factors (foundation.access.factors), showing them (yours).
The first factor is set up by someone known by password or directory alone; each further one asks for one that is there.
"""

import datetime
import functools
import re
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock
from joinedup.foundation.access import factors
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.web import doors, keeping, middleware, presenters
from joinedup.web.account import credentials, recording, signing
from joinedup.web.account import presenters as account

_MOST_LETTERS = 60
#: So long after signing in the first second factor may be set up.
_FIRST_WITHIN = datetime.timedelta(minutes=30)
_LONG_AGO = datetime.datetime.min.replace(tzinfo=datetime.UTC)
_SECRET = "second-factor-secret"  # noqa: S105  (the name under which a session holds it)
Given = ParamSpec("Given")
View = Callable[Concatenate[middleware.Request, access_queries.User, Given], HttpResponse]
Opened = Callable[Concatenate[middleware.Request, Given], HttpResponse]


def may_add(view: View[Given]) -> Opened[Given]:
    """Let in whoever may add a second factor, and tell the view who that is."""

    @functools.wraps(view)
    def guarded(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
        user = request.user
        if not isinstance(user, access_queries.User):
            return keeping.ask_to_sign_in(request)
        if user.is_demo:
            raise Http404
        if not factors.has_second_factor(user_id=user.pk):
            if request.session.at - (request.session.signed_in_at or _LONG_AGO) < _FIRST_WITHIN:
                return view(request, user, *args, **named)
            # A session that was left open must not be enough to add a key of one's own.
            signing.leave(request)
            return redirect("sign-in")
        if request.session.assurance is access_rules.Assurance.PASSWORD:
            # Set up in another browser meanwhile: this one has shown no more than a password.
            signing.leave(request)
            return redirect("sign-in-password")

        @doors.stepped_up
        def asked(request: middleware.Request, /) -> HttpResponse:
            return view(request, user, *args, **named)

        return asked(request)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@may_add
def second_factor(request: middleware.Request, user: access_queries.User) -> HttpResponse:
    """Offer a passkey or codes, and set the codes up."""
    if request.method != "POST":
        return _page(request, user)
    secret = request.session.get(_SECRET, "")
    code = request.POST.get("code", "")[:_MOST_LETTERS]
    if not secret or not factors.set_codes_up(user=user, secret=secret, code=code, at=clock.now()):
        return _page(request, user, error="The code is not the one that your application shows now")
    request.session.pop(_SECRET, None)
    return _added(request, user, "codes")


def _page(request: middleware.Request, user: access_queries.User, *, error: str = "") -> HttpResponse:
    secret = request.session.get(_SECRET) or totp.generate_totp_secret()
    request.session[_SECRET] = secret
    drawn = get_adapter().build_totp_svg(get_adapter().build_totp_url(user, secret))
    view_box, outline = (re.search(rf'\b{name}="([^"]+)"', drawn) for name in ("viewBox", "d"))
    code = credentials.code_field(error, hint="The six digits that it shows now")
    page = account.SecondFactorPage(
        action_href=reverse("second-factor"),
        passkey_href=reverse("add-passkey"),
        passkey_options_href=reverse("passkey-options"),
        square=account.Square(view_box=view_box[1] if view_box else "0 0 1 1", outline=outline[1] if outline else ""),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        code=code,
        sign_out_href=reverse("sign-out"),
        is_first=not factors.has_second_factor(user_id=user.pk),
        errors=presenters.errors_of(code),
    )
    return render(request, "account/second_factor.jinja", {"page": page}, status=422 if error else 200)


@require_safe
@may_add
def passkey_options(request: middleware.Request, user: access_queries.User) -> HttpResponse:
    """Say what a new passkey must be."""
    return JsonResponse(webauthn.begin_registration(user, passwordless=True))


@require_POST
@may_add
def add_passkey(request: middleware.Request, user: access_queries.User) -> HttpResponse:
    """Keep the passkey that the browser has made."""
    try:
        made = credentials.posted_credential(request)
        webauthn.parse_registration_response(made)
        is_verified = webauthn.complete_registration(made).is_user_verified()
    except (ValidationError, ValueError):
        is_verified = False
    if not is_verified:
        return _page(request, user, error="The passkey could not be set up. Try once more, or use codes")
    webauthn.WebAuthn.add(user, access_rules.browser_words(request.headers.get("User-Agent", "")), made)
    return _added(request, user, "passkey")


def _added(request: middleware.Request, user: access_queries.User, kind: str) -> HttpResponse:
    """Count the new factor as shown, write it down, and show recovery codes to whoever has none."""
    recording.done(request, f"sign-in.{kind}-set-up", user=user)
    signing.step_up(request, user=user)
    if factors.has_recovery_codes(user_id=user.pk):
        return redirect("account")
    return _recovery_codes(request, user)


@require_POST
@may_add
def recovery_codes(request: middleware.Request, user: access_queries.User) -> HttpResponse:
    """Make ten new recovery codes; those of before work no more."""
    if not factors.has_second_factor(user_id=user.pk):
        return redirect("second-factor")
    return _recovery_codes(request, user)


def _recovery_codes(request: middleware.Request, user: access_queries.User) -> HttpResponse:
    codes = tuple(factors.new_recovery_codes(user=user))
    recording.done(request, "sign-in.recovery-codes-made", user=user)
    page = account.RecoveryCodesPage(codes=codes, on_href=keeping.way_on(user_id=user.pk, next_href=""))
    return render(request, "account/recovery_codes.jinja", {"page": page})
