"""The assurance app."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """Who looked, and whether looking was in order."""

    name = "joinedup.governance.assurance"
    label = "assurance"
    verbose_name = "Assurance of looking"
