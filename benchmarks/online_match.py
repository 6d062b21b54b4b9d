"""How long it takes to say whether a stated person is a known child, among 100,000 children under all their aliases.

Through the product's own query (access rules, audit, look-up by key, weighing, rule), and over HTTP through the API as
`joinedup serve` starts it; by one client and by two, each of whom asks its next question at once. What is stated is what
another agency would say of a known child. The peer is pg_trgm similarity of the name, without access rules or audit.
"""

import http.client
import json
import os
import re
import statistics
import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from benchmarks import machine, online_tables, pages, places, report

CHILDREN = int(os.environ.get("BENCHMARKS_CHILDREN", "100000"))
CLIENTS = (1, 2)
QUESTIONS_EACH = int(os.environ.get("BENCHMARKS_QUESTIONS", "1000"))
_WARM = 100
_PERSONA = "front-door"
_STATED = ("given_name", "middle_names", "family_name", "former_family_name", "sex", "nhs_number", "upn", "address") + (
    "postcode",
)
_COOKIE, _TOKEN = re.compile(r";? ?joinedup_csrf=[^;]*"), "x" * 32


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    # What is measured is how long an answer takes, not how many one viewer may have.
    os.environ["JOINEDUP_API_SEARCHES_A_MINUTE"] = "1000000"
    with places.server(), places.clone(online_tables.database(CHILDREN, online_tables.ALL)) as database:
        figure = {
            "index": {f"clients_{clients}": in_process(database, clients, "index") for clients in CLIENTS},
            "query": {f"clients_{clients}": in_process(database, clients, "stated") for clients in CLIENTS},
            "contact": {f"clients_{clients}": in_process(database, clients, "contact") for clients in CLIENTS},
            "http": _over_http(database),
        }
        report.show(
            "online_match",
            data={"children": CHILDREN, "aliases": _count(database), "questions_a_client": QUESTIONS_EACH}
            | {"load_before": os.environ.get("BENCHMARKS_LOAD_BEFORE", f"{os.getloadavg()[0]:.2f}")},
            figure=figure,
            goal={"index_p99_ms": {"clients_1": 10, "clients_2": 15}, "contact_p99_ms": 50, "http_p99_ms": 60},
            peer=trigrams(database),
        )


def _count(database: str) -> int:
    with psycopg.connect(places.admin_url(database)) as connection:
        row = connection.execute("SELECT count(*) FROM childindex_knownalias").fetchone()
    return int(row[0]) if row else 0


def in_process(database: str, clients: int, mode: str, children: int = CHILDREN) -> dict[str, Any]:
    """Let clients, each a process of its own, ask at once; return how long a question took and what was answered."""
    places.say(f"online_match: {mode}, {clients} at once")
    programs = [
        places.start(
            "benchmarks.online_match",
            "client",
            str(turn),
            mode,
            str(children),
            database=database,
            JOINEDUP_ROLE="batch" if mode == "index" else "app",
        )
        for turn in range(clients)
    ]
    answers = [each for found in places.run_together(programs) for each in found]
    return {
        **machine.spread([each["seconds"] for each in answers]),
        "p99_ms": p99([each["seconds"] for each in answers]),
        "client_cpu_ms": round(1000 * statistics.fmean(each["cpu"] for each in answers), 2),
        "candidates_median": statistics.median(each["met"] for each in answers),
        "candidates_most": max(each["met"] for each in answers),
    }


def p99(seconds: Sequence[float]) -> float:
    """Return the 99th percentile in milliseconds."""
    return round(1000 * sorted(seconds)[int(0.99 * (len(seconds) - 1))], 2)


def _client(turn: int, mode: str, children: int) -> None:
    """Ask one client's questions, when told to, and print what each took."""
    from joinedup.commands import session
    from joinedup.foundation.database import address

    session.begin(address.Role.BATCH if mode == "index" else address.Role.APP)
    asked = online_tables.questions(children, QUESTIONS_EACH + _WARM, seed=turn)
    ask = {"index": lambda: _meet, "stated": _stated, "contact": _contact}[mode]()
    for question in asked[:_WARM]:
        ask(question)
    print("ready", flush=True)
    sys.stdin.readline()
    taken = []
    for question in asked[_WARM:]:
        own, began = machine.own_cpu_seconds(), time.perf_counter()
        met = ask(question)
        taken.append({"seconds": time.perf_counter() - began, "cpu": machine.own_cpu_seconds() - own, "met": met})
    print(json.dumps(taken))


def _stated() -> Any:
    """Return the product's own query, as someone who may find any child."""
    from django.db import transaction

    from joinedup.delivery.records import rules as records_rules
    from joinedup.foundation import clock
    from joinedup.processes.childindex import queries

    viewer = _viewer()

    def ask(question: Mapping[str, Any]) -> int:
        said = {name: question[name] or "" for name in _STATED} | {"birth_date": question["birth_date"]}
        with transaction.atomic():
            found = queries.match_stated(
                viewer=viewer, identity=records_rules.Identity(**said), purpose="", on=clock.today()
            )
        return len(found.children)

    return ask


