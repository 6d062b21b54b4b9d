"""People of the demonstration, signed in."""

import pytest
from django.test import Client

from tests.integration.web import visiting


@pytest.fixture
def analyst(client) -> Client:
    return visiting.sign_in(client, "analyst")


@pytest.fixture
def worker(client) -> Client:
    return visiting.sign_in(client, "social_worker")


@pytest.fixture
def finder(client) -> Client:
    """Someone for whom one thing known of a child is enough."""
    return visiting.sign_in(client, "manager")
