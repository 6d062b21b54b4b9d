"""Turning the first sheet of a spreadsheet into CSV, in a process of its own with bounded memory and time.

Belongs here: the conversion and its bounds. Not here: the check of the archive's sizes, which comes first (packing).

The sheet reader makes a full rectangle of cells, so a small file with one cell in the last corner asks for hundreds of
gigabytes, and the request ends the process that makes it. That process must not be the one that serves people.
"""

import csv
import datetime
import pathlib
import resource
import subprocess
import sys
from collections.abc import Iterable

import python_calamine

MEMORY_BYTES = 1536 * 1024**2
OUTPUT_BYTES = 1024**3
SECONDS = 120

_NO_SHEET = 3


def converted(book: pathlib.Path, target: pathlib.Path) -> str:
    """Write the first sheet of `book` to `target` as CSV, and return the reason where that failed.

    Shapes: UTF-8, comma, LF; one line for each row of the sheet from its first, blank rows as blank lines.
    Units: dates as 2012-01-21; whole numbers without a point.
    """
    command = [sys.executable, "-m", "joinedup.exchange.opening.spreadsheets", str(book), str(target)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=2 * SECONDS)
    except subprocess.TimeoutExpired:
        return "The spreadsheet took too long to open. Send it as CSV."
    if done.returncode == _NO_SHEET:
        return "The spreadsheet is broken or has no sheet with cells. Save it again, or send it as CSV."
    if done.returncode:
        return "The spreadsheet needs too much memory or time to open. Send it as CSV."
    return ""


def run(arguments: list[str]) -> int:
    """Do the conversion inside the process that was started for it, and return its exit code."""
    book, target = arguments
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheet = python_calamine.CalamineWorkbook.from_path(book).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError):
        return _NO_SHEET
    if not rows:
        return _NO_SHEET
    with pathlib.Path(target).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(_cells(row) for row in rows)
    return 0


def _cells(row: Iterable[object]) -> list[str]:
    cells = [_cell(value) for value in row]
    return cells if any(cells) else []


def _cell(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
