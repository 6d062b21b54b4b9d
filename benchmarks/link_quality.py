"""How long linking takes, how much memory, and how right it is against the truth; at 10,000 children and at 100,000.

The large one is linked for the pages' benchmarks anyway, and measured as that is done; in full it is linked for this alone.
The peer is the same run's Splink edges, joined by plain connected components instead of by our rules. Precision and
recall are of pairs of records.
"""

import statistics
from typing import Any

from benchmarks import machine, places, report

CHILDREN, CHILDREN_IN_FULL = 10_000, 100_000
REPEATS, REPEATS_IN_FULL = 1, 1
_GROUPS = ("all", "twins", "changed family name", "missing identifiers")


def main() -> None:
    """Measure, and print the line."""
    is_full = report.is_full(__doc__ or "")
    children, repeats = (CHILDREN_IN_FULL, REPEATS_IN_FULL) if is_full else (CHILDREN, REPEATS)
    with places.server():
        source = places.imported(children)
        runs = []
        for turn in range(repeats):
            places.say(f"link_quality: {turn + 1} of {repeats} at {children:,} children")
            with places.clone(source) as database:
                runs.append(
                    places.run("benchmarks.steps", "link-and-compare", str(places.files(children)), database=database)
                )
        _show(children, runs)
        if not is_full:
            _show(CHILDREN_IN_FULL, [places.linking_of(CHILDREN_IN_FULL)])


def _show(children: int, runs: list[dict[str, Any]]) -> None:
    first = runs[0]
    report.show(
        "link_quality",
        data={
            "children": children,
            "person_records": first["records"],
            "repeats": len(runs),
            "children_found": first["children_found"],
            "waiting_for_review": first["waiting_for_review"],
        },
        figure={
            "seconds": machine.median([run["seconds"] for run in runs]),
            "cpu_seconds": machine.median([run["cpu_seconds"] for run in runs]),
            "peak_memory_mib": int(statistics.median(run["peak_memory_mib"] for run in runs)),
            "steps_seconds": first["steps_seconds"],
            **_quality(first["quality"]),
        },
        goal={"precision": 0.995, "recall": 0.97, "at_children": CHILDREN},
        peer={"what": "the same edges joined by plain connected components", **_quality(first["plain"])},
    )


def _quality(judged: dict[str, Any]) -> dict[str, Any]:
    groups = {
        name: {measure: judged["groups"][name][measure] for measure in ("precision", "recall", "f1")}
        for name in _GROUPS
        if name in judged["groups"]
    }
    return {**groups.pop("all"), "groups": groups, "mixed_clusters": judged["mixed_clusters"]}


if __name__ == "__main__":
    main()
