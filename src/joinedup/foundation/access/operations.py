"""Writes of access: what this database is said to hold."""

from joinedup.foundation.access import models


def mark_synthetic(*, area_name: str) -> None:
    """Say that this database holds invented people only, of an invented area."""
    models.Installation.objects.update_or_create(
        pk=1, defaults={"holds_synthetic_people": True, "area_name": area_name}
    )
