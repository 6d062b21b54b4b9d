"""Bulk rows into PostgreSQL by COPY, on Django's own connection and so in its transaction.

Belongs here: the mechanics. Not here: which rows.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from psycopg import sql


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Add rows to a table by COPY.

    Shapes: each row holds one value a column, in their order; returns how many were added.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
