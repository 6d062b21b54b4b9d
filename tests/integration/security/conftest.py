"""People of the demonstration, signed in, and the settings of a real installation."""

import importlib

import pytest
from django.test import Client

from tests.integration.security import walking
from tests.integration.web import visiting


@pytest.fixture
def analyst(client) -> Client:
    return visiting.sign_in(client, "analyst")


@pytest.fixture
def worker(client) -> Client:
    return visiting.sign_in(client, "social_worker")


@pytest.fixture
def addresses(client) -> list[str]:
    """Every address of the product, with a real child, record, batch and search in it."""
    return walking.addresses(walking.known(visiting.sign_in(Client(), "safeguarding_lead")))


@pytest.fixture
def production(settings, monkeypatch):
    """The settings of a real installation, as far as they differ; sign-in stays the demonstration's."""
    monkeypatch.setenv("JOINEDUP_ALLOWED_HOSTS", "joinedup.council.example")
    module = importlib.reload(importlib.import_module("joinedup.config.settings.production"))
    kept = {"DATABASES", "SECRET_KEY", "DEMO_SIGN_IN", "PASSWORD_HASHERS", "DATA_MODE", "INSTALLED_APPS", "LOGGING"}
    for name in dir(module):
        if name.isupper() and name not in kept:
            setattr(settings, name, getattr(module, name))
    return module
