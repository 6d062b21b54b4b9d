"""Bulk rows into PostgreSQL by COPY, on Django's own connection and so in its transaction.

Belongs here: the mechanics. Not here: which rows.

PostgreSQL refuses COPY into a table with row-level security, so the rows are copied into a temporary table of this
connection and inserted from there, where the policy judges each. Identifiers are given as text: the driver turns
UUIDs into bytes in Python, one call each, but takes text as it is.
"""

import hashlib
import itertools
from collections.abc import Callable, Iterable, Sequence

from django.db import connection
from psycopg import Copy, sql

_ANY = sql.SQL("")
_NEW = sql.SQL(" ON CONFLICT DO NOTHING")


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Add rows to a table in bulk.

    Shapes: each row holds one value a column, in their order; returns how many were added.
    """
    return _copy(table, columns, rows, which=_ANY)


def copy_new_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Add those rows to a table that are not in it yet, in bulk.

    Shapes: as copy_rows; a row that breaks a unique constraint is there already and is left as it is.
    """
    return _copy(table, columns, rows, which=_NEW)


def copy_numbers(table: str, columns: Sequence[str], rows: Sequence[Sequence[int]]) -> int:
    """Add rows that hold nothing but whole numbers, as one text: the driver would take each number by itself.

    Shapes: as copy_rows.
    """
    if not rows:
        return 0
    written = "".join(["\t".join(map(str, row)) + "\n" for row in rows])
    return _through(table, columns, lambda copy: copy.write(written), which=_ANY)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, which: sql.SQL) -> int:
    waiting_rows = iter(rows)
    first = next(waiting_rows, None)
    if first is None:
        return 0

    def write(copy: Copy) -> None:
        for row in itertools.chain((first,), waiting_rows):
            copy.write_row(row)

    return _through(table, columns, write, which=which)


def _through(table: str, columns: Sequence[str], write: Callable[[Copy], None], *, which: sql.SQL) -> int:
    """Write rows into a temporary table and let them pass from there."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    digest = hashlib.blake2b(",".join(columns).encode(), digest_size=4).hexdigest()
    waiting = sql.Identifier(f"waiting_{table}_{digest}"[:63])
    target = sql.Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS {} ON COMMIT DELETE ROWS AS SELECT {} FROM {} WITH NO DATA"
            ).format(waiting, names, target)
        )
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(waiting)) as copy:
            write(copy)
        cursor.execute(sql.SQL("INSERT INTO {} ({}) SELECT * FROM {}").format(target, names, waiting) + which)
        added = int(cursor.rowcount)
        cursor.execute(sql.SQL("TRUNCATE {}").format(waiting))
    return added
