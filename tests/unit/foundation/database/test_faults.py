"""A database that fails half-way is spoken of in words; a mistake of ours is not dressed up as one of the database's."""

import psycopg
import pytest
from psycopg import errors

from joinedup.foundation.database import faults


def raised_by_django(cause):
    """Return an error as Django raises it, with the driver's own behind it."""
    error = RuntimeError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        errors.DiskFull("could not extend file"),
        raised_by_django(errors.DiskFull("could not extend file")),
        raised_by_django(psycopg.OperationalError("FATAL: could not write init file: No space left on device")),
    ],
)
def test_a_full_disk_is_called_one_whoever_speaks_of_it(error):
    assert faults.is_disk_full(error)
    assert faults.words_for(error).startswith("There is no room left")


def test_a_server_that_went_away_is_named_with_what_it_said_first():
    said = faults.words_for(raised_by_django(errors.AdminShutdown("terminating connection\nDETAIL: more")))

    assert "terminating connection." in said
    assert "DETAIL" not in said


@pytest.mark.parametrize("error", [ValueError("x"), errors.UniqueViolation("x"), raised_by_django(ValueError("x"))])
def test_what_is_not_the_servers_failure_is_left_as_it_is(error):
    assert not faults.is_disk_full(error)
    assert faults.words_for(error) == ""
