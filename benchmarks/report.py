"""How a benchmark is started and the one JSON line that it prints."""

import argparse
import json
from typing import Any

from benchmarks import machine, places


def is_full(about: str) -> bool:
    """Say whether the command line asks for the large sizes."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--full", action="store_true", help="measure at the large size")
    return bool(parser.parse_args().full)


def show(  # one word for each part of the line
    benchmark: str, *, data: dict[str, Any], figure: dict[str, Any], goal: dict[str, Any], peer: dict[str, Any] | None
) -> None:
    """Print the line."""
    line = {
        "benchmark": benchmark,
        "machine": machine.described(machine.server_version(places.admin_url())),
        "data": data,
        "figure": figure,
        "goal": goal,
        "peer": peer,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
