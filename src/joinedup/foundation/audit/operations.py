"""Writing the audit: the only way to open a view of children, and the record of every change.

Belongs here: the calls of the database's own functions, in the caller's transaction. Not here: who may look (access).
"""

import dataclasses
import hashlib
import hmac
import json
import uuid
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import connection, transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules


class NoTransaction(Exception):
    """A view was opened outside a transaction, where the database would forget it at once."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Details:
    purpose: str = ""
    reason: str = ""
    record_ref: str = ""
    criteria_hash: bytes | None = None


def _write(
    *, viewer: access_rules.Viewer, act: str, opens: bool, subjects: Iterable[uuid.UUID], details: _Details
) -> uuid.UUID:
    if not connection.in_atomic_block:
        raise NoTransaction(act)
    event_id = ids.uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            _ENTER if opens else _WRITE,
            [
                event_id,
                viewer.user_id,
                viewer.name,
                ",".join(sorted(viewer.roles)),
                viewer.home_id,
                act,
                details.purpose,
                details.reason[:500],
                details.record_ref[:120],
                details.criteria_hash,
                viewer.session,
                viewer.request_id,
                list(subjects),
                opens,
                *([event_id] if opens else []),
            ],
        )
    return event_id


_WRITE = "SELECT audit_write(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s)"
#: The event first, then what its viewer may see: nothing is seen without an event.
_ENTER = f"{_WRITE}, access_enter(%s)"


def open_view(  # who, what, why and of whom are each their own word
    *,
    viewer: access_rules.Viewer,
    act: str,
    purpose: str = "",
    reason: str = "",
    subjects: Iterable[uuid.UUID] = (),
    record_ref: str = "",
    criteria: Mapping[str, object] | None = None,
) -> uuid.UUID:
    """Write that the viewer looks, and let this transaction see children.

    Errors: NoTransaction outside a transaction. Without this call row-level security shows no child at all.
    """
    return _write(
        viewer=viewer,
        act=act,
        opens=True,
        subjects=subjects,
        details=_Details(
            purpose=purpose,
            reason=reason,
            record_ref=record_ref,
            criteria_hash=None if criteria is None else keyed_hash(criteria),
        ),
    )


def record(
    *,
    by: access_rules.Viewer,
    act: str,
    subjects: Iterable[uuid.UUID] = (),
    record_ref: str = "",
    purpose: str = "",
) -> uuid.UUID:
    """Write that something was changed, in the transaction that changes it.

    Errors: NoTransaction outside a transaction.
    """
    details = _Details(purpose=purpose, record_ref=record_ref)
    return _write(viewer=by, act=act, opens=False, subjects=subjects, details=details)


def add_subjects(*, event_id: uuid.UUID, subjects: Iterable[uuid.UUID]) -> None:
    """Add the children whom a search or a list went on to show."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_add_subjects(%s, %s::uuid[])", [event_id, list(subjects)])


@transaction.atomic
def record_denial(*, viewer: access_rules.Viewer, act: str, record_ref: str) -> uuid.UUID:
    """Write that a look was refused or found nothing."""
    return record(by=viewer, act=f"{act}.denied", record_ref=record_ref)


def keyed_hash(criteria: Mapping[str, object]) -> bytes:
    """Return a fingerprint of what was searched for, which only this installation's key can test.

    Shapes: 32 bytes.
    """
    packed = json.dumps(criteria, sort_keys=True, default=str).encode()
    return hmac.new(settings.SECRET_KEY.encode(), packed, hashlib.sha256).digest()
