"""A site of a real installation: no one-click sign-in."""

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.fixture(autouse=True)
def _no_demonstration(settings):
    settings.DEMO_SIGN_IN = False
    cache.clear()


@pytest.fixture
def committed(own_database, django_db_blocker):
    """A database of its own in which what is done stays done, for tests in which someone else acts meanwhile."""
    empty = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = own_database
        yield own_database
        connection.close()
        connection.settings_dict["NAME"] = empty
