"""A table as CSV: every cell between quotation marks, every text guarded.

Belongs here: writing and reading back. Not here: Excel (workbooks).
"""

import csv
import datetime
import io

from joinedup.foundation.sheets import guarding, tables

#: Tells Excel that the letters are UTF-8; without it names lose their accents.
_BYTE_ORDER_MARK = "\ufeff"


def as_csv(sheet: tables.Sheet) -> str:
    """Return the table as CSV; its notice stands in no cell, for a reader of CSV has no place beside the table."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([guarding.guard(column) for column in sheet.columns])
    writer.writerows([written(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def csv_bytes(sheet: tables.Sheet) -> bytes:
    """Return the table as a file that Excel opens with its letters right."""
    return (_BYTE_ORDER_MARK + as_csv(sheet)).encode("utf-8")


def read_csv(content: str) -> list[list[str]]:
    """Return the texts of a table that was written here, exactly as they were, the columns' names first."""
    rows = csv.reader(io.StringIO(content.removeprefix(_BYTE_ORDER_MARK), newline=""))
    return [[guarding.unguard(cell) for cell in row] for row in rows]


def written(cell: tables.Cell) -> str:
    """Return a cell as text: guarded where it is text, as it is where it is a number or a date."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarding.guard(cell)
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)
