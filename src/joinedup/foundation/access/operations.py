"""Writes of access: what this database is said to hold, who signs in, and what ends a session.

Belongs here: users, the roles they hold, their sessions and set-up links. The audit is written by whoever calls, further
out. Not here: the agency a person works for (agencies).
"""

import dataclasses
import datetime
import secrets
import uuid
from collections.abc import Sequence

from allauth.socialaccount.models import SocialAccount
from django.db import connection, transaction

from joinedup.foundation import ids
from joinedup.foundation.access import factors, models, queries, rules

SET_UP_FOR = datetime.timedelta(hours=72)


class NoSuchUser(Exception):
    """Nobody has this user name or identifier."""


class LinkIsOver(Exception):
    """The set-up link has been used, or is too old."""


class NoSuchClient(Exception):
    """No API client has this identifier."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClientMade:
    """An API client as it was made; the secret is told here and never again."""

    id: uuid.UUID
    user_id: uuid.UUID
    secret: str


def mark_synthetic(*, area_name: str) -> None:
    """Say that this database holds invented people only, of an invented area."""
    models.Installation.objects.update_or_create(
        pk=1, defaults={"holds_synthetic_people": True, "area_name": area_name}
    )


def keep_demo_user(*, username: str, display_name: str, role: str, at: datetime.datetime) -> uuid.UUID:
    """Add a person who has no password and signs in by one click, or find them; return their identifier."""
    user = models.User.objects.filter(username=username).first()
    if user is None:
        user = models.User.objects.create_user(username=username, display_name=display_name)
        user.is_demo = True
        user.save(update_fields=["is_demo"])
    models.RoleHeld.objects.get_or_create(user=user, role=role, ended_at=None, defaults={"started_at": at})
    return user.id


def keep_user(*, username: str, display_name: str) -> models.User:
    """Add a person who has no way to sign in yet, or bring the name of one who is known up to date."""
    user = models.User.objects.filter(username=username).first()
    if user is None:
        return models.User.objects.create_user(username=username, display_name=display_name)
    user.display_name = display_name
    user.is_active = True
    user.save(update_fields=["display_name", "is_active"])
    return user


def keep_role(*, user_id: uuid.UUID, role: str, at: datetime.datetime) -> None:
    """Give a user a role; holding it already changes nothing."""
    models.RoleHeld.objects.get_or_create(user_id=user_id, role=role, ended_at=None, defaults={"started_at": at})


def keep_identity(*, user_id: uuid.UUID, directory: str, subject: str) -> None:
    """Say which subject of an agency's directory a user is; another subject of that directory is theirs no more."""
    SocialAccount.objects.filter(user_id=user_id, provider=directory).exclude(uid=subject).delete()
    SocialAccount.objects.get_or_create(user_id=user_id, provider=directory, uid=subject)


def end_role(*, user_id: uuid.UUID, role: str, at: datetime.datetime) -> bool:
    """End a role held; return whether it was held."""
    return bool(models.RoleHeld.objects.filter(user_id=user_id, role=role, ended_at=None).update(ended_at=at))


@transaction.atomic
def end_user(*, user_id: uuid.UUID, at: datetime.datetime) -> None:
    """Let someone in no more: their sessions end now, their roles and links with them.

    Errors: NoSuchUser.
    """
    if not models.User.objects.filter(id=user_id).update(is_active=False):
        raise NoSuchUser(str(user_id))
    models.RoleHeld.objects.filter(user_id=user_id, ended_at=None).update(ended_at=at)
    models.SetUpLink.objects.filter(user_id=user_id, used_at=None).update(used_at=at)
    end_sessions(user_id=user_id)


def end_session(*, user_id: uuid.UUID, reference: str) -> bool:
    """End one session of a person, named by its reference; return whether there was one."""
    keys = models.Session.objects.filter(user_id=user_id).values_list("session_key", flat=True)
    named = [key for key in keys if queries.session_reference(key) == reference]
    return bool(models.Session.objects.filter(session_key__in=named).delete()[0])


def end_sessions(*, user_id: uuid.UUID, but: str = "") -> int:
    """End every session of a person but the one with this key; return how many there were."""
    return models.Session.objects.filter(user_id=user_id).exclude(session_key=but).delete()[0]


def make_set_up_link(*, user_id: uuid.UUID, at: datetime.datetime) -> str:
    """Make the one link by which a person sets their sign-in up, for three days; an older one works no more.

    Shapes: the secret end of the address, shown once and never kept.
    """
    models.SetUpLink.objects.filter(user_id=user_id, used_at=None).update(used_at=at)
    token = secrets.token_urlsafe(32)
    models.SetUpLink.objects.create(
        fingerprint=queries.fingerprint(token), user_id=user_id, made_at=at, expires_at=at + SET_UP_FOR
    )
    return token


