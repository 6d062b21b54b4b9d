"""What PostgreSQL knows of the tables' contents, brought up to date after much has changed.

Belongs here: telling the planner. Not here: what changed.
"""

import psycopg

from joinedup.foundation.database import address


def gather() -> None:
    """Let PostgreSQL look at all tables anew, as their owner: nobody else may.

    It does so by itself within minutes; after a first load nobody should wait for that with bad plans.
    Errors: a DatabaseFault when the owner's address is not known.
    """
    with psycopg.connect(address.url_for(address.Role.OWNER), autocommit=True) as connection:
        connection.execute("ANALYZE")
