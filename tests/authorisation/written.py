"""What an act leaves in the audit, for the tables of all operations, commands, jobs and exports.

Belongs here: asking the audit, and which tables lead to a child. Not here: what is expected (the tables themselves).
"""

import dataclasses
import datetime
import re
import uuid

from django.db import connection

from tests.conftest import as_role
from tests.integration.looking import sql

_OURS = re.compile(
    r"\b((?:people|records|childindex|inbasket|rights|exports|assurance|breakglass|sealing|casework|tracking|assessment"
    r"|protection|participation)_[a-z]+)\b"
)
#: Who a file is from and how far it was read names nobody, though it is kept behind an open view.
_OF_FILES = {"records_batch", "records_sourcefile"}
_EVENTS = """
SELECT act, actor_name, actor_id, at, xact_id, array(SELECT subject_id FROM audit_auditsubject s WHERE s.event_id = e.id)
FROM audit_auditevent e ORDER BY at, id OFFSET %s
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what, when, to whom, and in which transaction it was written."""

    act: str
    by: str
    actor_id: uuid.UUID | None
    at: datetime.datetime
    transaction: int
    subjects: frozenset[uuid.UUID]

    @classmethod
    def of(cls, row: tuple) -> "Event":
        act, by, actor_id, at, transaction, subjects = row
        return cls(act=act, by=by, actor_id=actor_id, at=at, transaction=transaction, subjects=frozenset(subjects))


def count() -> int:
    """Return how many events there are, this transaction's among them."""
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_auditevent")
        return cursor.fetchone()[0]


def after(first: int) -> list[Event]:
    """Return the events since."""
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute(_EVENTS, [first])
        return [Event.of(row) for row in cursor.fetchall()]


def committed(session, first: int) -> list[Event]:
    """Return the events since, as an administrator reads them after a program has ended."""
    return [Event.of(row) for row in session.execute(_EVENTS, [first]).fetchall()]


def tables_of_children(statement: str) -> set[str]:
    """Return which tables a statement names that can lead to a child."""
    return set(_OURS.findall(statement)) & _child_bearing() - _OF_FILES


def _child_bearing() -> set[str]:
    return set(connection.introspection.django_table_names()) - sql.NAMES_NO_CHILD.keys()
