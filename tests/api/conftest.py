"""People and another system that ask the API, in the small borough."""

import pytest
from django.test import Client

from joinedup.delivery.agencies import operations as agencies_operations
from tests.api import calling
from tests.conftest import NOW, as_role


@pytest.fixture
def lead(borough) -> Client:
    """A designated safeguarding lead, signed in."""
    return calling.signed_in("safeguarding-lead")


@pytest.fixture
def teacher(borough) -> Client:
    return calling.signed_in("teacher")


@pytest.fixture
def analyst(borough) -> Client:
    return calling.signed_in("analyst")


@pytest.fixture
def secret(borough, machine) -> str:
    """The secret of a system of the schools."""
    with as_role("batch"):
        return agencies_operations.add_client(agency_code="schools", name="Timetable", by=machine, at=NOW).secret


@pytest.fixture
def system(secret) -> Client:
    """A system of the schools, which gives its secret with every request."""
    return Client(headers={"Authorization": f"Bearer {secret}"})
