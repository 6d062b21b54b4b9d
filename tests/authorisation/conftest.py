"""The population in a database of its own, committed; what a test changes is rolled back."""

import contextlib
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests import databases
from tests.authorisation import population


class _RolledBack(Exception):
    """Ends a test's transaction without keeping it."""


@pytest.fixture(scope="session")
def _filled(django_db_setup, django_db_blocker) -> Iterator[tuple[str, population.Population]]:
    name = databases.clone(databases.template())
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        everyone = population.fill()
        connection.close()
        connection.settings_dict["NAME"] = empty
    yield name, everyone
    databases.drop(name)


@pytest.fixture
def everyone(_filled, django_db_blocker) -> Iterator[population.Population]:
    """Run the test among the population."""
    name, people = _filled
    empty = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        with contextlib.suppress(_RolledBack), transaction.atomic():
            yield people
            raise _RolledBack
        connection.close()
        connection.settings_dict["NAME"] = empty
