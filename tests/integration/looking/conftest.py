"""A borough to which real sessions of the serving roles connect, and whose transactions really commit."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.database import address
from tests import databases
from tests.integration.looking import asking

Connect = Callable[[str], psycopg.Connection]


@pytest.fixture(scope="module")
def _committed(database_server) -> Iterator[str]:
    name = databases.clone(databases.borough_template())
    yield name
    databases.drop(name)


@pytest.fixture
def connect(_committed) -> Iterator[Connect]:
    """Connect as the application, the batch or the owner, each with its own sign-in, as the product does."""
    opened: list[psycopg.Connection] = []

    def sign_in(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(address.url_for(address.Role(role), database=_committed)))
        return opened[-1]

    yield sign_in
    for connection in opened:
        connection.close()


@pytest.fixture
def steward(borough) -> access_rules.Viewer:
    """Someone for whom one thing known of a child is enough."""
    return asking.steward()
