"""The childindex app."""

from django.apps import AppConfig


class ChildIndexConfig(AppConfig):
    """One child from many records."""

    name = "joinedup.processes.childindex"
    label = "childindex"
    verbose_name = "One child from many records"
