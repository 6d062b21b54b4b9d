"""What proves who someone is, as it arrives: a code that was typed, a passkey that has signed, the password of before.

Belongs here: checking one against a person, within limits. Not here: pages, the session.
"""

import json
from typing import Any

from allauth.mfa.base.internal import flows
from allauth.mfa.webauthn.internal import auth as webauthn
from axes.handlers import proxy
from django.contrib.auth import signals
from django.core.exceptions import ValidationError

from joinedup.foundation.access import factors
from joinedup.foundation.access import queries as access_queries
from joinedup.web import middleware, presenters
from joinedup.web.account import recording

_MOST_LETTERS = 40


def code_field(error: str = "", *, hint: str = "") -> presenters.Field:
    """Ask for a code."""
    hint = hint or "Six digits from your application, or one of your recovery codes"
    return presenters.Field(name="code", label="Code", hint=hint, error=error)


def code_problem(request: middleware.Request, *, user: access_queries.User) -> str:
    """Return what is wrong with the code that was posted, in words; nothing when it is right.

    Wrong codes count with wrong passwords, and five lock out; django-allauth's limit by person stands behind.
    """
    held = {"username": user.username}
    if not proxy.AxesProxyHandler.is_allowed(request, held):
        request.axes_locked_out = True  # type: ignore[attr-defined]  # django-axes answers when it sees this
        return "Too many attempts"
    try:
        clear = flows.check_rate_limit(user)
    except ValidationError:
        return "Too many attempts. Wait five minutes, and try once more"
    code = request.POST.get("code", "")[:_MOST_LETTERS]
    if code and factors.check_code(user_id=user.pk, code=code):
        clear()
        return ""
    recording.refused(request, "sign-in.code", user_id=user.pk)
    signals.user_login_failed.send(sender=__name__, credentials=held, request=request)
    return "The code is not right, or has been used"


def present_field(error: str = "") -> presenters.Field:
    """Ask for the password that someone has now."""
    return presenters.Field(name="present", label="Your password now", error=error)


def present_problem(request: middleware.Request, *, user: access_queries.User) -> str:
    """Return what is wrong with the present password that was posted, in words; nothing when it is right.

    Wrong ones count as those at signing in do.
    """
    held = {"username": user.username}
    if not proxy.AxesProxyHandler.is_allowed(request, held):
        request.axes_locked_out = True  # type: ignore[attr-defined]  # django-axes answers when it sees this
        return "Too many attempts"
    if user.check_password(request.POST.get("present", "")):
        return ""
    recording.refused(request, "sign-in.password", user_id=user.pk)
    signals.user_login_failed.send(sender=__name__, credentials=held, request=request)
    return "That is not your password"


def holder_of_passkey(request: middleware.Request) -> access_queries.User:
    """Return whose passkey signed what this session asked to be signed.

    Errors: ValidationError.
    """
    signed = posted_credential(request)
    webauthn.parse_authentication_response(signed)
    user = webauthn.extract_user_from_response(signed)
    passkey = webauthn.complete_authentication(user, signed)
    if not isinstance(user, access_queries.User) or not user.is_active or user.is_demo:
        raise ValidationError("not a person who signs in")
    passkey.record_usage()
    return user


def posted_credential(request: middleware.Request) -> dict[str, Any]:
    """Return what the browser posts of a passkey.

    Errors: ValidationError.
    """
    try:
        given = json.loads(request.POST.get("credential", ""))
    except ValueError:
        raise ValidationError("no passkey") from None
    if not isinstance(given, dict) or not isinstance(given.get("response"), dict):
        raise ValidationError("no passkey")
    return given
