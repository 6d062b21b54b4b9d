"""The participation app."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """What children and parents say for themselves, and the door by which they come in."""

    name = "joinedup.processes.participation"
    label = "participation"
    verbose_name = "Participation"