@transaction.atomic
def use_set_up_link(*, token: str, password: str, at: datetime.datetime) -> models.User:
    """Set the password of the person whose link this is; the link works no more, and older sessions end.

    Errors: LinkIsOver.
    """
    user = queries.find_set_up_user(token=token, at=at)
    used = models.SetUpLink.objects.filter(fingerprint=queries.fingerprint(token), used_at=None).update(used_at=at)
    if user is None or not used:
        raise LinkIsOver
    set_password(user=user, password=password)
    end_sessions(user_id=user.id)
    return user


def set_password(*, user: models.User, password: str) -> None:
    """Set a person's password."""
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def forget_credentials(*, user_id: uuid.UUID) -> None:
    """Take a person's password, second factors and sessions away."""
    user = models.User.objects.get(id=user_id)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    factors.forget(user_id=user_id)
    end_sessions(user_id=user_id)


def make_client(*, name: str, role: str, at: datetime.datetime) -> ClientMade:
    """Make a user for another system, who holds one role, has no password and signs in with a secret.

    Shapes: the secret is 43 characters, from 32 random bytes.
    """
    client_id = ids.uuid7()
    user = models.User.objects.create_user(username=f"client-{client_id}", display_name=name)
    models.RoleHeld.objects.create(user=user, role=role, started_at=at)
    secret = secrets.token_urlsafe(rules.SECRET_BYTES)
    models.ApiClient.objects.create(
        id=client_id, user=user, name=name, secret_hash=rules.hash_of_secret(secret), made_at=at
    )
    return ClientMade(id=client_id, user_id=user.id, secret=secret)


def end_client(*, client_id: uuid.UUID, at: datetime.datetime) -> None:
    """Let a client in no more, from its next request on; that it was here stays on record.

    Errors: NoSuchClient, for one that has ended already too.
    """
    # Of two who end it at once, one does; for the other there is none left to end.
    if not models.ApiClient.objects.filter(pk=client_id, ended_at=None).update(ended_at=at):
        raise NoSuchClient(client_id)
    user_id = models.ApiClient.objects.values_list("user_id", flat=True).get(pk=client_id)
    models.RoleHeld.objects.filter(user_id=user_id, ended_at=None).update(ended_at=at)
    models.User.objects.filter(pk=user_id).update(is_active=False)


def keep_policy(*, policy: rules.Policy) -> int:
    """Write the policy that the database refuses by over the one it has; return how many cells there are."""
    models.PolicyCell.objects.all().delete()
    made = models.PolicyCell.objects.bulk_create(
        models.PolicyCell(
            role=cell.role,
            action=cell.action,
            ground=cell.ground,
            conditions="+".join(cell.conditions),
            policy_version=policy.version,
        )
        for cell in policy
    )
    return len(made)


def invite(*, username: str, subject_ids: Sequence[uuid.UUID], origin: str, at: datetime.datetime) -> int:
    """Let a user take part in these subjects, from now on; return how many are new. Written by jobs and commands alone."""
    user = models.User.objects.get(username=username)
    known = set(
        models.GroundHeld.objects.filter(user=user, ground=rules.INVITED, ended_at=None).values_list(
            "subject_id", flat=True
        )
    )
    made = models.GroundHeld.objects.bulk_create(
        models.GroundHeld(user=user, subject_id=subject_id, ground=rules.INVITED, origin=origin, started_at=at)
        for subject_id in subject_ids
        if subject_id not in known
    )
    return len(made)


def hold(
    *, user_id: uuid.UUID, subject_id: uuid.UUID, ground: str, origin: str, until: datetime.datetime | None = None
) -> bool:
    """Tie someone else to a subject who is open before the viewer, by work; return whether the database let it be.

    Shapes: `ground` is P, L, S or V; `origin` names the ring's app whose work it is; a tie that holds already is kept.
    """
    return _asked(
        "SELECT access_hold(%s, %s, %s, %s, %s, %s)", [ids.uuid7(), user_id, subject_id, ground, origin, until]
    )


def release(*, user_id: uuid.UUID, subject_id: uuid.UUID, ground: str, origin: str) -> bool:
    """End a tie that work made, one's own or, of a subject who is open, another's; return whether there was one."""
    return _asked("SELECT access_release(%s, %s, %s, %s)", [user_id, subject_id, ground, origin])


def _asked(statement: str, values: Sequence[uuid.UUID | str | datetime.datetime | None]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return bool(row and row[0])
