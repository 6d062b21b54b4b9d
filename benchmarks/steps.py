"""What is measured in a process of its own: importing a borough, linking it. Run as `python -m benchmarks.steps`.

Belongs here: doing the work as the command line does, and the meters around it. Not here: repeating or comparing.
"""

import json
import pathlib
import sys
import time
from typing import Any

from benchmarks import components, machine
from joinedup.commands import demo, session


def import_borough(borough: pathlib.Path, *, only: str = "") -> dict[str, Any]:
    """Import a borough's files as the demonstration does; `only` keeps those with one ending."""
    session.begin()
    from django.db import connection

    from joinedup.exchange.intake import loading as _loading  # noqa: F401  (so that the clock does not time imports)

    manifest = json.loads((borough / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] = [file for file in manifest["files"] if file["path"].endswith(only)]
    demo.keep_agencies(manifest)
    server = machine.Server(_parent_of(connection.connection.info.backend_pid))
    own, theirs, began = machine.own_cpu_seconds(), server.cpu_seconds(), time.perf_counter()
    rows, _ = demo.import_borough(borough, manifest)
    return {
        "rows": rows,
        "files": len(manifest["files"]),
        "seconds": round(time.perf_counter() - began, 3),
        "reader_cpu_seconds": machine.since(machine.own_cpu_seconds(), own),
        "database_cpu_seconds": machine.since(server.cpu_seconds(), theirs),
        "peak_memory_mib": machine.peak_memory_mib(),
    }


def _parent_of(process_id: int) -> int:
    """Return the server's first process, which starts one for each connection."""
    try:
        stat = pathlib.Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
    except OSError:
        return process_id
    return int(stat.rpartition(")")[2].split()[1])


def link_and_compare(borough: pathlib.Path) -> dict[str, Any]:
    """Link, hold the links against the truth, and cluster the same edges plainly beside it."""
    session.begin()
    from django.conf import settings

    from joinedup.commands import answers
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations as childindex_operations
    from joinedup.processes.childindex.linkage.scoring import batch

    edges = components.kept_from(batch)
    own, began = machine.own_cpu_seconds(), time.perf_counter()
    result = childindex_operations.link_all(by=session.viewer("benchmark"), at=clock.now())
    seconds, peak = time.perf_counter() - began, machine.peak_memory_mib()
    cpu = machine.own_cpu_seconds() - own
    records = list(result.membership)
    plain = components.plain(edges[-1], len(records), least_bits=settings.LINK_THRESHOLD_BITS)
    judged = answers.as_json(answers.evaluate(result.membership, borough / "truth"))
    beside = answers.as_json(answers.evaluate(dict(zip(records, plain, strict=True)), borough / "truth"))
    return {
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu, 3),
        "peak_memory_mib": peak,
        "steps_seconds": dict(result.seconds),
        "records": len(records),
        "children_found": result.counts["children"],
        "waiting_for_review": result.counts["reviews"],
        "quality": judged,
        "plain": beside,
    }


def keep_online_people(_nowhere: pathlib.Path) -> dict[str, Any]:
    """Add the agencies of the demonstration and its people, in a database whose children come otherwise."""
    session.begin()
    from joinedup.commands import personas

    codes = sorted(
        {persona.agency_code for persona in personas.PERSONAS} | {"leisure", "police", "schools", "patients"}
    )
    demo.keep_agencies(
        {
            "area": "Benchmark",
            "agencies": [
                {"code": code, "name": code, "kind": _KINDS.get(code, code), "legal_basis": "none", "teams": [_TEAM]}
                for code in codes
            ],
        }
    )
    return {}


_TEAM = {"code": "CIN1", "name": "Team 1"}
_KINDS = {"schools": "council_education", "patients": "general_practice"}


_STEPS = {
    "online-people": keep_online_people,
    "import": import_borough,
    "import-csv": lambda borough: import_borough(borough, only=".csv"),
    "link-and-compare": link_and_compare,
}

if __name__ == "__main__":
    # What the commands say is for people; the one line that the caller reads comes last.
    session.console.file = sys.stderr
    answer = _STEPS[sys.argv[1]](pathlib.Path(sys.argv[2]))
    print(json.dumps(answer))
