"""Run the benchmarks one after the other: `python -m benchmarks`, or with --full those that take longer.

Names may be given to run some: `python -m benchmarks find child_page`. Boroughs are built once, kept below the data
folder and used again while the code they come from is the same; --afresh builds them anew.
"""

import argparse
import os
import subprocess
import sys

from benchmarks import places

#: Fit into twenty minutes together on two cores, building the boroughs included.
USUAL = (
    "import_rows",
    "link_quality",
    "link_records",
    "find",
    "child_page",
    "api_child",
    "not_found",
    "arrival_rule",
    "online_match",
    "audit_append",
    "audit_verify",
    "snoop",
)
FULL = ("link_quality", "link_records", "febrl", "online_match_full", "audit_verify", "snoop")


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
        failed = [
            name
            for name in names
            if subprocess.run(
                [sys.executable, "-m", f"benchmarks.{name}", *options], check=False, cwd=places.ROOT
            ).returncode
        ]
    for name in failed:
        places.say(f"{name} could not be measured; what went wrong stands above.")
    return len(failed)


if __name__ == "__main__":
    raise SystemExit(main())
