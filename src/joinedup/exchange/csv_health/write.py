"""Writing community health CSVs: class lists or cohorts, and immunisation records in the national layout.

Belongs here: the order of columns and the spelling of dates. Not here: whether a row makes sense (rules).
"""

import csv
import datetime
import io
from collections.abc import Iterable
from typing import BinaryIO

from joinedup.exchange.csv_health import schema

_PARENTS = 2


def write(rows: Iterable[schema.ClassListRow], out: BinaryIO) -> int:
    """Write a class list or cohort, in the order given, and return how many children it holds.

    Shapes: UTF-8, comma, CRLF; two parents a child at most; the same rows give the same bytes.
    Units: dates as DD/MM/YYYY.
    """
    heading = [*schema.CLASS_LIST_COLUMNS, *(column for n in range(1, _PARENTS + 1) for column in _parent_columns(n))]
    return _write(heading, (_class_list_cells(row) for row in rows), out)


def write_immunisations(rows: Iterable[schema.ImmunisationRow], out: BinaryIO) -> int:
    """Write immunisation records in the national layout, in the order given, and return how many there are.

    Shapes: UTF-8, comma, CRLF; the same rows give the same bytes.
    Units: dates as YYYYMMDD.
    """
    return _write([*schema.IMMUNISATION_COLUMNS], (_immunisation_cells(row) for row in rows), out)


def _write(heading: list[str], rows: Iterable[list[str]], out: BinaryIO) -> int:
    out.write(_line(heading))
    count = 0
    for row in rows:
        out.write(_line(row))
        count += 1
    return count


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def _class_list_cells(row: schema.ClassListRow) -> list[str]:
    cells = [_text(getattr(row, field), "%d/%m/%Y") for field in schema.CLASS_LIST_COLUMNS.values()]
    for index in range(_PARENTS):
        parent = row.parents[index] if index < len(row.parents) else schema.Parent()
        cells.extend(getattr(parent, field) for field in schema.PARENT_COLUMNS.values())
    return cells


def _immunisation_cells(row: schema.ImmunisationRow) -> list[str]:
    return [_text(getattr(row, field), "%Y%m%d") for field in schema.IMMUNISATION_COLUMNS.values()]


def _parent_columns(number: int) -> list[str]:
    return [column.replace("_N_", f"_{number}_") for column in schema.PARENT_COLUMNS]


def _text(value: str | datetime.date | None, date_format: str) -> str:
    if isinstance(value, datetime.date):
        return value.strftime(date_format)
    return value or ""
