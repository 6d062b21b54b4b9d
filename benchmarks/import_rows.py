"""Rows a second from an agency's CSV file to stored and indexed; the peer is a bare COPY of the same rows as text.

The files are those of a borough of 10,000 children that are CSV: school censuses, social care, community health,
police, youth justice and attendance. Every row ends kept byte for byte, checked, as source record, identity,
involvement or chronology, and under its search keys, in durable transactions with a checkpoint each.
"""

import json
import pathlib
import statistics
import time

import psycopg

from benchmarks import machine, places, report

CHILDREN = 10_000
REPEATS = 5


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    with places.server():
        borough = places.files(CHILDREN)
        runs, bare = [], []
        for turn in range(REPEATS):
            places.say(f"import_rows: {turn + 1} of {REPEATS}")
            with places.clone(places.empty()) as database:
                runs.append(places.run("benchmarks.steps", "import-csv", str(borough), database=database))
                bare.append(_bare_copy(borough, database))
        _show(runs, bare)


def _show(runs: list[dict], bare: list[dict]) -> None:
    rates = [run["rows"] / run["seconds"] for run in runs]
    report.show(
        "import_rows",
        data={
            "children": CHILDREN,
            "rows": runs[0]["rows"],
            "files": runs[0]["files"],
            "bytes": bare[0]["bytes"],
            "repeats": REPEATS,
            "durability": machine.durability(places.admin_url()),
        },
        figure={
            "rows_a_second": machine.median(rates, 0),
            "slowest_rows_a_second": round(min(rates)),
            "seconds": machine.median([run["seconds"] for run in runs]),
            "reader_cpu_seconds": machine.median([run["reader_cpu_seconds"] for run in runs]),
            "database_cpu_seconds": statistics.median(run["database_cpu_seconds"] or 0 for run in runs),
            "peak_memory_mib": max(run["peak_memory_mib"] for run in runs),
        },
        goal={"rows_a_second": 5_000},
        peer={
            "what": "COPY of the same lines into one text column, unchecked and unindexed",
            "rows_a_second": machine.median([run["rows"] / run["seconds"] for run in bare], 0),
            "seconds": machine.median([run["seconds"] for run in bare]),
        },
    )


def _bare_copy(borough: pathlib.Path, database: str) -> dict[str, float]:
    manifest = json.loads((borough / "manifest.json").read_text(encoding="utf-8"))
    paths = [borough / file["path"] for file in manifest["files"] if file["path"].endswith(".csv")]
    rows = size = 0
    with psycopg.connect(places.admin_url(database), autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (line text)")
        began = time.perf_counter()
        for path in paths:
            with connection.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
                content = path.read_bytes()
                size += len(content)
                lines = content.decode("utf-8", "replace").replace("\x00", "").replace("\\", "\\\\").splitlines()
                rows += len(lines)
                copy.write("\n".join(line.replace("\t", "\\t") for line in lines) + "\n")
        seconds = time.perf_counter() - began
        connection.execute("DROP TABLE bare")
    return {"rows": rows, "bytes": size, "seconds": seconds}


if __name__ == "__main__":
    main()
