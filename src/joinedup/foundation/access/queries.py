"""Reads of access: what this database is said to hold, and who may sign in by one click."""

import dataclasses
import functools
import uuid
from collections.abc import Callable

from django.conf import settings
from django.utils import module_loading

from joinedup.foundation.access import models, rules


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
    return (
        models.User.objects.filter(username=username, is_demo=True, is_active=True).values_list("id", flat=True).first()
    )


@functools.cache
def get_policy() -> rules.Policy:
    """Return the policy of this installation, from where the settings say; read once."""
    source: Callable[[], rules.Policy] = module_loading.import_string(settings.ACCESS_POLICY)
    return source()
