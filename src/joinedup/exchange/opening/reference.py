"""Code lists of outside standards, kept as dated data beside the format that uses them.

Belongs here: reading such a list. Not here: the lists (`exchange/<standard>/reference/*.csv`), what a code means for a child.

A list is a CSV file whose first line says where it is from: `# Source: ...`; then code, words, valid_from, valid_to.
"""

import csv
import functools
import importlib.resources
from collections.abc import Mapping


@functools.cache
def words_of(standard: str, name: str) -> Mapping[str, str]:
    """Return the words for each code of one list, whatever the year: a file may come years late."""
    place = importlib.resources.files(f"joinedup.exchange.{standard}") / "reference" / f"{name}.csv"
    lines = place.read_text(encoding="utf-8").splitlines()
    return {row["code"]: row["words"] for row in csv.DictReader(lines[1:])}
