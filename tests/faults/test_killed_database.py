"""An import goes on where it was, whether its own process or the database was killed: nothing is lost and nothing doubled."""

import json
import random
import signal
import statistics
import time

import psycopg
import pytest

from tests.faults import killed, server
from tests.integration import standing

#: An agency of the small borough.
AGENCY = "leisure"


@pytest.fixture
def own_server(database_server):
    with server.running() as ours:
        yield ours


def progress(connection, loader, before):
    """Wait until the load has stored something, or has ended; return whether it is still at work."""
    while loader.is_at_work():
        if killed.rows_read(connection) > before:
            return True
        time.sleep(0.01)
    return False


class Killing:
    """Loads files one after the other, and kills the import and the database by turns at random moments."""

    def __init__(self, ours, loader, *, seed, rows):
        self.server, self.loader, self.rows = ours, loader, rows
        self.dice = random.Random(seed)
        self.kills = {"import": 0, "database": 0}
        self.resumed_within = []
        self.files = []

    def until(self, kills, folder):
        while sum(self.kills.values()) < kills:
            seed = len(self.files)
            assert seed < 10 + kills, "files are loaded too quickly to be caught at it"
            self.files.append(killed.write_file(folder / f"clubs-{seed}.csv", rows=self.rows, seed=seed))
            while sum(self.kills.values()) < kills and self.try_once(self.files[-1]) != 0:
                continue
        self.server.start()
        for path in self.files:
            assert self.loader.load(path)[1] in {f"loaded {self.rows}", "loaded before"}

    def try_once(self, path):
        """Begin a load, or go on with it, and kill something at a random moment; return how the load ended."""
        began = time.monotonic()
        self.server.start()
        with self.server.connect() as connection:
            before = killed.rows_read(connection)
            self.loader.begin(path, piece=40)
            # Some die before they have begun in earnest.
            if self.dice.random() < 0.75 and progress(connection, self.loader, before):
                self.resumed_within.append(time.monotonic() - began)
        time.sleep(self.dice.uniform(0.0, 0.2))
        what = min(self.kills, key=self.kills.get)
        was_at_work = self.loader.is_at_work()
        if what == "import":
            self.loader.kill()
        elif was_at_work:
            self.server.kill()
        ended, _ = self.loader.end()
        if ended == -signal.SIGKILL or (what == "database" and was_at_work):
            self.kills[what] += 1
            return -1
        return ended


def kill(own_server, own_borough, folder, *, kills, rows):
    with killed.loader_in(own_server.environ, agency=AGENCY) as loader:
        killing = Killing(own_server, loader, seed=2006, rows=rows)
        killing.until(kills, folder)
    with killed.loader(own_borough, agency=AGENCY) as loader:
        undisturbed = [loader.load(path) for path in killing.files]

    assert undisturbed == [(0, f"loaded {rows}")] * len(killing.files)
    with psycopg.connect(own_server.admin_url) as connection:
        here, there = standing.said_and_placed(within=connection), killed.held_and_placed(own_borough)
        assert standing.differences(here, there) == {}
    waits = sorted(killing.resumed_within)
    shown = {"kills": killing.kills, "files": len(killing.files), "resumed": len(waits)}
    if waits:
        figures = {"median": statistics.median(waits), "p95": waits[int(len(waits) * 0.95)], "most": waits[-1]}
        shown |= {f"resume_{name}_s": round(seconds, 2) for name, seconds in figures.items()}
    print(json.dumps(shown))
    return killing


def test_an_import_and_its_database_killed_by_turns_come_to_what_nobody_disturbed(own_server, own_borough, tmp_path):
    killing = kill(own_server, own_borough, tmp_path, kills=2, rows=400)

    assert killing.kills == {"import": 1, "database": 1}


@pytest.mark.slow
def test_two_hundred_kills_of_an_import_and_its_database_lose_nothing(own_server, own_borough, tmp_path):
    killing = kill(own_server, own_borough, tmp_path, kills=200, rows=1_200)

    assert killing.kills == {"import": 100, "database": 100}
