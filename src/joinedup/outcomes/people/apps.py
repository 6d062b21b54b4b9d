"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Children and the households they grow up in."""

    name = "joinedup.outcomes.people"
    label = "people"
    verbose_name = "Children and the households they grow up in"
