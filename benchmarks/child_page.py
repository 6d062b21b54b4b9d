"""How long the child's page takes over HTTP among 100,000 children, for 1, 8 and 32 people at once.

The server is the one that `joinedup serve` starts; a teacher is signed in and looks at children of their schools. Every
page writes its audit event and reads under row-level security. Neither can be taken away for comparison, so the peer
is a bare file of the same size through the same server.
"""

import pathlib
import random
import statistics
from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from benchmarks import machine, pages, places, report

CHILDREN = 100_000
CLIENTS = (1, 8, 32)
PAGES = 480
_WARM = 40
_PERSONA = "teacher"
_STATIC_PATH = "/static/benchmark.html"


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    with places.server(), places.clone(places.linked(CHILDREN)) as database:
        paths = _paths(database)
        beside = places.home() / "static" / pathlib.PurePath(_STATIC_PATH).name
        beside.parent.mkdir(exist_ok=True)
        beside.write_text("", encoding="utf-8")  # it must be there when the server starts
        try:
            with pages.served(database) as server:
                page_bytes = _page_bytes(server, paths)
                beside.write_text("x" * page_bytes, encoding="utf-8")
            with pages.served(database) as server:
                visitors = [_signed_in(server) for _ in range(max(CLIENTS))]
                pages.times(visitors[:2], [paths[:_WARM], paths[_WARM : 2 * _WARM]])
                figure = {
                    f"clients_{count}": _measure(server, visitors[:count], paths.__getitem__) for count in CLIENTS
                }
                bare = {f"clients_{count}": _measure(server, visitors[:count], _static) for count in CLIENTS}
        finally:
            beside.unlink(missing_ok=True)
        report.show(
            "child_page",
            data={"children": CHILDREN, "pages_a_measurement": PAGES, "page_bytes": page_bytes, "workers": 2},
            figure=figure,
            goal={"clients_8": {"p95_ms": 100}},
            peer={"what": "a bare file of the same size through the same server, nothing read or audited", **bare},
        )


def _signed_in(server: pages.Server) -> pages.Visitor:
    visitor = pages.Visitor(server.port)
    visitor.sign_in(_PERSONA)
    return visitor


def _static(_which: slice) -> list[str]:
    return [_STATIC_PATH] * (_which.stop - _which.start)


def _paths(database: str) -> list[str]:
    """Return the addresses of children who are on a school's roll now, so that no reason is asked for."""
    with psycopg.connect(places.admin_url(database)) as connection:
        numbers = connection.execute(
            "SELECT DISTINCT c.number FROM people_child c "
            "JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL "
            "JOIN records_personrecord p ON p.id = l.person_record_id JOIN agencies_agency a ON a.id = p.agency_id "
            "JOIN agencies_team whole ON whole.agency_id = a.id AND whole.is_whole_agency "
            "WHERE a.code = 'schools' AND c.state = 'active' AND whole.id = ANY (c.circles) ORDER BY c.number"
        ).fetchall()
    chance = random.Random(places.SEED)
    return [f"/child/{number}" for (number,) in chance.sample(numbers, min(len(numbers), PAGES))]


def _page_bytes(server: pages.Server, paths: Sequence[str]) -> int:
    visitor = _signed_in(server)
    return int(statistics.median(len(visitor.get(path)[1].encode()) for path in paths[:_WARM]))


def _measure(
    server: pages.Server, visitors: Sequence[pages.Visitor], paths: Callable[[slice], list[str]]
) -> dict[str, Any]:
    places.say(f"child_page: {len(visitors)} at once")
    each = PAGES // len(visitors)
    own = [paths(slice(turn * each, (turn + 1) * each)) for turn in range(len(visitors))]
    before, database_before = server.cpu_seconds(), server.database_cpu_seconds()
    taken = pages.times(visitors, own)
    used = {
        "server_cpu_ms": machine.since(server.cpu_seconds(), before),
        "database_cpu_ms": machine.since(server.database_cpu_seconds(), database_before),
    }
    a_page = {name: None if spent is None else round(1000 * spent / len(taken), 2) for name, spent in used.items()}
    return {**machine.spread(taken), **a_page}


if __name__ == "__main__":
    main()
