"""The database's clock: what decides wherever a right ends by itself, for several machines may serve and one of them be wrong.

Belongs here: asking it. Not here: the clock of this process (foundation.clock), by which pages tell the time.
"""

import datetime

from django.db import connection


def now() -> datetime.datetime:
    """Return the present moment by the database's clock.

    Units: UTC.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    at: datetime.datetime = row[0]
    return at.astimezone(datetime.UTC)
