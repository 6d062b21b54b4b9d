"""Where sessions are kept: in Django's own table, found by a statement that is written out.

Belongs here: reading a session at every request for little. Not here: what is kept in one (purposes, sign-in).
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

from joinedup.foundation import clock


class SessionStore(db.SessionStore):
    """Django's store; only that its statement is not put together anew for each request, which cost more than its answer."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and a new key when it is next kept, where it is over or never was."""
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, [self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(row[0])
        return held


_KEPT = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
