"""Writing community health CSVs: class lists or cohorts, and immunisation records in the national layout.

Belongs here: the door to the shared writer. Not here: columns (schema), which rows to write (synthesis).
"""

from collections.abc import Iterable
from typing import BinaryIO

from joinedup.exchange.csv_health import schema
from joinedup.exchange.opening import writing


def write(rows: Iterable[schema.ClassListRow] | Iterable[schema.ImmunisationRow], out: BinaryIO) -> int:
    """Write the rows of one table, in the order given, and return how many there were.

    Shapes: UTF-8, comma, LF; the same rows give the same bytes.
    Units: dates as DD/MM/YYYY.
    """
    return writing.write(schema.TABLES, rows, out)
