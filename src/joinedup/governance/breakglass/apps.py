"""The break-glass app."""

from django.apps import AppConfig


class BreakGlassConfig(AppConfig):
    """Looking in an emergency, and reviewing it."""

    name = "joinedup.governance.breakglass"
    label = "breakglass"
    verbose_name = "Break-glass"
