"""Being signed in: what a session is given when someone enters, shows a second factor, or leaves.

Belongs here: the session's side of signing in. Not here: pages (entering, stepping), the session store (foundation.access).
"""

import datetime
import uuid
from typing import Any

from django.contrib import auth

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.access import sessions
from joinedup.web import context, middleware
from joinedup.web.account import recording

_BACKEND = "django.contrib.auth.backends.ModelBackend"
#: Between password and code: who it is, and since when.
_HALFWAY = "halfway"
_HALFWAY_FOR = datetime.timedelta(minutes=10)
_SHOWS_SECOND = {access_rules.Assurance.TWO_FACTORS, access_rules.Assurance.PASSKEY}


def enter(request: middleware.Request, *, user: access_queries.User, assurance: access_rules.Assurance) -> None:
    """Sign a person in under a new session."""
    at = request.session.at
    auth.login(request, user, backend=_BACKEND)
    request.session.cycle_key()
    request.session.pop(_HALFWAY, None)
    request.session.pop(sessions.STEPPED_UP_AT, None)
    request.session[sessions.ASSURANCE] = assurance.value
    request.session[sessions.SIGNED_IN_AT] = at.isoformat()
    request.session[sessions.BROWSER] = access_rules.browser_words(request.headers.get("User-Agent", ""))
    if assurance in _SHOWS_SECOND:
        request.session[sessions.STEPPED_UP_AT] = at.isoformat()
    position = agencies_queries.find_position(user_id=user.pk)
    if position is not None:
        request.session[context.WHO] = {"role": position.job_title, "agency": position.agency_name}
    sessions.SessionStore.clear_expired()
    recording.done(request, f"sign-in.{assurance.value}", user=user)


def step_up(request: middleware.Request, *, user: access_queries.User) -> None:
    """Write into the session, under a new key, that a second factor has been shown."""
    request.session.cycle_key()
    request.session[sessions.STEPPED_UP_AT] = request.session.at.isoformat()
    if request.session.assurance is access_rules.Assurance.PASSWORD:
        request.session[sessions.ASSURANCE] = access_rules.Assurance.TWO_FACTORS.value
    recording.done(request, "sign-in.stepped-up", user=user)


def leave(request: middleware.Request) -> None:
    """End the session on the server."""
    user = request.user
    if isinstance(user, access_queries.User):
        recording.done(request, "sign-in.left", user=user)
    auth.logout(request)


def go_halfway(request: middleware.Request, *, user: access_queries.User, next_href: str) -> None:
    """Remember, under a new session, that a password was right and a second factor is still to come."""
    request.session.cycle_key()
    request.session[_HALFWAY] = {"user": str(user.pk), "at": request.session.at.isoformat(), "next": next_href}


def halfway(request: middleware.Request) -> tuple[access_queries.User, str] | None:
    """Return who has given their password a moment ago, and where they were going."""
    held: dict[str, Any] = request.session.get(_HALFWAY, {})
    if not held or request.session.at - datetime.datetime.fromisoformat(held["at"]) > _HALFWAY_FOR:
        return None
    user = access_queries.find_active_user(user_id=uuid.UUID(held["user"]))
    return None if user is None else (user, held["next"])
