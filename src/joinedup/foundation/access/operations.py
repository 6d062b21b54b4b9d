"""Writes of access: what this database is said to hold, the users of a demonstration, and other systems.

Belongs here: users and the roles they hold. Not here: the agency a person works for (agencies).
"""

import dataclasses
import datetime
import secrets
import uuid

from joinedup.foundation import ids
from joinedup.foundation.access import models, rules


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
    client = models.ApiClient.objects.filter(pk=client_id, ended_at=None).first()
    if client is None:
        raise NoSuchClient(client_id)
    models.ApiClient.objects.filter(pk=client_id).update(ended_at=at)
    models.RoleHeld.objects.filter(user_id=client.user_id, ended_at=None).update(ended_at=at)
    models.User.objects.filter(pk=client.user_id).update(is_active=False)


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
