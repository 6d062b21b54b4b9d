"""The framework app."""

from typing import Any

from django.apps import AppConfig
from django.db.models import signals


class FrameworkConfig(AppConfig):
    """Outcomes and aims, as dated data."""

    name = "joinedup.outcomes.framework"
    label = "framework"
    verbose_name = "Outcomes framework"

    def ready(self) -> None:
        """Have the frameworks that ship kept whenever the tables have been brought up to date."""
        signals.post_migrate.connect(_keep_frameworks, sender=self)


def _keep_frameworks(*, plan: Any, **_given: Any) -> None:
    from joinedup.outcomes.framework import operations

    is_backwards = any(backwards for _, backwards in plan)
    if not is_backwards:
        operations.keep_frameworks()
