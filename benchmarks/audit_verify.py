"""Seconds to verify a million sealed events, and to prove one; the peer is one plain hash over the same rows.

What `joinedup audit verify` and `prove` do after they have started: every event and subject is read and hashed, every
head compared. The peer reads the same columns in the same order and hashes the stream, as one does to compare two copies.
"""

import hashlib
import pathlib
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from benchmarks import machine, places, report
from joinedup.foundation.audit import keeping, operations, queries, rules
from joinedup.foundation.database import address, roles

EVENTS = 1_000_000
FULL_EVENTS = 5_000_000
PROOFS = 200
REPEATS = 3
AN_HEAD = 1_000
_PIECE = 50_000

#: As ten looks in each of many transactions that ended long ago, each of one child.
_WRITE = """
WITH written AS (INSERT INTO audit_auditevent (
    id, at, actor_id, actor_name, roles, home_id, act, purpose, reason, record_ref, session, request_id, xact_id,
    relationship, decision, rule, tier, policy_version, basis, fields, result_count
) SELECT (lpad(to_hex(number), 8, '0') || '-0000-7000-8000-000000000000')::uuid,
    clock_timestamp(), gen_random_uuid(), 'Tamsin Okafor', 'lead-professional,universal',
    gen_random_uuid(), 'childindex.child.seen', 'referral', '', '7Q4K2M9XA', 'abcd1234', gen_random_uuid(),
    1 + number / 10, 'involved', 'allow', 't1.read', 1, '2026-11', 'public-task', 'name,birth_date', 1
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
RETURNING id)
INSERT INTO audit_auditsubject (event_id, subject_id) SELECT id, gen_random_uuid() FROM written
"""
_PEER = (
    "COPY (SELECT e.*, s.subject_id FROM audit_sealedevent p JOIN audit_auditevent e ON e.id = p.event_id "
    "JOIN audit_auditsubject s ON s.event_id = e.id ORDER BY p.position) TO STDOUT (FORMAT binary)"
)


def main() -> None:
    """Measure, and print the line."""
    events = FULL_EVENTS if report.is_full(__doc__ or "") else EVENTS
    with places.server():
        database, folder = places.sealed(events, lambda name, folder: _fill(name, _place(folder), events))
        place = _place(folder)
        key = keeping.public_key(place.public_key)
        signed = rules.check_heads(keeping.head_lines(place.heads), is_signed=key.is_signed, key=key.id)
        verifying, hashing = [], []
        for turn in range(REPEATS):
            places.say(f"audit_verify: {turn + 1} of {REPEATS}")
            verifying.append(_verify(database, place, events))
            hashing.append(_hash(database))
        proving, sizes = _prove(database, signed[-1])
        report.show(
            "audit_verify",
            data={"events": events, "subjects": events, "heads": len(signed), "repeats": REPEATS, "proofs": PROOFS},
            figure={
                "verify_seconds": machine.median(verifying),
                "slowest_verify_seconds": round(max(verifying), 3),
                "prove": machine.spread(proving),
                "proof_bytes": max(sizes),
                "peak_memory_mib": machine.peak_memory_mib(),
            },
            goal={"verify_seconds": 60, "prove_p95_ms": 100, "proof_bytes": 2_048},
            peer={"what": "one hash over the same rows in the same order", "seconds": machine.median(hashing)},
        )


def _place(folder: pathlib.Path) -> keeping.Place:
    return keeping.Place(key=folder / "audit_key.pem", heads=folder / "audit_heads.jsonl")


def _fill(database: str, place: keeping.Place, events: int) -> None:
    places.say(f"audit_verify: writing and sealing {events:,} events")
    with psycopg.connect(places.admin_url(database), autocommit=True) as connection:
        for first in range(0, events, _PIECE):
            connection.execute(_WRITE, {"first": first, "last": first + _PIECE - 1})
        connection.execute("VACUUM ANALYZE audit_auditevent, audit_auditsubject")
    with psycopg.connect(address.url_for(address.Role.BATCH, database=database), autocommit=True) as connection:
        began = time.perf_counter()
        operations.seal(connection, place=place, most=AN_HEAD)
        places.say(f"audit_verify: {events / (time.perf_counter() - began):,.0f} sealed a second")


@contextmanager
def _reading(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(address.url_for(address.Role.OWNER, database=database)) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute(f"SET LOCAL ROLE {roles.role_names().definer}")
        yield connection


def _verify(database: str, place: keeping.Place, events: int) -> float:
    began = time.perf_counter()
    key = keeping.public_key(place.public_key)
    signed = rules.check_heads(keeping.head_lines(place.heads), is_signed=key.is_signed, key=key.id)
    with _reading(database) as connection:
        found = queries.verify(connection, signed)
    seconds = time.perf_counter() - began
    if found.events != events:
        raise RuntimeError(f"{found.events:,} events were verified and not {events:,}")
    return seconds


def _hash(database: str) -> float:
    began, digest = time.perf_counter(), hashlib.sha256()
    with _reading(database) as connection, connection.cursor() as cursor, cursor.copy(_PEER) as copy:
        for block in copy:
            digest.update(block)
    return time.perf_counter() - began


def _prove(database: str, head: rules.Head) -> tuple[list[float], list[int]]:
    chance, took, sizes = random.Random(2006), [], []
    with _reading(database) as connection:
        places_asked = [chance.randrange(head.size) for _ in range(PROOFS)]
        events = [
            connection.execute("SELECT event_id FROM audit_sealedevent WHERE position = %s", [asked]).fetchone()[0]
            for asked in places_asked
        ]
        for event in events:
            began = time.perf_counter()
            text = queries.prove(connection, event, head).text()
            took.append(time.perf_counter() - began)
            sizes.append(len(text))
    return took, sizes


if __name__ == "__main__":
    main()
