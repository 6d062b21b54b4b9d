"""Writing the SSDA903 return of looked-after children, one CSV file for each table.

Belongs here: the rows of one table as a file. Not here: which rows there are (synthesis).
"""

from collections.abc import Iterable
from typing import BinaryIO

from joinedup.exchange.opening import writing
from joinedup.exchange.ssda903 import schema

Row = (
    schema.Header
    | schema.Episode
    | schema.Review
    | schema.Unaccompanied
    | schema.YearOfHealth
    | schema.CareLeaver
    | schema.Adoption
    | schema.PlacedForAdoption
    | schema.PreviousPermanence
    | schema.Missing
    | schema.SocialWorker
    | schema.DeprivationOfLiberty
)


def write(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write the rows of one table under its heading, and return how many there were.

    Shapes: UTF-8, comma, LF; the same rows give the same bytes.
    Errors: MixedTables when the rows belong to more than one table.
    """
    return writing.write(schema.TABLES, rows, out)
