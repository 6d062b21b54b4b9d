"""What a figure was measured on, and the arithmetic of measuring: medians, percentiles, seconds of processor."""

import functools
import math
import os
import pathlib
import platform
import resource
import statistics
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

_GIB = 1024**3
_TICKS = os.sysconf("SC_CLK_TCK")
_LOAD_BEFORE = round(os.getloadavg()[0], 2)


def described(postgresql: str) -> dict[str, Any]:
    """Return the machine; the load is that before the benchmark began, so that a busy machine is seen."""
    return {
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB, 1),
        "python": platform.python_version(),
        "postgresql": postgresql,
        "load_before": float(os.environ.get("BENCHMARKS_LOAD_BEFORE", _LOAD_BEFORE)),
    }


@functools.cache
def _processor() -> str:
    listing = pathlib.Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the slow end of many short times.

    Units: milliseconds.
    """
    ordered = sorted(seconds)
    return {
        "p50_ms": round(1000 * statistics.median(ordered), 2),
        "p95_ms": round(1000 * ordered[max(math.ceil(0.95 * len(ordered)) - 1, 0)], 2),
        "max_ms": round(1000 * ordered[-1], 2),
    }


def median(values: Sequence[float], digits: int = 3) -> float:
    """Return the middle of repeated measurements."""
    return round(statistics.median(values), digits)


def own_cpu_seconds() -> float:
    """Return the processor time this process has used, its threads and the processes it started and ended included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_memory_mib() -> int:
    """Return the most memory this process has held at once."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


class Backend:
    """The server's process behind one connection; its figures are None where the system does not show them."""

    def __init__(self, process_id: int) -> None:
        self._folder = pathlib.Path(f"/proc/{process_id}")

    def cpu_seconds(self) -> float | None:
        """Return the processor time the server's process has used."""
        try:
            fields = (self._folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def peak_memory_mib(self) -> int | None:
        """Return the most memory the server's process has held at once, shared buffers included."""
        try:
            lines = (self._folder / "status").read_text(encoding="utf-8").splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), None)


class Server(Backend):
    """The server's first process; its figure is that of all its connections that have ended."""

    def cpu_seconds(self) -> float | None:
        """Return the processor time of the connections that have ended."""
        try:
            fields = (self._folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[13]) + int(fields[14])) / _TICKS


def since(now: float | None, before: float | None) -> float | None:
    """Return how much a meter has gone on, or None where it cannot be read."""
    return None if now is None or before is None else round(now - before, 3)


def server_version(url: str) -> str:
    """Return the server's version as it names itself."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else ""


def durability(url: str) -> Mapping[str, str]:
    """Return the settings that decide whether a power cut loses anything."""
    with psycopg.connect(url) as connection:
        return {
            name: str(connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0])  # type: ignore[index]
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        }
