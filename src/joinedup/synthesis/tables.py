"""The reference tables of the borough: names, streets and published figures, as CSV files beside the code.

Belongs here: reading them. Not here: what they mean (names, places, figures).
"""

import csv
import importlib.resources
import io
from collections.abc import Iterator


def rows(name: str) -> Iterator[dict[str, str]]:
    """Return the rows of one reference table by column name."""
    reference = importlib.resources.files("joinedup.synthesis") / "reference" / name
    yield from csv.DictReader(io.StringIO(reference.read_text(encoding="utf-8")))
