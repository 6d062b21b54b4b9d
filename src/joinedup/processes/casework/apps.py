"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Who leads, what is needed, and what will be done."""

    name = "joinedup.processes.casework"
    label = "casework"
    verbose_name = "Who leads, what is needed, and what will be done"
