"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Signing in and who is looking."""

    name = "joinedup.foundation.access"
    label = "access"
    verbose_name = "Access"
