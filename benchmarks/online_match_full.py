"""How long an arriving record takes to meet and be weighed among 10,000,000 children, by one client and by two.

One record a child stands in the index, as the practice has it; `BENCHMARKS_ALIASES=all` has every agency's. Needs 40 GB.
The first figure is the look-up by key, the weighing and the rule alone; the second the product's query with access rules
and audit; the peer is pg_trgm similarity of the name in the same run.
"""

import os

import psycopg

from benchmarks import online_match, online_tables, places, report

CHILDREN = int(os.environ.get("BENCHMARKS_CHILDREN", "10000000"))
WANTED = online_tables.ALL if os.environ.get("BENCHMARKS_ALIASES") == "all" else ("gp",)
_PEER_QUESTIONS = 40


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # always in full
    with places.server():
        database = online_tables.database(CHILDREN, WANTED)
        figure = {
            mode: {
                f"clients_{clients}": online_match.in_process(database, clients, mode, CHILDREN)
                for clients in online_match.CLIENTS
            }
            for mode in ("index", "stated")
        }
        report.show(
            "online_match_full",
            data={"children": CHILDREN, "agencies": len(WANTED), "bytes": _sizes(database)}
            | {"load_before": os.environ.get("BENCHMARKS_LOAD_BEFORE", f"{os.getloadavg()[0]:.2f}")},
            figure=figure,
            goal={"index": {"clients_1": {"p99_ms": 10}, "clients_2": {"p99_ms": 15}}},
            peer=_peer(database),
        )


def _sizes(database: str) -> dict[str, int]:
    with psycopg.connect(places.admin_url(database)) as connection:
        rows = connection.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
            "WHERE relname IN ('childindex_knownalias', 'childindex_matchkey') ORDER BY 1"
        ).fetchall()
    return {name: int(size) for name, size in rows}


def _peer(database: str) -> dict[str, object]:
    found = online_match.trigrams(database, children=CHILDREN, count=_PEER_QUESTIONS)
    with psycopg.connect(places.admin_url(database), autocommit=True) as connection:
        connection.execute("DROP INDEX by_likeness")
    return found


if __name__ == "__main__":
    main()
