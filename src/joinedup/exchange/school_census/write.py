"""Writing the school census, one CSV file for each table and term.

Belongs here: the rows of one table as a file. Not here: which rows there are (synthesis).
"""

from collections.abc import Iterable
from typing import BinaryIO

from joinedup.exchange.opening import writing
from joinedup.exchange.school_census import schema

Row = (
    schema.OnRoll
    | schema.NoLongerOnRoll
    | schema.ExclusionOnRoll
    | schema.ExclusionOffRoll
    | schema.AddressOnRoll
    | schema.AddressOffRoll
    | schema.SenNeed
)


def write(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write the rows of one table under its heading, and return how many there were.

    Shapes: UTF-8, comma, LF; the same rows give the same bytes.
    Errors: MixedTables when the rows belong to more than one table.
    """
    return writing.write(schema.TABLES, rows, out)
