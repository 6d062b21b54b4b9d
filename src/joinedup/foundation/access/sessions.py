"""Where sessions are kept: in a table that knows whose each is, so that one can be listed, ended and timed out.

The database's clock decides when one is over: a server whose own clock is days out neither ends a session nor stretches it.
Belongs here: Django's session store on our table. Not here: the words of signing in and out (web).
"""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends import db
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from joinedup.foundation.access import models, rules
from joinedup.foundation.database import moment

#: What a session remembers of signing in.
ASSURANCE, SIGNED_IN_AT, STEPPED_UP_AT, BROWSER, BEFORE = (
    "assurance",
    "signed_in_at",
    "stepped_up_at",
    "browser",
    "before",
)
#: A session that is over stays so long, for what is typed into its last page may still come.
_LAPSED_FOR = datetime.timedelta(days=7)
#: That a session was used is written down at most so often.
_SEEN_EVERY = datetime.timedelta(minutes=1)
# Written out: putting it together anew for each request cost more than its answer.
_KEPT = (
    "SELECT session_key, session_data, expire_date, user_id, started_at, seen_at, browser, clock_timestamp() "
    "FROM access_session WHERE session_key = %s"
)
_FIELDS = ("session_key", "session_data", "expire_date", "user_id", "started_at", "seen_at", "browser")


def _moment(written: object) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(written) if isinstance(written, str) else None


class SessionStore(db.SessionStore):
    """A session that ends by itself; `lapsed_user_id` says whose it was when it is over."""

    lapsed_user_id: uuid.UUID | None = None
    seen_at: datetime.datetime | None = None
    _read_at: datetime.datetime | None = None

    @property
    def at(self) -> datetime.datetime:
        """The moment by the database's clock at which this session was read; asked for where there was none to read."""
        if self._read_at is None:
            self._read_at = moment.now()
        return self._read_at

    @classmethod
    def get_model_class(cls) -> type[models.Session]:
        return models.Session

    def load(self) -> dict[str, Any]:
        """Return what the session holds; of one that is over, only whose it was."""
        held: dict[str, Any] = super().load()
        return held if self.lapsed_user_id is None else {BEFORE: str(self.lapsed_user_id)}

    def _get_session_from_db(self) -> models.Session | None:
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, [self.session_key])
            found = cursor.fetchone()
        kept = None if found is None else models.Session.from_db(connection.alias, _FIELDS, found[:-1])
        self._read_at = found[-1] if found else None
        if kept is not None and self._read_at is not None and kept.expire_date > self._read_at:
            self.seen_at = kept.seen_at
            return kept
        self.lapsed_user_id = kept.user_id if kept is not None else None
        self._session_key = None
        return None

    def create_model_instance(self, data: dict[str, Any]) -> models.Session:
        at = self.at
        self.seen_at = at
        return models.Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]  # Django's own, not in the stubs
            session_data=self.encode(data),
            expire_date=self._over_at(data, at),
            user_id=data.get(auth.SESSION_KEY),
            started_at=_moment(data.get(SIGNED_IN_AT)) or at,
            seen_at=at,
            browser=data.get(BROWSER, ""),
        )

    def _over_at(self, data: dict[str, Any], at: datetime.datetime) -> datetime.datetime:
        return rules.session_over_at(
            signed_in_at=_moment(data.get(SIGNED_IN_AT)) or at,
            seen_at=at,
            idle=datetime.timedelta(minutes=settings.SESSION_IDLE_MINUTES),
            most=datetime.timedelta(minutes=settings.SESSION_MOST_MINUTES),
        )

    @property
    def assurance(self) -> rules.Assurance:
        """How surely the person of this session is known."""
        written = self.get(ASSURANCE, "")
        return rules.Assurance(written) if written in set(rules.Assurance) else rules.Assurance.NONE

    @property
    def signed_in_at(self) -> datetime.datetime | None:
        """When this session began with signing in."""
        return _moment(self.get(SIGNED_IN_AT))

    @property
    def stepped_up_at(self) -> datetime.datetime | None:
        """When this session last showed a second factor."""
        return _moment(self.get(STEPPED_UP_AT))

    def see(self) -> None:
        """Write down that the session is in use, so that it does not end; at most one statement a minute."""
        if self.session_key is None or self.seen_at is None or self.at - self.seen_at < _SEEN_EVERY:
            return
        at = self.at
        models.Session.objects.filter(session_key=self.session_key).update(
            seen_at=at,
            expire_date=self._over_at(self._session, at),  # type: ignore[attr-defined]  # Django's own, not in the stubs
        )
        self.seen_at = at

    @classmethod
    def clear_expired(cls) -> None:
        """Delete sessions that have been over for a week, and at once those of nobody."""
        models.Session.objects.filter(
            Q(expire_date__lt=Now() - _LAPSED_FOR) | Q(expire_date__lt=Now(), user_id=None)
        ).delete()
