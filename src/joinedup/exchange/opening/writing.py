"""Writing typed rows as CSV, the same bytes for the same rows every time.

Belongs here: the heading and cells of a table from its schema. Not here: which rows to write (synthesis).
"""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from joinedup.exchange.opening import columns


class MixedTables(Exception):
    """Rows of two tables were to be written into one file."""


def write(tables: Sequence[columns.Table], rows: Iterable[Any], out: BinaryIO) -> int:
    """Write the rows of one table under its heading, and return how many there were.

    Shapes: UTF-8 without a byte order mark, comma, LF; quotation marks only where needed.
    Errors: MixedTables when the rows belong to more than one table.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    table: columns.Table | None = None
    count = 0
    for row in rows:
        if table is None:
            table = next(one for one in tables if one.row is type(row))
            writer.writerow(table.column_names)
        if table.row is not type(row):
            raise MixedTables(f"{table.row.__name__} and {type(row).__name__}")
        writer.writerow([_cell(getattr(row, column.field), table.dates) for column in table.columns])
        count += 1
    text.flush()
    text.detach()
    return count


def _cell(value: str | datetime.date | None, style: columns.DateStyle) -> str:
    if isinstance(value, datetime.date):
        return value.strftime(style)
    return value or ""
