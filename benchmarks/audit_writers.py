"""Four writers of one process, each on its own connection as the application: they append as fast as they may.

Belongs here: the writing that audit_append starts twice at once, as two serving processes of four threads do.
Started as `python -m benchmarks.audit_writers ours|chain SECONDS`; it answers with the milliseconds of each event.
"""

import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable

import psycopg

from joinedup.foundation import ids

THREADS = 4

#: As the product writes a look at one child's page.
OURS = (
    "SELECT audit_write(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], true, "
    "%s, %s, %s, %s::smallint, %s, %s, %s, %s::integer)"
)

#: The usual way: each row holds the hash of the row before, so that one writer waits for the other.
CHAIN = "SELECT chain_write(%s, %s, %s, %s, %s, %s, %s, %s)"


def main() -> None:
    """Wait for the word, write, and print how long each event took."""
    way, seconds = sys.argv[1], float(sys.argv[2])
    statement, arguments = (OURS, _ours) if way == "ours" else (CHAIN, _chain)
    connections = [psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) for _ in range(THREADS)]
    took: list[list[float]] = [[] for _ in connections]
    threads = [
        threading.Thread(target=_write, args=(connection, statement, arguments, seconds, mine))
        for connection, mine in zip(connections, took, strict=True)
    ]
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - began
    for connection in connections:
        connection.close()
    print(json.dumps({"seconds": lasted, "took": [round(1000 * one, 3) for mine in took for one in mine]}))


def _write(  # what each thread needs and no more
    connection: psycopg.Connection, statement: str, arguments: Callable[[], list], seconds: float, took: list[float]
) -> None:
    until = time.perf_counter() + seconds
    with connection.cursor() as cursor:
        while (began := time.perf_counter()) < until:
            cursor.execute(statement, arguments(), prepare=True)
            took.append(time.perf_counter() - began)


_SOMEONE, _HOME = uuid.uuid4(), uuid.uuid4()
_NAME, _ROLES, _ACT, _PURPOSE, _REF = (
    "Tamsin Okafor",
    "lead-professional,universal",
    "childindex.child.seen",
    "referral",
    "7Q4K2M9XA",
)


def _ours() -> list:
    return [
        ids.uuid7(),
        _SOMEONE,
        _NAME,
        _ROLES,
        _HOME,
        _ACT,
        _PURPOSE,
        "",
        _REF,
        None,
        "abcd1234",
        uuid.uuid4(),
        [uuid.uuid4()],
        "allow",
        "t1.read",
        "involved",
        1,
        "2026-11",
        "public-task",
        "name,birth_date",
        1,
    ]


def _chain() -> list:
    return [ids.uuid7(), _SOMEONE, _NAME, _ROLES, _ACT, _PURPOSE, _REF, uuid.uuid4()]


if __name__ == "__main__":
    main()
