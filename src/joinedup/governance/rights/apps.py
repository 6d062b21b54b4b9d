"""The rights app."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The rights of the people whom records are about, and how long records are kept."""

    name = "joinedup.governance.rights"
    label = "rights"
    verbose_name = "Rights"
