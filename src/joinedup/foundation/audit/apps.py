"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who looked at what, when and why."""

    name = "joinedup.foundation.audit"
    label = "audit"
    verbose_name = "Audit"
