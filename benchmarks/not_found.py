"""Whether the time of an answer tells a child who is out of reach, or sealed, from a number that was never given.

A teacher asks, over HTTP, for 500 children of other schools and 500 numbers that nobody has, in turns; then for 500
children of their own schools who are sealed, and 500 such numbers. The pages are the same; here the times are
compared: the difference of the medians, and how often the one takes longer than the other (0.5: no telling).
The peer is the same comparison between numbers that nobody has.
"""

import itertools
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from benchmarks import pages, places, report
from joinedup.foundation import ids

CHILDREN = 10_000
PAIRS = 500
_PERSONA = "teacher"
_NOT_FOUND = 404

_CIRCLES = (
    "SELECT array_agg(DISTINCT t.id::integer) FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id "
    "JOIN agencies_team t ON t.id = p.team_id OR (p.team_id IS NULL AND t.agency_id = p.agency_id AND t.is_whole_agency) "
    "WHERE u.username = %s"
)


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    with places.server(), places.clone(places.linked(CHILDREN)) as database:
        out_of_reach, sealed = _children(database)
        with pages.served(database) as server:
            visitor = pages.Visitor(server.port)
            visitor.sign_in(_PERSONA)
            _compare(visitor, [ids.new_child_number() for _ in range(40)])
            figure = {
                "out_of_reach": _compare(visitor, out_of_reach),
                "sealed": _compare(visitor, sealed),
            }
            peer = _compare(visitor, [ids.new_child_number() for _ in range(PAIRS)])
        report.show(
            "not_found",
            data={"children": CHILDREN, "pairs": PAIRS},
            figure=figure,
            goal={"median_difference_ms": 5, "auc": 0.55},
            peer={"what": "numbers that nobody has, against others of the kind", **peer},
        )


def _children(database: str) -> tuple[list[str], list[str]]:
    """Return numbers of children whom the teacher's school does not know, and of children it does, sealed for this."""
    chance = random.Random(places.SEED)
    with psycopg.connect(places.admin_url(database)) as connection:
        (circles,) = connection.execute(_CIRCLES, [_PERSONA]).fetchone() or ([],)
        known, unknown = (
            connection.execute(
                f"SELECT number FROM people_child WHERE state = 'active' AND {which} (circles && %s::int[]) ORDER BY number",
                [circles],
            ).fetchall()
            for which in ("", "NOT")
        )
        others = [number for (number,) in chance.sample(unknown, min(PAIRS, len(unknown)))]
        own = [number for (number,) in chance.sample(known, min(PAIRS, len(known)))]
        connection.execute("UPDATE people_child SET is_sealed = true WHERE number = ANY(%s)", [own])
        connection.execute(
            "UPDATE people_childsummary s SET is_sealed = true FROM people_child c "
            "WHERE c.id = s.child_id AND c.number = ANY(%s)",
            [own],
        )
    return others, list(itertools.islice(itertools.cycle(own), PAIRS))


def _compare(visitor: pages.Visitor, numbers: Sequence[str]) -> dict[str, Any]:
    """Ask for each number and for one that nobody has, whichever first, and compare the times."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    for is_theirs, number in _in_turns(numbers):
        began = time.perf_counter()
        status, _ = visitor.get(f"/child/{number}")
        taken[is_theirs].append(1000 * (time.perf_counter() - began))
        if status != _NOT_FOUND:
            raise RuntimeError(f"/child/{number} was answered with {status}")
    theirs, nobodys = taken[True], taken[False]
    return {
        "median_ms": round(statistics.median(theirs), 2),
        "median_difference_ms": round(statistics.median(theirs) - statistics.median(nobodys), 2),
        "auc": round(_auc(theirs, nobodys), 3),
    }


def _in_turns(numbers: Sequence[str]) -> Iterator[tuple[bool, str]]:
    chance = random.Random(places.SEED)
    for number in numbers:
        pair = [(True, number), (False, ids.new_child_number())]
        chance.shuffle(pair)
        yield from pair


def _auc(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how often a time of the one is the longer, ties by half."""
    wins = sum((a > b) + (a == b) / 2 for a in one for b in other)
    return wins / (len(one) * len(other))


if __name__ == "__main__":
    main()
