"""The app of openness: what this installation does with people's data, told by its own code."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    """Registers openness with Django."""

    name = "joinedup.governance.openness"
    label = "openness"
