"""The events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """What happened, told to whoever listens."""

    name = "joinedup.foundation.events"
    label = "events"
    verbose_name = "What happened, told to whoever listens"
