"""Reads of access: what this database is said to hold, who signs in, by what, and which sessions and forms they have."""

import dataclasses
import datetime
import functools
import hashlib
import json
import uuid
from collections.abc import Callable

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Count, Q
from django.utils import crypto, module_loading

from joinedup.foundation.access import models, rules, sealing

#: A person who signs in, as a session holds them; nothing else of this app's tables is known outside it.
User = models.User


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InstallationCard:
    """What this database is said to hold."""

    holds_synthetic_people: bool
    area_name: str


def get_installation() -> InstallationCard:
    """Return what this database is said to hold; nothing said means real people."""
    row = models.Installation.objects.filter(pk=1).first()
    return InstallationCard(
        holds_synthetic_people=bool(row and row.holds_synthetic_people), area_name=row.area_name if row else ""
    )


def find_demo_user(*, username: str) -> uuid.UUID | None:
    """Return a person of the demonstration, where this database holds synthetic people only."""
    if not get_installation().holds_synthetic_people:
        return None
    return User.objects.filter(username=username, is_demo=True, is_active=True).values_list("id", flat=True).first()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SessionCard:
    """One browser in which a person is signed in; `reference` names it without giving its key away."""

    reference: str
    browser: str
    started_at: datetime.datetime
    seen_at: datetime.datetime
    is_this: bool


def session_reference(session_key: str) -> str:
    """Return a name for a session from which its key cannot be found.

    Shapes: 16 hexadecimal digits.
    """
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]


def get_sessions(*, user_id: uuid.UUID, this_key: str, at: datetime.datetime) -> list[SessionCard]:
    """Return the sessions of one person that are not over, last used first.

    Shapes: 1 query.
    """
    rows = models.Session.objects.filter(user_id=user_id, expire_date__gt=at).order_by("-seen_at", "session_key")
    return [
        SessionCard(
            reference=session_reference(row.session_key),
            browser=row.browser,
            started_at=row.started_at,
            seen_at=row.seen_at,
            is_this=row.session_key == this_key,
        )
        for row in rows
    ]


def get_user(*, user_id: uuid.UUID) -> User:
    """Return the person with this identifier.

    Errors: User.DoesNotExist.
    """
    return User.objects.get(id=user_id)


def find_active_user(*, user_id: uuid.UUID) -> User | None:
    """Return the person with this identifier, if they may sign in."""
    return User.objects.filter(id=user_id, is_active=True).first()


def find_user(*, username: str) -> User | None:
    """Return the person with this user name, active or not."""
    return User.objects.filter(username=username).first()


def find_by_identity(*, directory: str, subject: str) -> User | None:
    """Return the active user who is this subject of an agency's directory, if an administrator has said so."""
    user_id = SocialAccount.objects.filter(provider=directory, uid=subject).values_list("user_id", flat=True).first()
    return User.objects.filter(id=user_id, is_active=True).first() if user_id else None


def find_set_up_user(*, token: str, at: datetime.datetime) -> User | None:
    """Return whose set-up link this is, while it has not been used and is not over."""
    link = (
        models.SetUpLink.objects.filter(fingerprint=fingerprint(token), used_at=None, expires_at__gt=at)
        .select_related("user")
        .first()
    )
    return link.user if link is not None and link.user.is_active else None


def fingerprint(token: str) -> bytes:
    """Return what is kept of a secret that is shown once.

    Shapes: 32 bytes.
    """
    return hashlib.sha256(token.encode()).digest()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KeptCard:
    """What someone had typed when they were signed out: the address it was for, and the fields in their order."""

    id: uuid.UUID
    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool
    kept_at: datetime.datetime


def get_kept(*, user_id: uuid.UUID, at: datetime.datetime) -> list[KeptCard]:
    """Return what is kept for one person, newest first; what can no longer be opened is left out.

    Shapes: 1 query.
    """
    found = []
    for row in models.KeptForm.objects.filter(user_id=user_id, expires_at__gt=at).order_by("-kept_at", "-id"):
        try:
            said = json.loads(sealing.unseal(bytes(row.sealed)))
        except sealing.SealBroken:
            continue
        fields = tuple((name, value) for name, value in said["fields"])
        found.append(
            KeptCard(id=row.id, path=said["path"], fields=fields, had_files=said["had_files"], kept_at=row.kept_at)
        )
    return found


def has_kept(*, user_id: uuid.UUID, at: datetime.datetime) -> bool:
    """Return whether anything is kept for this person."""
    return models.KeptForm.objects.filter(user_id=user_id, expires_at__gt=at).exists()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UserCard:
    """A person who signs in, as administrators of users see them."""

    id: uuid.UUID
    username: str
    display_name: str
    is_active: bool
    is_demo: bool
    roles: tuple[str, ...]
    open_sessions: int
    last_signed_in_at: datetime.datetime | None


def get_users(*, at: datetime.datetime, ids: tuple[uuid.UUID, ...] | None = None) -> list[UserCard]:
    """Return those who may sign in, by name; of these identifiers only, where given.

    Shapes: 2 queries.
    """
    chosen = User.objects.all() if ids is None else User.objects.filter(id__in=ids)
    users = list(
        chosen.annotate(
            open_sessions=Count("sessions", filter=Q(sessions__expire_date__gt=at)),
        ).order_by("display_name", "id")
    )
    held: dict[uuid.UUID, list[str]] = {}
    roles = models.RoleHeld.objects.filter(user_id__in=[user.id for user in users], ended_at=None)
    for user_id, role in roles.order_by("role").values_list("user_id", "role"):
        held.setdefault(user_id, []).append(role)
    return [
        UserCard(
            id=user.id,
            username=user.username,
            display_name=user.display_name,
            is_active=user.is_active,
            is_demo=user.is_demo,
            roles=tuple(held.get(user.id, ())),
            open_sessions=user.open_sessions,
            last_signed_in_at=user.last_login,
        )
        for user in users
    ]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClientFound:
    """Another system that may sign in, and the user that it is."""

    id: uuid.UUID
    user_id: uuid.UUID


def find_client(*, secret: str) -> ClientFound | None:
    """Return the system that has this secret; None when there is none, or it has ended.

    Shapes: 1 query.
    """
    found = models.ApiClient.objects.filter(secret_hash=rules.hash_of_secret(secret), ended_at=None)
    row = found.values_list("id", "user_id").first()
    return None if row is None else ClientFound(id=row[0], user_id=row[1])


@functools.cache
def get_policy() -> rules.Policy:
    """Return the policy of this installation, from where the settings say; read once."""
    source: Callable[[], rules.Policy] = module_loading.import_string(settings.ACCESS_POLICY)
    return source()


def is_marked_by(mark: str, *, password: str) -> bool:
    """Return whether a session that bears this mark was begun with this password, as it is kept."""
    user = models.User(password=password)
    marks = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(crypto.constant_time_compare(one, mark) for one in marks)
