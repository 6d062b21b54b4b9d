"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, teams and practitioners."""

    name = "joinedup.delivery.agencies"
    label = "agencies"
    verbose_name = "Agencies, teams and practitioners"
