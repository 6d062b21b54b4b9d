"""`joinedup api-client`: a system is let in by one command, listed by another, and out by a third."""

import re
import subprocess
import sys

import pytest

from tests import databases


@pytest.fixture
def joinedup(own_borough):
    """Run the command line against a borough of its own; return how it ended and what it said."""

    def run(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "joinedup", "api-client", *words],
            env=databases.environment(own_borough, COLUMNS="200"),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.slow
def test_a_system_is_let_in_and_out_and_its_secret_shown_once(joinedup):
    status, said = joinedup("add", "schools", "Timetable")
    secret = said.strip().splitlines()[-1]
    (client,) = re.findall(r"identifier is ([0-9a-f-]{36})", said)
    assert (status, len(secret)) == (0, 43)

    listed = joinedup("list")[1]
    assert client in listed
    assert "Timetable" in listed
    assert secret not in listed

    assert joinedup("end", client)[0] == 0
    assert joinedup("end", client) == (1, "No system that may ask has this identifier. See: joinedup api-client list\n")
    assert joinedup("add", "nowhere", "Timetable")[0] == 1
