"""Reads of a team's in-basket as a list: narrowed, in order, a part at a time.

Belongs here: what a list shows of each item. Not here: one item whole (reading), what a sender may know (sent).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.inbasket import models, rules
from joinedup.processes.inbasket.queries import people

#: What is late or due stands first; what has no clock stands last.
_DUE, _RECEIVED, _NAME = "due", "received", "name"
SORTS = (_DUE, "-received", _RECEIVED, _NAME, f"-{_NAME}")
_ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    _DUE: (F("due_at").asc(nulls_last=True), "received_at", "id"),
    _RECEIVED: ("received_at", "id"),
    "-received": ("-received_at", "-id"),
    _NAME: ("name", "id"),
    "-name": ("-name", "-id"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item, as a list shows it."""

    id: uuid.UUID
    kind: rules.Kind
    state: rules.State
    name: str
    urgency: rules.Urgency | None
    sender: str
    holder_name: str
    is_mine: bool
    received_at: datetime.datetime
    due_at: datetime.datetime | None
    outcome: rules.Outcome | None
    about_id: uuid.UUID | None

    def is_late(self, *, at: datetime.datetime) -> bool:
        """Return whether what must happen next is late."""
        return self.due_at is not None and at >= self.due_at


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """To what a list is narrowed: whose ("mine", "free" or all), which kind and colour; late or closed ones alone."""

    whose: str = ""
    kind: str = ""
    urgency: str = ""
    is_late: bool = False
    is_closed: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much waits in an in-basket, how much of it nobody has taken, is late, and is one's own."""

    all: int
    free: int
    late: int
    mine: int


def get_items(  # who looks, at which part, in which order
    *,
    viewer: access_rules.Viewer,
    narrowed: Narrowed,
    sort: str,
    first: int,
    count: int,
    at: datetime.datetime,
) -> tuple[list[ItemLine], int, int]:
    """Return a part of the in-baskets that the viewer works, how many there are in all, and from where the part begins.

    Shapes: 5 queries; written into the audit with the children it is about. `first` counts from 1; one beyond the end is that
    of the last part.
    """
    event_id = audit_operations.open_view(viewer=viewer, act="inbasket.seen")
    person = people.get_person(viewer=viewer)
    items = _narrowed(of_person(person), narrowed, person, at=at)
    total = items.count()
    begin = min(first, max(total - 1, 0) // count * count + 1)
    rows = list(items.order_by(*_ORDERS[sort])[begin - 1 : begin - 1 + count])
    audit_operations.add_subjects(
        event_id=event_id, subjects=sorted({row.child_id for row in rows if row.child_id is not None})
    )
    return [_line(row, person) for row in rows], total, begin


def count_waiting(*, viewer: access_rules.Viewer, at: datetime.datetime) -> Waiting:
    """Count what waits in the in-baskets that the viewer works.

    Shapes: 3 queries; nothing for someone who works none.
    """
    if not people.works(viewer.roles):
        return Waiting(all=0, free=0, late=0, mine=0)
    audit_operations.open_view(viewer=viewer, act="inbasket.counted")
    person = people.get_person(viewer=viewer)
    mine = Q(holder_id=person.practitioner_id) & Q(holder__isnull=False)
    counted = (
        of_person(person)
        .exclude(state=rules.State.CLOSED)
        .aggregate(
            all=Count("id"),
            free=Count("id", filter=Q(holder=None)),
            late=Count("id", filter=Q(due_at__lte=at)),
            mine=Count("id", filter=mine),
        )
    )
    return Waiting(**counted)


def of_person(person: rules.Person) -> QuerySet[models.Item]:
    """Return the items in the in-baskets that a person works; the database shows no others."""
    if not person.works or person.agency_id is None or person.team_id is None:
        return models.Item.objects.none()
    items = models.Item.objects.filter(agency_id=person.agency_id)
    if person.is_of_whole_agency or person.is_manager:
        return items
    return items.filter(team_id=person.team_id)


def _narrowed(
    items: QuerySet[models.Item], narrowed: Narrowed, person: rules.Person, *, at: datetime.datetime
) -> QuerySet[models.Item]:
    is_closed = Q(state=rules.State.CLOSED)
    items = items.filter(is_closed if narrowed.is_closed else ~is_closed)
    if narrowed.whose == "mine":
        items = items.filter(holder_id=person.practitioner_id)
    if narrowed.whose == "free":
        items = items.filter(holder_id=None)
    if narrowed.kind:
        items = items.filter(kind=narrowed.kind)
    if narrowed.urgency:
        items = items.filter(urgency="" if narrowed.urgency == "none" else narrowed.urgency)
    if narrowed.is_late:
        items = items.filter(due_at__lte=at)
    return items


def _line(row: models.Item, person: rules.Person) -> ItemLine:
    return ItemLine(
        id=row.id,
        kind=rules.Kind(row.kind),
        state=rules.State(row.state),
        name=row.name,
        urgency=rules.Urgency(row.urgency) if row.urgency else None,
        sender=row.sender,
        holder_name=row.holder_name,
        is_mine=row.holder_id is not None and row.holder_id == person.practitioner_id,
        received_at=row.received_at,
        due_at=row.due_at,
        outcome=rules.Outcome(row.outcome) if row.outcome else None,
        about_id=row.about_id,
    )
