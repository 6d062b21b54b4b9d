"""How long finding a child takes among 100,000, for one person and for eight at once; the peer is pg_trgm similarity.

Measured is the whole of `find_children` as the page calls it: the audit event, the look-up under row-level security
as the application's role, the weighing and the reasons. Clients are processes; each asks its next question at once.
"""

import collections
import dataclasses
import datetime
import json
import sys
import time
import uuid
from typing import Any

import psycopg

from benchmarks import machine, places, questions, report

CHILDREN = 100_000
ON = datetime.date(2026, 9, 1)
CLIENTS = (1, 8)
QUESTIONS_EACH = 140
_WARM = 14
_FIRST_PAGE = 25
_PERSONA = "front-door"


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    with places.server(), places.clone(places.linked(CHILDREN)) as database:
        measured = {clients: _measure(database, clients) for clients in CLIENTS}
        peer = _trigrams(database)
        alone = measured[1]
        if all(each["place"] is None for each in alone):
            raise RuntimeError("no child who was meant was found: what was measured is not finding")
        report.show(
            "find",
            data={"children": CHILDREN, "questions_a_client": QUESTIONS_EACH, "kinds": list(questions.KINDS)},
            figure={
                **{
                    f"clients_{clients}": machine.spread([each["seconds"] for each in measured[clients]])
                    for clients in CLIENTS
                },
                "by_kind": {
                    kind: machine.spread([each["seconds"] for each in alone if each["kind"] == kind])
                    for kind in questions.KINDS
                },
                "client_cpu_ms": round(1000 * sum(each["cpu"] for each in alone) / len(alone), 2),
                "database_cpu_ms": round(1000 * sum(each["database_cpu"] or 0 for each in alone) / len(alone), 2),
                "meant_child_on_first_page": _share(alone),
            },
            goal={"clients_8": {"p95_ms": 100}},
            peer=peer,
        )


def _measure(database: str, clients: int) -> list[dict[str, Any]]:
    places.say(f"find: {clients} at once")
    programs = [
        places.start("benchmarks.find", "client", str(turn), places.admin_url(database), database=database)
        for turn in range(clients)
    ]
    return [each for answers in places.run_together(programs) for each in answers]


def _share(answers: list[dict[str, Any]]) -> dict[str, float]:
    """Return, for each kind of question, how often the child who was meant stood on the first page of the answer."""
    met = collections.defaultdict(list)
    for answer in answers:
        met[answer["kind"]].append(answer["place"] is not None and answer["place"] < _FIRST_PAGE)
    return {kind: round(sum(hits) / len(hits), 3) for kind, hits in sorted(met.items())}


def _client(turn: int, admin_url: str) -> None:
    """Ask one client's questions, when told to, and print what each took."""
    from joinedup.commands import session
    from joinedup.foundation.database import address

    session.begin(address.Role.APP)
    from django.db import connection

    viewer = _viewer(admin_url)
    asked = questions.drawn(admin_url, QUESTIONS_EACH + _WARM, seed=turn)
    for question in asked[:_WARM]:
        _ask(question, viewer)
    backend = machine.Backend(connection.connection.info.backend_pid)
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps([_timed(question, viewer, backend) for question in asked[_WARM:]]))


def _viewer(admin_url: str) -> Any:
    """Return a person who may find any child: the database knows them, and lets nobody else find anyone."""
    from joinedup.delivery.agencies import queries as agencies_queries

    with psycopg.connect(admin_url) as connection:
        row = connection.execute("SELECT id FROM access_user WHERE username = %s", [_PERSONA]).fetchone()
    if row is None:
        raise LookupError(f"the borough has no {_PERSONA}")
    return agencies_queries.find_viewer(user_id=row[0], session="", request_id=uuid.uuid4())


def _timed(question: questions.Question, viewer: Any, backend: machine.Backend) -> dict[str, Any]:
    own, theirs, began = machine.own_cpu_seconds(), backend.cpu_seconds(), time.perf_counter()
    place = _ask(question, viewer)
    seconds = time.perf_counter() - began
    return {
        "kind": question.kind,
        "seconds": seconds,
        "cpu": machine.own_cpu_seconds() - own,
        "database_cpu": machine.since(backend.cpu_seconds(), theirs),
        "place": place,
    }


def _ask(question: questions.Question, viewer: Any) -> int | None:
    """Find as the page does; return the place of the child who was meant."""
    from django.db import transaction

    from joinedup.processes.childindex import queries as childindex_queries
    from joinedup.processes.childindex import rules as childindex_rules

    given = dataclasses.asdict(question)
    criteria = childindex_rules.Criteria.of_json(
        {name: given[name] for name in ("name", "birth_date", "number", "postcode")}
    )
    with transaction.atomic():
        found = childindex_queries.find_children(viewer=viewer, criteria=criteria, purpose="", on=ON)
    ids = [str(each.card.id) for each in found.children]
    return ids.index(question.child_id) if question.child_id in ids else None


def _trigrams(database: str) -> dict[str, Any]:
    """Ask the questions by name of PostgreSQL's own similarity search, past row-level security and without reasons."""
    asked = [each for each in questions.drawn(places.admin_url(database), 2 * QUESTIONS_EACH, seed=0) if each.name]
    answers = []
    with psycopg.connect(places.admin_url(database), autocommit=True) as connection:
        connection.execute("CREATE INDEX by_likeness ON people_childsummary USING gin (sort_name gin_trgm_ops)")
        connection.execute("ANALYZE people_childsummary")
        for question in asked[:_WARM] + asked:
            given, _, family = question.name.lower().partition(" ")
            began = time.perf_counter()
            rows = connection.execute(_LIKE, [f"{family} {given}".strip()] * 2).fetchall()
            ids = [str(row[0]) for row in rows]
            place = ids.index(question.child_id) if question.child_id in ids else None
            answers.append({"kind": question.kind, "seconds": time.perf_counter() - began, "place": place})
    answers = answers[_WARM:]
    return {
        "what": "pg_trgm similarity of family and given name with a GIN index, without row-level security or audit",
        "clients_1": machine.spread([each["seconds"] for each in answers]),
        "meant_child_on_first_page": _share(answers),
    }


_LIKE = (
    "SELECT child_id FROM people_childsummary WHERE sort_name %% %s "
    "ORDER BY similarity(sort_name, %s) DESC, child_id LIMIT 100"
)


if __name__ == "__main__":
    if sys.argv[1:2] == ["client"]:
        _client(int(sys.argv[2]), sys.argv[3])
    else:
        main()
