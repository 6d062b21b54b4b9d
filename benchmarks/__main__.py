"""Run the benchmarks one after the other: `python -m benchmarks`, or with --full those that take longer.

Names may be given to run some: `python -m benchmarks find child_page`. Boroughs are built once, kept below the data
folder and used again while the code they come from is the same; --afresh builds them anew.
"""

import argparse
import os
import subprocess
import sys
import time

from benchmarks import places

#: Fit into twenty minutes together on two cores, building the boroughs included.
USUAL = (
    "import_rows",
    "link_quality",
    "find",
    "child_page",
    "api_child",
    "not_found",
    "online_match",
    "audit_append",
    "audit_verify",
)
FULL = ("link_quality", "link_records", "febrl", "arrival_rule", "online_match_full", "audit_verify", "snoop")


def main() -> int:
    """Run what is asked for; return how many could not be measured."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(USUAL)}")
    parser.add_argument("--full", action="store_true", help="run the rest, which takes longer")
    parser.add_argument("--afresh", action="store_true", help="build the boroughs anew that are kept between runs")
    given = parser.parse_args()
    names = given.names or (FULL if given.full else USUAL)
    options = ["--full"] if given.full else []
    os.environ["BENCHMARKS_LOAD_BEFORE"] = f"{os.getloadavg()[0]:.2f}"
    with places.server():
        if given.afresh:
            places.forget()
        failed = [name for name in names if not _is_measured(name, options)]
    for name in failed:
        places.say(f"{name} could not be measured; what went wrong stands above.")
    return len(failed)


def _is_measured(name: str, options: list[str]) -> bool:
    """Run one, and say how long all of it took: together they are to fit."""
    began = time.monotonic()
    command = [sys.executable, "-m", f"benchmarks.{name}", *options]
    is_done = subprocess.run(command, check=False, cwd=places.ROOT).returncode == 0
    places.say(f"{name}: {time.monotonic() - began:.0f} s in all")
    return is_done


if __name__ == "__main__":
    raise SystemExit(main())
