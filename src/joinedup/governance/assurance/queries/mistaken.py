"""Who saw what while the records of two children were wrongly one child's: what a person must be told who was seen so."""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MistakenLook:
    """One look at a child between the wrong link and the parting: who, from where, when, at what and why."""

    event_id: uuid.UUID
    at: datetime.datetime
    actor_id: uuid.UUID
    actor_name: str
    roles: tuple[str, ...]
    agency_name: str
    act: str
    purpose: str
    child_id: uuid.UUID
    linked_at: datetime.datetime
    parted_at: datetime.datetime


def get_looks_while_linked(*, viewer: access_rules.Viewer, act_id: uuid.UUID) -> list[MistakenLook]:
    """Return who looked at a child between the moment when its sides were linked and that of the act that parted them.

    For the batch role alone, in the caller's transaction. Empty where the act parted nobody, or nobody looked.

    Shapes: 3 queries and the children named in the audit; oldest first.
    """
    event = audit_operations.open_view(viewer=viewer, act="assurance.looked-while-linked", record_ref=str(act_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assurance_looked_while_linked(%s)", [act_id])
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    agencies = {agency.id: agency.name for agency in agencies_queries.get_agencies()}
    audit_operations.add_subjects(event_id=event, subjects=sorted({row["child_id"] for row in rows}))
    return [
        MistakenLook(
            **{name: row[name] for name in ("event_id", "at", "actor_id", "actor_name", "act", "purpose", "child_id")},
            roles=tuple(row["roles"].split(",")) if row["roles"] else (),
            agency_name=agencies.get(row["home_id"], ""),
            linked_at=row["linked_at"],
            parted_at=row["parted_at"],
        )
        for row in rows
    ]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MistakenTally:
    """How many people of one agency looked at a child between the wrong link and the parting, and how often."""

    child_number: str
    linked_at: datetime.datetime
    parted_at: datetime.datetime
    agency_name: str
    people: int
    looks: int


def tally_looks_while_linked(*, viewer: access_rules.Viewer, act_id: uuid.UUID) -> list[MistakenTally]:
    """Return how many people saw two children as one until a steward parted them, by agency; never who.

    Under an open view, whose event names the children. Empty where the act parted nobody, or nobody looked.

    Shapes: 1 query; those who looked most first; nothing for those who may not link by their own word.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, linked_at, parted_at, agency_name, people, looks FROM assurance_counted_while_linked(%s, %s)",
            [act_id, sorted(viewer.given)],
        )
        return [
            MistakenTally(
                child_number=row[0],
                linked_at=row[1],
                parted_at=row[2],
                agency_name=row[3],
                people=row[4],
                looks=row[5],
            )
            for row in cursor.fetchall()
        ]
