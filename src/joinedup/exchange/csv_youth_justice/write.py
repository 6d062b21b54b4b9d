"""Writing youth justice cases.

Belongs here: the rows of one table as a file. Not here: which rows there are (synthesis).
"""

from collections.abc import Iterable
from typing import BinaryIO

from joinedup.exchange.csv_youth_justice import schema
from joinedup.exchange.opening import writing


def write(rows: Iterable[schema.Case], out: BinaryIO) -> int:
    """Write the rows of one table under its heading, and return how many there were.

    Shapes: UTF-8, comma, LF; the same rows give the same bytes.
    Errors: MixedTables when the rows belong to more than one table.
    """
    return writing.write(schema.TABLES, rows, out)
