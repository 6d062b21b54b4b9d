"""What a steward did, for the page that confirms it.

Belongs here: one act. Not here: doing it (operations.stewarding), the history of one child (identity).
"""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import models, rules


class NoSuchAct(Exception):
    """No steward did this, or a child of whom it was is not for this viewer."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    """One thing that a steward's act made of one child."""

    kind: rules.ChangeKind
    child_number: str
    other_number: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActCard:
    """What a steward did, what came of it, and whether it stands.

    `standing` is the decision that still holds; None where it was taken back or there was none.
    """

    id: uuid.UUID
    at: datetime.datetime
    by_name: str
    because: rules.Because
    lines: tuple[ActLine, ...]
    standing: rules.Decision | None
    parted_pair: tuple[uuid.UUID, uuid.UUID] | None


def get_act(*, viewer: access_rules.Viewer, act_id: uuid.UUID) -> ActCard:
    """Return what a steward did and what came of it; the event names the children.

    Shapes: 3 queries.
    Errors: NoSuchAct where there is no such act of a steward, or not for this viewer.
    """
    audit_operations.open_view(
        viewer=viewer, act="childindex.act.seen", record_ref=str(act_id), purpose=rules.Purpose.LINKING
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, number, other_number, at, by_name, why, standing FROM childindex_act(%s, %s)",
            [act_id, sorted(viewer.given)],
        )
        rows = cursor.fetchall()
    if not rows:
        raise NoSuchAct(act_id)
    parted = models.StewardDecision.objects.filter(act_id=act_id, decision=rules.Decision.CANNOT, revoked_at=None)
    return ActCard(
        id=act_id,
        at=rows[0][3],
        by_name=rows[0][4],
        because=rules.Because(rows[0][5]),
        lines=tuple(
            ActLine(kind=rules.ChangeKind(row[0]), child_number=row[1], other_number=row[2] or "") for row in rows
        ),
        standing=rules.Decision(rows[0][6]) if rows[0][6] else None,
        parted_pair=parted.order_by("id").values_list("record_a_id", "record_b_id").first(),
    )
