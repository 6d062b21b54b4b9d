"""The exports app."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """What leaves the product, by whom, why, and with whose agreement."""

    name = "joinedup.governance.exports"
    label = "exports"
    verbose_name = "Exports"
