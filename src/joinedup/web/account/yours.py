"""One's own sign-in: second factors, password, and every browser in which one is signed in.

Belongs here: translating requests. Not here: setting a factor up (settingup), other people's sessions (users).
"""

from django.contrib import auth, messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation.access import factors
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import queries as access_queries
from joinedup.web import doors, middleware, presenters
from joinedup.web.account import credentials, entering, recording, signing
from joinedup.web.account import presenters as account

_CHANGE = "Change your password"
_EVERYWHERE = "You are signed out everywhere else when it is changed."


def said(request: middleware.Request) -> presenters.Message | None:
    """Return what has just been done, once."""
    words = [str(message) for message in messages.get_messages(request)]
    return presenters.Message(heading=" ".join(words)) if words else None


def _user(request: middleware.Request) -> access_queries.User:
    user = request.user
    if not isinstance(user, access_queries.User):
        raise TypeError("nobody is signed in")
    return user


@require_safe
@doors.signed_in
def show(request: middleware.Request) -> HttpResponse:
    """Show one's own second factors and sessions."""
    user = _user(request)
    at = request.session.at
    key = request.session.session_key or ""
    held = factors.get_factors(user_id=user.pk)
    page = account.AccountPage(
        factors=tuple(
            account.Factor(
                name=f"Passkey made with {factor.name}" if factor.is_passkey else "Codes from an application",
                set_up_at=factor.set_up_at,
                used_at=factor.used_at,
                remove_href=reverse("factor-remove", args=[factor.id]) if len(held) > 1 else "",
            )
            for factor in held
        ),
        sessions=tuple(
            account.Session(
                browser=card.browser,
                started_at=card.started_at,
                seen_at=card.seen_at,
                end_href="" if card.is_this else reverse("session-end", args=[card.reference]),
            )
            for card in access_queries.get_sessions(user_id=user.pk, this_key=key, at=at)
        ),
        add_href="" if user.is_demo else reverse("second-factor"),
        codes_href=reverse("recovery-codes") if held else "",
        password_href=reverse("password") if user.has_usable_password() else "",
        message=said(request),
    )
    return render(request, "account/account.jinja", {"page": page})


@require_POST
@doors.signed_in
@doors.stepped_up
def end_session(request: middleware.Request, reference: str) -> HttpResponse:
    """End one of one's own sessions."""
    user = _user(request)
    if access_operations.end_session(user_id=user.pk, reference=reference):
        recording.done(request, "sign-in.session-ended", user=user)
        messages.success(request, "That browser is signed out")
    return redirect("account")


@require_POST
@doors.signed_in
@doors.stepped_up
def remove_factor(request: middleware.Request, factor_id: int) -> HttpResponse:
    """Take one of one's own second factors away; the last one stays."""
    user = _user(request)
    if factors.remove(user_id=user.pk, factor_id=factor_id):
        recording.done(request, "sign-in.factor-removed", user=user)
        messages.success(request, "That second factor works no more")
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.signed_in
@doors.stepped_up
def password(request: middleware.Request) -> HttpResponse:
    """Change one's own password; every other session ends."""
    user = _user(request)
    if not user.has_usable_password():
        raise Http404
    if request.method != "POST":
        return _password_page(request, user=user)
    problem = credentials.present_problem(request, user=user)
    if problem:
        return _password_page(request, user=user, problem=problem)
    chosen, error = entering.chosen_password(request, user=user)
    if error:
        return _password_page(request, user=user, error=error)
    access_operations.set_password(user=user, password=chosen)
    auth.update_session_auth_hash(request, user)
    access_operations.end_sessions(user_id=user.pk, but=request.session.session_key or "")
    recording.done(request, "sign-in.password-changed", user=user)
    messages.success(request, "Your password is changed, and you are signed out everywhere else")
    return redirect("account")


def _password_page(
    request: middleware.Request, *, user: access_queries.User, problem: str = "", error: str = ""
) -> HttpResponse:
    present = credentials.present_field(problem)
    return entering.set_password_page(
        request, user=user, title=_CHANGE, words=_EVERYWHERE, error=error, present=present
    )


@require_POST
def sign_out(request: middleware.Request) -> HttpResponse:
    """End the session on the server, and have the browser forget what it kept of us."""
    signing.leave(request)
    return redirect("sign-in")
