"""Writes of access: what this database is said to hold, and the users of a demonstration.

Belongs here: users and the roles they hold. Not here: the agency a person works for (agencies).
"""

import datetime
import uuid

from joinedup.foundation.access import models, rules


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
