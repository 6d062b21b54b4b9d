"""The records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Source records as each agency sent them."""

    name = "joinedup.delivery.records"
    label = "records"
    verbose_name = "Source records as each agency sent them"
