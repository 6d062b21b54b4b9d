"""The reassigning app."""

from django.apps import AppConfig


class ReassigningConfig(AppConfig):
    """Saying whose work is that was done on a joined child."""

    name = "joinedup.governance.reassigning"
    label = "reassigning"
    verbose_name = "Reassigning"