def _contact() -> Any:
    """Return the matching of a contact as somebody types it, by the same person."""
    from django.db import transaction

    from joinedup.foundation import clock
    from joinedup.processes.childindex import queries, rules

    viewer = _viewer()

    def ask(question: Mapping[str, Any]) -> int:
        said = rules.ContactSaid(
            names=f"{question['given_name'] or ''} {question['family_name'] or ''}",
            birth_date=question["birth_date"],
            address=f"{question['address'] or ''}, {question['postcode'] or ''}",
            numbers=tuple(question[name] for name in ("nhs_number", "upn") if question[name]),
        )
        with transaction.atomic():
            return len(queries.match_contact(viewer=viewer, said=said, at=clock.now()).children)

    return ask


def _viewer() -> Any:
    """Return someone who may find any child."""
    from django.db import connection

    from joinedup.delivery.agencies import queries as agencies_queries

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_user WHERE username = %s", [_PERSONA])
        (user_id,) = cursor.fetchone()
    viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=uuid.uuid4())
    if viewer is None:
        raise LookupError(_PERSONA)
    return viewer


def _meet(question: Mapping[str, Any]) -> int:
    """Meet and weigh as an arriving record is, without access rules or audit."""
    from joinedup.processes.childindex import queries, rules
    from joinedup.processes.childindex.linkage import matchkeys, single

    nobody = uuid.UUID(int=0)
    record = [
        {**alias, "former_nhs": [], "former_upn": []}
        for alias in single.standardise([{**question, "record_id": 0, "person_record_id": nobody}])
    ]
    met = queries.meet(matchkeys.keys_of(record[0]), but=nobody)
    standing = queries.get_standing_for_batch()
    found = queries.weigh(record, met, standing.scorer)
    rules.decide((each.as_rule() for each in found), standing.limits())
    return len(met)


def _over_http(database: str) -> dict[str, Any]:
    """Ask through the API in the session of someone who may find any child."""
    with pages.served(database) as server:
        visitor = pages.Visitor(server.port)
        visitor.sign_in(_PERSONA)
        # The token of a page's cookie, which whoever sends the cookie may choose.
        headers = {
            "Cookie": f"{_COOKIE.sub('', visitor.cookies())}; joinedup_csrf={_TOKEN}",
            "Content-Type": "application/json",
            "X-CSRFToken": _TOKEN,
        }
        asked = online_tables.questions(CHILDREN, (QUESTIONS_EACH + _WARM) * max(CLIENTS), seed=9)
        bodies = [json.dumps(_body(question)) for question in asked]
        found = {}
        for clients in CLIENTS:
            places.say(f"online_match: HTTP, {clients} at once")
            _ask_all(server.port, headers, bodies[: _WARM * clients], clients)
            taken = _ask_all(server.port, headers, bodies[: QUESTIONS_EACH * clients], clients)
            found[f"clients_{clients}"] = {**machine.spread(taken), "p99_ms": p99(taken)}
    return found


def _body(question: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: question[name] for name in _STATED if question[name]}
    born = question["birth_date"]
    return said | ({"birth_date": born.isoformat()} if born else {}) | {"purpose": "referral"}


def _ask_all(port: int, headers: Mapping[str, str], bodies: Sequence[str], clients: int) -> list[float]:
    taken: list[float] = []
    wrong: list[int] = []

    def ask(turn: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for body in bodies[turn::clients]:
            began = time.perf_counter()
            connection.request("POST", "/api/v1/matches", body=body, headers=dict(headers))
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - began)
            if answer.status not in {200, 422}:
                wrong.append(answer.status)

    askers = [threading.Thread(target=ask, args=(turn,)) for turn in range(clients)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} questions were not answered, the first with {wrong[0]}")
    return taken


def trigrams(database: str, *, children: int = CHILDREN, count: int = 200) -> dict[str, Any]:
    """Ask PostgreSQL's own similarity search the same of the names, past row-level security and without an answer."""
    asked = [each for each in online_tables.questions(children, count, seed=0) if each["family_name"]]
    taken = []
    with psycopg.connect(places.admin_url(database), autocommit=True) as connection:
        connection.execute("CREATE INDEX by_likeness ON people_childsummary USING gin (sort_name gin_trgm_ops)")
        connection.execute("ANALYZE people_childsummary")
        for question in asked:
            name = f"{question['family_name']} {question['given_name'] or ''}".lower().strip()
            began = time.perf_counter()
            connection.execute(_LIKE, [name, name]).fetchall()
            taken.append(time.perf_counter() - began)
    return {
        "what": "pg_trgm similarity of family and given name with a GIN index, without access rules, audit or weighing",
        "clients_1": {**machine.spread(taken), "p99_ms": p99(taken)},
    }


_LIKE = (
    "SELECT child_id FROM people_childsummary WHERE sort_name %% %s "
    "ORDER BY similarity(sort_name, %s) DESC, child_id LIMIT 100"
)


if __name__ == "__main__":
    if sys.argv[1:2] == ["client"]:
        _client(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        main()
