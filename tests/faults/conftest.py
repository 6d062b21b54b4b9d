"""Databases in which what is done stays done, for tests in which someone else acts meanwhile."""

import contextlib
import pathlib
from collections.abc import Iterator

import pytest
from django.db import connection


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what kills, fills and restarts to `make check`: each takes many seconds, and few changes can break it."""
    for item in items:
        if item.path.parent == pathlib.Path(__file__).parent:
            item.add_marker(pytest.mark.thorough)


@pytest.fixture
def acting_in(django_db_setup, django_db_blocker):
    """A function that has this process, and all its threads, act in another database for a while."""

    @contextlib.contextmanager
    def acting(name: str) -> Iterator[str]:
        empty = connection.settings_dict["NAME"]
        with django_db_blocker.unblock():
            connection.close()
            connection.settings_dict["NAME"] = name
            try:
                yield name
            finally:
                connection.close()
                connection.settings_dict["NAME"] = empty

    return acting


@pytest.fixture
def committed_borough(own_borough, acting_in) -> Iterator[str]:
    """A borough of this test's own."""
    with acting_in(own_borough) as name:
        yield name
