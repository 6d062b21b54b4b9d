"""What the tests of killed imports share: files worth killing for, programs that load them, and databases to compare."""

import contextlib
import os
import random
import signal
import subprocess
import sys

import psycopg

from tests import databases
from tests.integration import standing

GIVEN = ["Ada", "Bo", "Chidi", "Dilys", "Eoin", "Fatima", "Gwen", "Hana", "Idris", "Jun"]
FAMILY = ["Lovell", "Byron", "Okafor", "Pryce", "Ó Briain", "Khan", "Smith-Jones", "Novák", "Begum", "Li"]
AGENCY = ("agencies", "add", "leisure", "The clubs", "leisure", "--legal-basis", "Consent")
HEADING = "local_id,given_name,family_name,date_of_birth,postcode,service,service_type,involved_from,carer_1_name"


def write_file(path, *, rows, seed):
    """Write a list of children with new, changed, repeated, unnumbered and refused rows among them."""
    dice = random.Random(seed)
    lines = [HEADING]
    for row in range(rows):
        if dice.random() < 0.1 and row:
            lines.append(lines[-1])
            continue
        local_id = dice.choice(["", str(dice.randrange(rows // 2)), str(dice.randrange(rows // 2))])
        born = dice.choice(["2014-03-09", "09/03/2015", "31/02/2014", "2012-11-01"])
        name = f"{dice.choice(GIVEN)},{dice.choice(FAMILY)}" if dice.random() > 0.05 else ","
        service = dice.choice([",,,", "Chess club,leisure,2026-01-05,", "Swimming,leisure,,Jo Lovell"])
        lines.append(f"{local_id},{name},{born},NG{dice.randrange(1, 9)} 5FT,{service}")
    path.write_bytes("\r\n".join([*lines, ""]).encode())
    return path


def held(database):
    """Return everything that a database of the shared server holds."""
    with psycopg.connect(databases.admin_url(database)) as connection:
        return standing.everything(within=connection)


def held_and_placed(database):
    """Return the same but for whom records were joined with as they arrived."""
    with psycopg.connect(databases.admin_url(database)) as connection:
        return standing.said_and_placed(within=connection)


def rows_read(connection):
    """Return how many rows all batches have accounted for so far."""
    return connection.execute("SELECT coalesce(sum(rows_read), 0)::int FROM records_batch").fetchone()[0]


def command(database, *words):
    """Start the command line against a database of the shared server."""
    return command_in(databases.environment(database), *words)


def command_in(environ, *words):
    """Start the command line in an environment."""
    return subprocess.Popen(
        [sys.executable, "-m", "joinedup", *map(str, words)],
        env=environ,
        cwd=databases.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(database, *words):
    """Run the command line to its end and return what it said."""
    return run_in(databases.environment(database), *words)


def run_in(environ, *words):
    """Run the command line in an environment to its end and return what it said."""
    done = command_in(environ, *words)
    said, _ = done.communicate(timeout=300)
    return done.returncode, said


def add_agency(database):
    code, said = run(database, *AGENCY)
    assert code == 0, said


class Loader:
    """The loading program, ready to load one file at a time."""

    def __init__(self, process, agency):
        self._process = process
        self._agency = agency
        self.pid = 0

    def begin(self, path, *, piece=100):
        self._process.stdin.write(f"{self._agency}\t{path}\t{piece}\n")
        self._process.stdin.flush()
        self.pid = int(self._process.stdout.readline())

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def is_at_work(self):
        """Whether the load that was begun last has not ended yet."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def end(self):
        """Return how the load ended, and its words."""
        code, words = self._process.stdout.readline().rstrip("\n").split("\t")
        return int(code), words

    def load(self, path, *, piece=100):
        self.begin(path, piece=piece)
        return self.end()


def loader(database, *, agency="leisure"):
    """Run the loading program against a database of the shared server."""
    return loader_in(databases.environment(database), agency=agency)


@contextlib.contextmanager
def loader_in(environ, *, agency="leisure"):
    """Run the loading program in an environment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.loader"],
        env={**environ, "JOINEDUP_ROLE": "batch"},
        cwd=databases.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        yield Loader(process, agency)
    finally:
        process.stdin.close()
        process.wait(timeout=60)
