"""The tracking app."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Children whom services may have lost, and what people did about each."""

    name = "joinedup.processes.tracking"
    label = "tracking"
    verbose_name = "Children whom services may have lost"
