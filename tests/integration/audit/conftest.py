"""Logs to seal and to spoil."""

import shutil
from collections.abc import Iterator

import pytest

from tests import databases
from tests.integration.audit.log import Log


@pytest.fixture
def log(own_database, tmp_path) -> Log:
    """A log in which nothing has happened yet."""
    return Log(database=own_database, folder=tmp_path / "log")


@pytest.fixture(scope="session")
def kept(database_server, tmp_path_factory) -> Iterator[Log]:
    """A log of 1,165 events in three runs of sealing, for tests that take back what they do."""
    made = Log(database=databases.clone(databases.template()), folder=tmp_path_factory.mktemp("log"))
    for count in (40, 1_100, 25):
        made.write(count, subjects=2)
        made.settle()
        made.seal()
    yield made
    databases.drop(made.database)


@pytest.fixture
def sealed(kept, tmp_path) -> Iterator[Log]:
    """A copy of that log, in which a test may do its worst."""
    mine = kept.copy(tmp_path / "sealed")
    yield mine
    databases.drop(mine.database)


@pytest.fixture
def apart(kept, tmp_path) -> Log:
    """That log with a copy of its key and heads, which alone the test spoils."""
    shutil.copytree(kept.folder, tmp_path / "apart")
    return Log(database=kept.database, folder=tmp_path / "apart")
