"""Reads of invitations: what a link leads to, how a child's stand, and whose pages a signed-in person has.

Belongs here: doors. Not here: what is said behind them (saying).
"""

import dataclasses
import datetime
import hashlib
import uuid

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.participation import models, rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What whoever has a link may know before they come in."""

    voice: rules.Voice
    expires_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """One page that is a person's own: of which child, in which voice, and how they are called on it."""

    child_id: uuid.UUID
    number: str
    voice: rules.Voice
    parent_ref: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InvitationCard:
    """One invitation, as those who help the child see it."""

    id: uuid.UUID
    voice: rules.Voice
    name: str
    standing: rules.Standing
    made_at: datetime.datetime
    made_by_name: str
    expires_at: datetime.datetime
    accepted_at: datetime.datetime | None
    withdrawn_by_name: str


def fingerprint(token: str) -> bytes:
    """Return what is kept of a link that is shown once.

    Shapes: 32 bytes.
    """
    return hashlib.sha256(token.encode("utf-8", errors="surrogatepass")).digest()


def find_invited(*, token: str) -> Invited | None:
    """Return what a link leads to while it works; nothing for one that was never made, is used, taken back or too old.

    Shapes: 1 query; whoever asks need not be signed in.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT voice, expires_at FROM participation_invited(%s)", [fingerprint(token)])
        row = cursor.fetchone()
    return None if row is None else Invited(voice=rules.Voice(row[0]), expires_at=row[1])


def get_own_pages(*, viewer: access_rules.Viewer) -> list[OwnPage]:
    """Return the pages that are the viewer's own at this moment, the first that they came to first.

    Shapes: 2 queries; none where the child is sealed.
    """
    audit_operations.open_view(viewer=viewer, act="participation.own.asked")
    with connection.cursor() as cursor:
        cursor.execute("SELECT child_id, number, voice, parent_ref, name FROM participation_own()")
        rows = cursor.fetchall()
    return [
        OwnPage(child_id=row[0], number=row[1], voice=rules.Voice(row[2]), parent_ref=row[3], name=row[4])
        for row in rows
    ]


def get_invitations(*, child_id: uuid.UUID, at: datetime.datetime) -> list[InvitationCard]:
    """Return the invitations of a child who is open before the viewer, newest first.

    Shapes: 1 query; none for someone whom nothing but a reason ties to the child.
    """
    rows = models.Invitation.objects.filter(child_id=child_id).order_by("-made_at", "-id")
    return [_card(row, at) for row in rows]


def _card(row: models.Invitation, at: datetime.datetime) -> InvitationCard:
    return InvitationCard(
        id=row.pk,
        voice=rules.Voice(row.voice),
        name=row.name,
        standing=rules.stands(
            expires_at=row.expires_at, accepted_at=row.accepted_at, withdrawn_at=row.withdrawn_at, at=at
        ),
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        withdrawn_by_name=row.withdrawn_by_name,
    )
