"""How many children a second another system reads by number over HTTP, 16 connections at once, among 100,000 children.

Each answer is a card: who asks, the policy's decision, row-level security and two audit events in one transaction. The
server is the one that `joinedup serve` starts. The system is one of the schools', which reads its own agency's word; a
teacher's session reads the summary. The borough is the one of the child's page; `BENCHMARKS_CHILDREN` measures in another.
"""

import http.client
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from benchmarks import machine, pages, places, report

CHILDREN = int(os.environ.get("BENCHMARKS_CHILDREN", "100000"))
CONNECTIONS = 16
READS = 2_400
_WARM = 160
_PERSONA = "teacher"


class Asker:
    """One connection to the API that is kept open."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = dict(headers)

    def read(self, path: str) -> tuple[int, int]:
        """Return the status and how many bytes came."""
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        return answer.status, len(answer.read())


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    with places.server(), places.clone(places.linked(CHILDREN)) as database:
        secret = _secret(database)
        paths = _paths(database)
        with pages.served(database) as server:
            system = {"Authorization": f"Bearer {secret}"}
            visitor = pages.Visitor(server.port)
            visitor.sign_in(_PERSONA)
            figure = {
                "system": _measure(server, system, paths, "another system"),
                "person": _measure(server, {"Cookie": visitor.cookies()}, paths, "a person's session"),
            }
        report.show(
            "api_child",
            data={"children": CHILDREN, "reads": READS, "connections": CONNECTIONS, "workers": 2},
            figure=figure,
            goal={"system": {"reads_a_second": 250, "p95_ms": 200}},
            peer=None,
        )


def _secret(database: str) -> str:
    """Let a system of the schools in, as an operator does; return its secret."""
    command = [sys.executable, "-m", "joinedup", "api-client", "add", "schools", "Benchmark"]
    done = subprocess.run(
        command, env=places.environment(database), stdout=subprocess.PIPE, text=True, check=True, cwd=places.ROOT
    )
    return done.stdout.strip().splitlines()[-1]


def _paths(database: str) -> list[str]:
    """Return the addresses of children on the schools' roll at present, so that no purpose is asked for."""
    with psycopg.connect(places.admin_url(database)) as connection:
        numbers = connection.execute(
            "SELECT c.number FROM people_child c JOIN agencies_team t ON t.is_whole_agency AND c.circles @> ARRAY[t.id::integer] "
            "JOIN agencies_agency a ON a.id = t.agency_id WHERE a.code = 'schools' AND c.state = 'active' ORDER BY c.number"
        ).fetchall()
    chance = random.Random(places.SEED)
    return [f"/api/v1/children/{number}" for (number,) in chance.choices(numbers, k=READS)]


def _measure(server: pages.Server, headers: Mapping[str, str], paths: Sequence[str], words: str) -> dict[str, Any]:
    places.say(f"api_child: {CONNECTIONS} connections, {words}")
    askers = [Asker(server.port, headers) for _ in range(CONNECTIONS)]
    _all_at_once(askers, paths[:_WARM])
    before, database_before = server.cpu_seconds(), server.database_cpu_seconds()
    began = time.perf_counter()
    taken = _all_at_once(askers, paths)
    seconds = time.perf_counter() - began
    used = {
        "server_cpu_ms": machine.since(server.cpu_seconds(), before),
        "database_cpu_ms": machine.since(server.database_cpu_seconds(), database_before),
    }
    a_read = {name: None if spent is None else round(1000 * spent / len(taken), 2) for name, spent in used.items()}
    return {"reads_a_second": round(len(taken) / seconds, 1), **machine.spread(taken), **a_read}


def _all_at_once(askers: Sequence[Asker], paths: Sequence[str]) -> list[float]:
    """Return how long each read took when every connection reads its share without a pause."""
    taken: list[float] = []
    wrong: list[int] = []

    def read(turn: int) -> None:
        for path in paths[turn :: len(askers)]:
            start = time.perf_counter()
            status, _ = askers[turn].read(path)
            taken.append(time.perf_counter() - start)
            if status != http.HTTPStatus.OK:
                wrong.append(status)

    readers = [threading.Thread(target=read, args=(turn,)) for turn in range(len(askers))]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} reads were not answered, the first with {wrong[0]}")
    return taken


if __name__ == "__main__":
    main()
