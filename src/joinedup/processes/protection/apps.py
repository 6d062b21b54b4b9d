"""The protection app."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """What is done where a child may be suffering significant harm."""

    name = "joinedup.processes.protection"
    label = "protection"
    verbose_name = "What is done where a child may be suffering significant harm"
