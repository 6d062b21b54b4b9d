"""Who may sign in, for administrators of users: end their sessions, a role, or their sign-in altogether.

Belongs here: translating requests. Not here: adding people (the `joinedup user` command), what a role may see (agreements).
"""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.foundation import clock
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import queries as access_queries
from joinedup.web import context, doors, middleware, presenters
from joinedup.web.account import presenters as account
from joinedup.web.account import yours


def _line(card: access_queries.UserCard) -> account.UserLine:
    tag = None
    if not card.is_active:
        tag = presenters.Tag(text="Ended", tone=presenters.Tone.QUIET)
    elif card.is_demo:
        tag = presenters.Tag(text="Made up", tone=presenters.Tone.PLAIN)
    return account.UserLine(
        name=card.display_name,
        username=card.username,
        roles=", ".join(role.replace("_", " ") for role in card.roles) or "none",
        href=reverse("user", args=[card.id]),
        open_sessions=card.open_sessions,
        last_signed_in_at=card.last_signed_in_at,
        tag=tag,
    )


def _card(user_id: uuid.UUID) -> access_queries.UserCard:
    found = access_queries.get_users(at=clock.now(), ids=(user_id,))
    if not found:
        raise Http404
    return found[0]


@require_safe
@doors.may(context.USERS)
@doors.stepped_up
def users(request: middleware.Request) -> HttpResponse:
    """List everyone who may sign in."""
    page = account.UsersPage(users=tuple(_line(card) for card in access_queries.get_users(at=clock.now())))
    return render(request, "account/users.jinja", {"page": page})


@require_safe
@doors.may(context.USERS)
@doors.stepped_up
def user(request: middleware.Request, user_id: uuid.UUID) -> HttpResponse:
    """Show one person's roles and sessions."""
    card = _card(user_id)
    page = account.UserPage(
        user=_line(card),
        roles=card.roles,
        end_role_href=reverse("user-end-role", args=[user_id]),
        end_sessions_href=reverse("user-end-sessions", args=[user_id]) if card.open_sessions else "",
        end_href=reverse("user-end", args=[user_id]) if card.is_active else "",
        back_href=reverse("users"),
        message=yours.said(request),
    )
    return render(request, "account/user.jinja", {"page": page})


@require_POST
@doors.may(context.USERS)
@doors.stepped_up
def end_sessions(request: middleware.Request, user_id: uuid.UUID) -> HttpResponse:
    """Sign a person out everywhere."""
    _card(user_id)
    agencies_operations.end_sessions(user_id=user_id, by=request.viewer)
    messages.success(request, "Signed out everywhere")
    return redirect("user", user_id)


@require_POST
@doors.may(context.USERS)
@doors.stepped_up
def end_role(request: middleware.Request, user_id: uuid.UUID) -> HttpResponse:
    """End one role that a person holds."""
    _card(user_id)
    role = request.POST.get("role", "")
    try:
        agencies_operations.end_role(user_id=user_id, role=role, by=request.viewer, at=clock.now())
        messages.success(request, "The role is ended")
    except agencies_operations.RoleNotHeld:
        messages.info(request, "They do not hold this role any more. Someone else may have ended it")
    return redirect("user", user_id)


@require_POST
@doors.may(context.USERS)
@doors.stepped_up
def end(request: middleware.Request, user_id: uuid.UUID) -> HttpResponse:
    """Let a person in no more, from their next request on."""
    try:
        agencies_operations.end_joiner(user_id=user_id, by=request.viewer, at=clock.now())
    except access_operations.NoSuchUser:
        raise Http404 from None
    messages.success(request, "They can sign in no more")
    return redirect("user", user_id)
