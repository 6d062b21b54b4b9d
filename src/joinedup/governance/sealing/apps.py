"""The sealing app."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Setting and lifting seals, which takes two."""

    name = "joinedup.governance.sealing"
    label = "sealing"
    verbose_name = "Sealing"
