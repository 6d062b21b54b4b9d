"""The in-basket app."""

from django.apps import AppConfig


class InBasketConfig(AppConfig):
    """What agencies send one another about children, until it has an owner and an outcome."""

    name = "joinedup.processes.inbasket"
    label = "inbasket"
    verbose_name = "In-basket"
