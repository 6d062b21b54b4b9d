"""Inviting a child or a parent to a page of their own, their coming in, and taking an invitation back.

Belongs here: the three acts. Not here: second factors, which every sign-in has (foundation.access), whether a parent's page
is safe, which is recorded further out and told here.
"""

import dataclasses
import datetime
import re
import secrets
import uuid

from django.conf import settings
from django.db import connection, transaction

from joinedup.foundation import clock, ids
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import models, queries, rules

_WRITE = "write"
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,39}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An invitation as it was made; the token is the secret end of the link, told here and never again."""

    id: uuid.UUID
    token: str
    expires_at: datetime.datetime


@transaction.atomic
def invite(  # whose page, for whom, by whom and when
    *,
    number: str,
    purpose: str,
    voice: rules.Voice,
    by: access_rules.Viewer,
    at: datetime.datetime,
    parent_ref: str = "",
    parent_name: str = "",
    is_recorded_safe: bool = False,
) -> Made:
    """Ask a child, or one parent for whom it is recorded as safe, to have a page of their own; the link works once.

    Shapes: `number` is the child's; `parent_ref` and `parent_name` are a parent's alone.
    Errors: as `childindex_queries.open_child`; NotAllowed where no work of the viewer's own leads to the child; TooYoung;
    NotRecordedSafe.
    """
    opened, user_id = _open(number=number, purpose=purpose, by=by, act="participation.invited")
    rules.check_may_have_a_page(
        voice=voice,
        birth_date=opened.card.birth_date,
        is_recorded_safe=is_recorded_safe,
        on=clock.local(at).date(),
    )
    token = secrets.token_urlsafe(32)
    made = models.Invitation(
        child_id=opened.card.id,
        voice=voice,
        name=(parent_name if voice is rules.Voice.PARENT else opened.card.full_name)[: rules.MOST_NAME],
        parent_ref=parent_ref if voice is rules.Voice.PARENT else "",
        fingerprint=queries.fingerprint(token),
        made_at=at,
        made_by_id=user_id,
        made_by_name=by.name,
        expires_at=at + datetime.timedelta(days=settings.INVITATIONS_LAST_DAYS),
    )
    made.save(force_insert=True)
    events_operations.publish("participation.invited", at=at, invitation_id=str(made.pk))
    return Made(id=made.pk, token=token, expires_at=made.expires_at)


@transaction.atomic
def withdraw(
    *, number: str, purpose: str, invitation_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Take an invitation back; a sign-in that came of it ends with the next request.

    Errors: as `childindex_queries.open_child`; NotAllowed; InvitationIsOver where it was taken back or is none of this child's.
    """
    opened, _ = _open(number=number, purpose=purpose, by=by, act="participation.withdrawn")
    withdrawn = models.Invitation.objects.filter(pk=invitation_id, child_id=opened.card.id, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by_name=by.name
    )
    if not withdrawn:
        raise rules.InvitationIsOver
    events_operations.publish("participation.withdrawn", at=at, invitation_id=str(invitation_id))


def _open(
    *, number: str, purpose: str, by: access_rules.Viewer, act: str
) -> tuple[childindex_queries.Opened, uuid.UUID]:
    """Open the child for whoever writes about them because of their own work; return who that is, too.

    Errors: as `childindex_queries.open_child`; NotAllowed.
    """
    opened = childindex_queries.open_child(viewer=by, number=number, purpose=purpose, act=act)
    if by.user_id is None or not may_invite(viewer=by, grounds=opened.grounds):
        raise rules.NotAllowed
    return opened, by.user_id


def may_invite(*, viewer: access_rules.Viewer, grounds: frozenset[str]) -> bool:
    """Return whether the matrix lets somebody write about a child by their own work, a reason for looking being none."""
    asked = access_rules.Asked(roles=viewer.roles, action=_WRITE, grounds=rules.ties(grounds), given=viewer.given)
    return access_rules.decide(policy=access_queries.get_policy(), asked=asked).is_allowed


@transaction.atomic
def accept(*, token: str, username: str, password: str, at: datetime.datetime) -> access_queries.User:
    """Make the sign-in of whoever has the link; a second factor is set up next, and until then it opens nothing.

    Errors: InvitationIsOver; NameIsTaken, for a name that is none to sign in by too.
    """
    if not _USERNAME.fullmatch(username):
        raise rules.NameIsTaken(username)
    user_id = ids.uuid7()
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation_accept(%s, %s, %s)", [queries.fingerprint(token), user_id, username])
        (answer,) = cursor.fetchone()
    if answer == "taken":
        raise rules.NameIsTaken(username)
    if answer != "done":
        raise rules.InvitationIsOver
    user = access_queries.get_user(user_id=user_id)
    access_operations.set_password(user=user, password=password)
    audit_operations.record(
        by=access_rules.Viewer(user_id=user.pk, name=user.display_name), act="participation.accepted"
    )
    events_operations.publish("participation.accepted", at=at, user_id=str(user.pk))
    return user
