"""The agreements app."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models import signals


class AgreementsConfig(AppConfig):
    """Who may see what, by agreement."""

    name = "joinedup.governance.agreements"
    label = "agreements"
    verbose_name = "Agreements"

    def ready(self) -> None:
        """Have the policy kept whenever the tables have been brought up to date."""
        signals.post_migrate.connect(_keep_policy, sender=apps.get_app_config("access"))


def _keep_policy(*, plan: Any, **_given: Any) -> None:
    from joinedup.governance.agreements import operations

    is_backwards = any(backwards for _, backwards in plan)
    if not is_backwards:
        operations.keep_policy()
