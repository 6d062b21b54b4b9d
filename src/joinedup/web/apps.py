"""The web app: pages and what they are made of; no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Server-rendered pages by audience."""

    name = "joinedup.web"
    label = "web"
    verbose_name = "Web"
