"""Bulk rows into PostgreSQL by COPY, on Django's own connection and so in its transaction.

Belongs here: the mechanics. Not here: which rows.
"""

import hashlib
from collections.abc import Iterable, Sequence

from django.db import connection
from psycopg import sql


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Add rows to a table in bulk.

    PostgreSQL refuses COPY into a table with row-level security, so the rows are copied into a temporary table of
    this connection and inserted from there, where the policy judges each.
    Shapes: each row holds one value a column, in their order; returns how many were added.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    digest = hashlib.blake2b(",".join(columns).encode(), digest_size=4).hexdigest()
    waiting = sql.Identifier(f"waiting_{table}_{digest}"[:63])
    target = sql.Identifier(table)
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS {} ON COMMIT DELETE ROWS AS SELECT {} FROM {} WITH NO DATA"
            ).format(waiting, names, target)
        )
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(waiting)) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        if count:
            cursor.execute(sql.SQL("INSERT INTO {} ({}) SELECT * FROM {}").format(target, names, waiting))
            cursor.execute(sql.SQL("TRUNCATE {}").format(waiting))
    return count
