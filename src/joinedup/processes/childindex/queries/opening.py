"""Opening one child: whether the child may be shown to this viewer, and who looks and why, before anything is shown.

Belongs here: the one door to whatever is shown of one child. Not here: what is shown (wholechild, origins).
"""

import dataclasses
import uuid

from django.conf import settings
from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules


class ReasonNeeded(Exception):
    """The viewer's agency does not help this child, so they must say why they look before anything is shown."""


class NotInScope(people_queries.NoSuchChild):
    """The index is set to hold only children with targeted or specialist help; this one has none."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One child who may be shown: the linked person records, and why and by which act the viewer looks."""

    card: people_queries.ChildCard
    person_record_ids: list[uuid.UUID]
    act: str
    purpose: str
    record_ref: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One child who is shown: the event that says so, the child, the linked person records and the purpose."""

    event_id: uuid.UUID
    card: people_queries.ChildCard
    person_record_ids: list[uuid.UUID]
    purpose: str


def ask_for_child(*, viewer: access_rules.Viewer, number: str, purpose: str, act: str, record_ref: str = "") -> Asked:
    """Write that the viewer asks for a child, and say whether the child may be shown and why they look.

    Shapes: 3 queries, 4 where the number leads on.
    Errors: NoSuchChild; NotInScope; ReasonNeeded when no purpose is given and the viewer's agency does not help.
    """
    audit_operations.open_view(viewer=viewer, act=f"{act}.asked", record_ref=record_ref or number, purpose=purpose)
    card = people_queries.get_child(number=number)
    if settings.INDEX_SCOPE == "involved" and not card.has_targeted_help:
        raise NotInScope(number)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.person_record_id, p.agency_id FROM childindex_link l "
            "JOIN records_personrecord p ON p.id = l.person_record_id "
            "WHERE l.child_id = %s AND l.ended_at IS NULL ORDER BY l.person_record_id",
            [card.id],
        )
        linked = cursor.fetchall()
    if not purpose:
        if viewer.home_id not in {agency_id for _, agency_id in linked}:
            raise ReasonNeeded(number)
        purpose = rules.Purpose.OWN_WORK
    return Asked(
        card=card,
        person_record_ids=[record for record, _ in linked],
        act=act,
        purpose=purpose,
        record_ref=record_ref or card.number,
    )


def show_child(asked: Asked, *, viewer: access_rules.Viewer, reason: str = "") -> Opened:
    """Write that the viewer sees the child; nothing about the child is returned before.

    Shapes: 1 query.
    """
    event_id = audit_operations.open_view(
        viewer=viewer,
        act=asked.act,
        record_ref=asked.record_ref,
        purpose=asked.purpose,
        reason=reason,
        subjects=[asked.card.id],
    )
    return Opened(event_id=event_id, card=asked.card, person_record_ids=asked.person_record_ids, purpose=asked.purpose)


def open_child(*, viewer: access_rules.Viewer, number: str, purpose: str, reason: str = "", act: str) -> Opened:
    """Ask for a child and show them.

    Shapes: 4 queries, 5 where the number leads on.
    Errors: NoSuchChild; NotInScope; ReasonNeeded.
    """
    asked = ask_for_child(viewer=viewer, number=number, purpose=purpose, act=act)
    return show_child(asked, viewer=viewer, reason=reason)
