"""What a person decided about keeping: holds, approvals, and the certificates of what was deleted.

Belongs here: reads for those who answer for rights; a view must be open. Not here: who is due (due).
"""

import dataclasses
import datetime
import uuid

from joinedup.governance.rights import models, rules

_MOST_LISTED = 200


class NoSuchHold(Exception):
    """There is no such legal hold, or none that this viewer may know of."""


class NoSuchDeletion(Exception):
    """There is no such deletion or certificate, or none that this viewer may know of."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HoldCard:
    """One legal hold."""

    id: uuid.UUID
    child_number: str
    reason: rules.HoldReason
    why: str
    placed_at: datetime.datetime
    placed_by_name: str
    lifted_at: datetime.datetime | None
    lifted_by_name: str
    lifted_why: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DueCard:
    """One record whose time is over, and whether its deletion is approved."""

    id: uuid.UUID
    child_id: uuid.UUID
    child_number: str
    kept_until: datetime.date
    because: tuple[str, ...]
    schedule_version: str
    listed_at: datetime.datetime
    approved_at: datetime.datetime | None
    approved_by_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCard:
    """One certificate, and whether it still says what it said when it was made."""

    id: uuid.UUID
    certified: rules.Certified
    fingerprint: str
    is_as_made: bool


def get_holds() -> list[HoldCard]:
    """Return the holds, those that stand first, then the newest.

    Shapes: 1 query, at most 200.
    """
    rows = models.LegalHold.objects.order_by("-lifted_at", "-placed_at", "-id")[:_MOST_LISTED]
    return sorted(map(_hold, rows), key=lambda hold: hold.lifted_at is not None)


def get_hold(*, hold_id: uuid.UUID) -> HoldCard:
    """Return one hold.

    Errors: NoSuchHold.
    """
    row = models.LegalHold.objects.filter(pk=hold_id).first()
    if row is None:
        raise NoSuchHold(hold_id)
    return _hold(row)


def _hold(row: models.LegalHold) -> HoldCard:
    return HoldCard(
        id=row.id,
        child_number=row.child_number,
        reason=rules.HoldReason(row.reason),
        why=row.why,
        placed_at=row.placed_at,
        placed_by_name=row.placed_by_name,
        lifted_at=row.lifted_at,
        lifted_by_name=row.lifted_by_name,
        lifted_why=row.lifted_why,
    )


def get_due(*, is_approved: bool | None = None) -> list[DueCard]:
    """Return the records whose time is over, longest over first; of those approved, or not yet, where that is asked.

    Shapes: 1 query, at most 200.
    """
    rows = models.DueDeletion.objects.order_by("kept_until", "id")
    if is_approved is not None:
        rows = rows.filter(approved_at__isnull=not is_approved)
    return [
        DueCard(
            id=row.id,
            child_id=row.child_id,
            child_number=row.child_number,
            kept_until=row.kept_until,
            because=tuple(row.because),
            schedule_version=row.schedule_version,
            listed_at=row.listed_at,
            approved_at=row.approved_at,
            approved_by_name=row.approved_by_name,
        )
        for row in rows[:_MOST_LISTED]
    ]


def get_certificates() -> list[CertificateCard]:
    """Return the newest certificates.

    Shapes: 1 query, at most 200.
    """
    return [_certificate(row) for row in models.Certificate.objects.order_by("-deleted_at", "-id")[:_MOST_LISTED]]


def get_certificate(*, certificate_id: uuid.UUID) -> CertificateCard:
    """Return one certificate.

    Errors: NoSuchDeletion.
    """
    row = models.Certificate.objects.filter(pk=certificate_id).first()
    if row is None:
        raise NoSuchDeletion(certificate_id)
    return _certificate(row)


def _certificate(row: models.Certificate) -> CertificateCard:
    certified = rules.Certified(
        number=row.number,
        deleted_at=row.deleted_at,
        because=tuple(row.because),
        schedule_version=row.schedule_version,
        approved_by_name=row.approved_by_name,
        approved_at=row.approved_at,
        deleted=row.deleted,
        subject_hash=bytes(row.subject_hash),
        content_hash=bytes(row.content_hash),
    )
    return CertificateCard(
        id=row.id,
        certified=certified,
        fingerprint=row.fingerprint,
        is_as_made=rules.fingerprint(certified) == row.fingerprint,
    )
