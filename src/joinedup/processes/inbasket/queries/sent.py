"""Reads for whoever sent something: what they sent, and what they may know of it.

Belongs here: one's own receipts. Not here: how the item stands, which is the team's.
"""

import dataclasses
import datetime
import uuid

from django.db.models import QuerySet

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.inbasket import models, rules
from joinedup.processes.inbasket.queries import reading


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCard:
    """What a sender may know, worded the same whether the child was known or not.

    Shapes: `message` is nothing where the item was split off by those who worked on it.
    """

    id: uuid.UUID
    name: str
    state: rules.State
    sent_at: datetime.datetime
    ring_name: str
    ring_phone: str
    told_at: datetime.datetime | None
    told_outcome: rules.Outcome | None
    told_words: str
    message: reading.MessageCard | None = None


def get_receipts(*, viewer: access_rules.Viewer, first: int, count: int) -> tuple[list[ReceiptCard], int, int]:
    """Return a part of what the viewer sent, newest first, how much there is in all, and from where the part begins.

    Shapes: 3 queries.
    """
    audit_operations.open_view(viewer=viewer, act="inbasket.receipts.seen")
    rows = _own(viewer)
    total = rows.count()
    begin = min(first, max(total - 1, 0) // count * count + 1)
    return [_card(row) for row in rows.order_by("-sent_at", "-item_id")[begin - 1 : begin - 1 + count]], total, begin


def get_receipt(*, viewer: access_rules.Viewer, item_id: uuid.UUID) -> ReceiptCard:
    """Return one receipt of the viewer's own, with what they wrote.

    Shapes: 3 queries.
    Errors: NoSuchItem.
    """
    audit_operations.open_view(viewer=viewer, act="inbasket.receipt.seen", record_ref=str(item_id))
    row = _own(viewer).filter(pk=item_id).first()
    if row is None:
        raise reading.NoSuchItem(item_id)
    message = models.Message.objects.filter(pk=item_id, sent_by_id=row.sent_by_id).first()
    return dataclasses.replace(_card(row), message=None if message is None else reading.message_card(message))


def _own(viewer: access_rules.Viewer) -> QuerySet[models.Receipt]:
    if viewer.user_id is None:
        return models.Receipt.objects.none()
    return models.Receipt.objects.filter(sent_by_id=viewer.user_id)


def _card(row: models.Receipt) -> ReceiptCard:
    return ReceiptCard(
        id=row.item_id,
        name=row.name,
        state=rules.State(row.state),
        sent_at=row.sent_at,
        ring_name=row.ring_name,
        ring_phone=row.ring_phone,
        told_at=row.told_at,
        told_outcome=rules.Outcome(row.told_outcome) if row.told_outcome else None,
        told_words=row.told_words,
    )
