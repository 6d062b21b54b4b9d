"""Audit events a second, from eight writers at once, each event durable before the next; the peer is a chained log.

Ours: the product's own function, called as the application role, one transaction an event with one subject. The peer:
a table in which each row holds the hash of the row before, under a lock, as tamper-evident logs are commonly built.
"""

import statistics

import psycopg

from benchmarks import machine, places, report

WRITERS = 8
SECONDS = 6
REPEATS = 3

_PEER = """
CREATE TABLE chain (
    id uuid PRIMARY KEY, at timestamptz, actor_id uuid, actor_name text, roles text, act text, purpose text,
    record_ref text, subject_id uuid, hash bytea, number bigserial UNIQUE
);
CREATE FUNCTION chain_write(uuid, uuid, text, text, text, text, text, uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    before bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(1);
    SELECT hash INTO before FROM chain ORDER BY number DESC LIMIT 1;
    INSERT INTO chain VALUES ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7, $8,
        sha256(coalesce(before, ''::bytea) || convert_to(concat_ws('|', $1, $2, $3, $4, $5, $6, $7, $8), 'UTF8')));
END $$;
GRANT SELECT, INSERT ON chain TO PUBLIC;
GRANT USAGE ON SEQUENCE chain_number_seq TO PUBLIC;
"""


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    with places.server(), places.clone(places.empty()) as database:
        with psycopg.connect(places.admin_url(database), autocommit=True) as connection:
            connection.execute(_PEER)
        runs = {"ours": [], "chain": []}
        for turn in range(REPEATS):
            places.say(f"audit_append: {turn + 1} of {REPEATS}")
            for way, found in runs.items():
                found.append(_run(way, database))
    ours, chain = runs["ours"], runs["chain"]
    report.show(
        "audit_append",
        data={
            "writers": WRITERS,
            "seconds_a_run": SECONDS,
            "repeats": REPEATS,
            "events": sum(len(run["took"]) for run in ours),
            "subjects_an_event": 1,
            "durability": machine.durability(places.admin_url()),
        },
        figure={
            "events_a_second": _middle(ours),
            "slowest_events_a_second": round(min(run["rate"] for run in ours)),
            **machine.spread([one / 1000 for run in ours for one in run["took"]]),
        },
        goal={"events_a_second": 4_000},
        peer={
            "what": "each row with the hash of the row before, under one lock",
            "events_a_second": _middle(chain),
            **machine.spread([one / 1000 for run in chain for one in run["took"]]),
        },
    )


def _middle(runs: list[dict]) -> int:
    return round(statistics.median(run["rate"] for run in runs))


def _run(way: str, database: str) -> dict:
    programs = [
        places.start("benchmarks.audit_writers", way, str(SECONDS), database=database) for _ in range(WRITERS // 4)
    ]
    answers = places.run_together(programs)
    took = [one for answer in answers for one in answer["took"]]
    return {"took": took, "rate": len(took) / max(answer["seconds"] for answer in answers)}


if __name__ == "__main__":
    main()
