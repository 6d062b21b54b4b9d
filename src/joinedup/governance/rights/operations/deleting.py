"""Listing what is due, approving it, deleting it: the program works out, a person approves, the program deletes.

Belongs here: the acts and the certificate. Not here: what a deletion takes with it (functions).
"""

import dataclasses
import datetime
import json
import secrets
import uuid
from collections.abc import Mapping

from django.db import connection, transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.governance.rights import models, queries, rules
from joinedup.governance.rights.operations import asking

#: Digits and letters that are not taken for one another when read aloud.
SYMBOLS = "23456789ACDEFGHJKMNPQRTUVWXY"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """How many are on the list now that were not, and how many are no longer."""

    added: int
    dropped: int


@transaction.atomic
def list_due(*, by: access_rules.Viewer, on: datetime.date, at: datetime.datetime) -> Listed:
    """Put each child whose record's time is over on the list for a person to decide, and take off whoever is due no more.

    Shapes: an approval stays only while the same statuses decide by the same schedule.
    """
    version = queries.get_schedule().version
    due = {one.child_id: one for one in queries.find_due(on=on)}
    stands = {row.child_id: row for row in models.DueDeletion.objects.select_for_update()}
    over = [row.id for child_id, row in stands.items() if not _is_same(row, due.get(child_id), version)]
    models.DueDeletion.objects.filter(pk__in=over).delete()
    new = [one for child_id, one in due.items() if child_id not in stands or stands[child_id].id in over]
    models.DueDeletion.objects.bulk_create(
        models.DueDeletion(
            child_id=one.child_id,
            child_number=one.number,
            kept_until=one.keeping.until or on,
            because=list(one.keeping.because),
            schedule_version=version,
            listed_at=at,
        )
        for one in new
    )
    audit_operations.record(
        by=by, act="rights.due.listed", subjects=[one.child_id for one in new], record_ref=on.isoformat()
    )
    return Listed(added=len(new), dropped=len(over))


def _is_same(row: models.DueDeletion, due: queries.DueChild | None, version: str) -> bool:
    return (
        due is not None
        and row.schedule_version == version
        and (row.kept_until, tuple(row.because)) == (due.keeping.until, due.keeping.because)
    )


@transaction.atomic
def approve(*, due_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Approve that one record is deleted; the next run of the command deletes it.

    Errors: NotAllowed; NoSuchDeletion, also where it is approved already.
    """
    asking.check_may(by)
    audit_operations.open_view(viewer=by, act="rights.deletion.approve-asked", record_ref=str(due_id))
    due = models.DueDeletion.objects.select_for_update().filter(pk=due_id, approved_at=None).first()
    if due is None:
        raise queries.NoSuchDeletion(due_id)
    due.approved_at, due.approved_by_id, due.approved_by_name = at, by.user_id, by.name
    due.save(update_fields=["approved_at", "approved_by_id", "approved_by_name"])
    audit_operations.record(by=by, act="rights.deletion.approved", subjects=[due.child_id], record_ref=str(due.id))


@transaction.atomic
def ask_for_approved(*, by: access_rules.Viewer) -> list[queries.DueCard]:
    """Write who asks, and return the records whose deletion a person approved.

    Shapes: at most 200; the children are named in the audit, for some of them may be kept after all and be spoken of.
    """
    approved = queries.get_due(is_approved=True)
    audit_operations.record(
        by=by, act="rights.approved.asked", subjects=[one.child_id for one in approved], record_ref=str(len(approved))
    )
    return approved


@transaction.atomic
def delete_approved(
    *, child_id: uuid.UUID, by: access_rules.Viewer, on: datetime.date, at: datetime.datetime
) -> rules.Certified:
    """Delete one child's record and all that names the child, and keep a certificate that names nobody.

    What decides is worked out afresh: a status or a hold that came since the approval counts.
    Errors: NotApproved; OnHold; NotOverYet.
    """
    due = models.DueDeletion.objects.filter(child_id=child_id).exclude(approved_at=None).first()
    if due is None:
        raise rules.NotApproved(child_id)
    now = queries.get_keeping(child_id=child_id)
    if now is None or now.keeping.is_on_hold:
        raise rules.OnHold(child_id)
    if not now.keeping.is_over(on=on):
        raise rules.NotOverYet(now.keeping.until)
    deleted, content_hash = _delete(child_id)
    certified = rules.Certified(
        number=f"{at:%y%m%d}-{''.join(secrets.choice(SYMBOLS) for _ in range(6))}",
        deleted_at=at,
        because=now.keeping.because,
        schedule_version=queries.get_schedule().version,
        approved_by_name=due.approved_by_name,
        approved_at=due.approved_at or at,
        deleted=deleted,
        subject_hash=_subject_hash(due.child_number),
        content_hash=content_hash,
    )
    _keep(certified)
    audit_operations.record(by=by, act="rights.deleted", subjects=[child_id], record_ref=certified.number)
    events_operations.publish("rights.deleted", at=at, certificate=certified.number)
    return certified


def _delete(child_id: uuid.UUID) -> tuple[Mapping[str, int], bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deleted, content_hash FROM rights_delete(%s)", [child_id])
        row = cursor.fetchone() or ("{}", b"")
    deleted = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return deleted, bytes(row[1])


def _keep(certified: rules.Certified) -> None:
    said = {field.name: getattr(certified, field.name) for field in dataclasses.fields(certified)}
    models.Certificate.objects.create(
        **{**said, "because": list(certified.because), "deleted": dict(certified.deleted)},
        id=ids.uuid7(),
        fingerprint=rules.fingerprint(certified),
    )


def was_deleted(*, number: str) -> bool:
    """Return whether a certificate says that the child of this number was deleted.

    Shapes: 1 query; anyone who has the number may be answered by those who answer for rights.
    """
    cleaned = ids.child_number(number) or ""
    return models.Certificate.objects.filter(subject_hash=_subject_hash(cleaned)).exists()


def _subject_hash(number: str) -> bytes:
    return audit_operations.keyed_hash({"deleted child": number})
