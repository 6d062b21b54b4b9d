"""What all tests share: databases cloned from templates, roles to step into, and people who look."""

import contextlib
import datetime
import os
import uuid
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connection, transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.database import roles
from tests import databases

# Where everyone must see the same result, the same examples are tried every time; elsewhere, new ones. No test is timed.
hypothesis.settings.register_profile("everywhere", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "everywhere")

NOW = datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.UTC)
TODAY = NOW.date()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys last: once a browser was driven in a process, Django lets nothing in it ask the database."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    with databases.server():
        yield


@pytest.fixture(scope="session")
def django_db_setup(database_server, django_db_blocker) -> Iterator[None]:
    """Give this worker an empty database of its own, under the application's role."""
    name = databases.clone(databases.template())
    connection.settings_dict.update(databases.settings_for(name))
    yield
    with django_db_blocker.unblock():
        connection.close()
    databases.drop(name)


@pytest.fixture(scope="session")
def _borough_clone(django_db_setup) -> Iterator[str]:
    name = databases.clone(databases.borough_template())
    yield name
    databases.drop(name)


@pytest.fixture
def borough(_borough_clone, django_db_blocker) -> Iterator[None]:
    """Run the test in a small borough that is imported and linked; what the test changes is rolled back."""
    empty = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = _borough_clone
        with contextlib.suppress(_RolledBack), transaction.atomic():
            yield
            raise _RolledBack
        connection.close()
        connection.settings_dict["NAME"] = empty


class _RolledBack(Exception):
    """Ends a test's transaction without keeping it."""


@pytest.fixture
def own_database(database_server) -> Iterator[str]:
    """A fresh empty database for programs that run beside the test, dropped afterwards."""
    name = databases.clone(databases.template())
    yield name
    databases.drop(name)


@pytest.fixture
def own_borough(database_server) -> Iterator[str]:
    """A fresh borough for programs that run beside the test, dropped afterwards."""
    name = databases.clone(databases.borough_template())
    yield name
    databases.drop(name)


@contextlib.contextmanager
def as_role(role: str) -> Iterator[None]:
    """Act under another of the database's roles ("batch", "owner", "definer") and step back afterwards."""
    names = roles.role_names()
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {getattr(names, role)}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {names.app}")


@pytest.fixture
def batch() -> Iterator[None]:
    """Run the test under the batch role, as imports and links do."""
    with as_role("batch"):
        yield


@pytest.fixture
def viewer() -> access_rules.Viewer:
    """A person who looks, of no agency in particular."""
    return access_rules.Viewer(
        user_id=uuid.UUID(int=1),
        name="Tamsin Okafor",
        roles=frozenset({"safeguarding_lead"}),
        request_id=uuid.UUID(int=2),
    )


@pytest.fixture
def machine() -> access_rules.Viewer:
    """A command or job that acts."""
    return access_rules.Viewer(user_id=None, name="test command", roles=frozenset({"command"}))
