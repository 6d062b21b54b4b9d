"""The API app: what other systems ask, as JSON; no tables."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The interface for other systems."""

    name = "joinedup.api"
    label = "api"
    verbose_name = "API"
