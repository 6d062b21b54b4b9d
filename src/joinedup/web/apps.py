"""The web app: pages and what they are made of; no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Server-rendered pages by audience."""

    name = "joinedup.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        from django.contrib.auth import signals

        from joinedup.web import answers

        signals.user_logged_out.connect(answers.remember_sign_out, dispatch_uid="web.sign-out")
