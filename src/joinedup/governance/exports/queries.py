"""Reads of exports: mine, those that wait for me, one of them and who took it; and which children a list holds.

Belongs here: what was asked for. Not here: what an export holds (operations.contents).
"""

import dataclasses
import datetime
import uuid

from django.conf import settings

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.exports import models, rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries

_MOST_LISTED = 50


class NoSuchExport(Exception):
    """There is no such export, or none that this viewer may know of."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExportCard:
    """One export, without its children; `state` is that of the moment it was asked for."""

    id: uuid.UUID
    number: str
    kind: rules.Kind
    reason: rules.Reason
    why: str
    child_count: int
    left_out_count: int
    state: rules.State
    asked_by_id: uuid.UUID
    asked_by_name: str
    asked_at: datetime.datetime
    expires_at: datetime.datetime
    decided_by_name: str
    decided_at: datetime.datetime | None
    withdrawn_by_name: str
    withdrawn_at: datetime.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TakingCard:
    """One taking of an export."""

    taken_by_name: str
    taken_at: datetime.datetime
    format: rules.Format
    row_count: int
    sha256: str


_COPIED = tuple(field.name for field in dataclasses.fields(ExportCard) if field.name not in {"kind", "reason", "state"})


def card_of(row: models.Export, *, at: datetime.datetime) -> ExportCard:
    """Return an export as it stands at this moment."""
    return ExportCard(
        kind=rules.Kind(row.kind),
        reason=rules.Reason(row.reason),
        state=rules.state_at(kept=rules.State(row.state), expires_at=row.expires_at, at=at),
        **{name: getattr(row, name) for name in _COPIED},
    )


def get_exports(*, viewer: access_rules.Viewer, at: datetime.datetime) -> list[ExportCard]:
    """Return what this viewer asked for, newest first.

    Shapes: 1 query, at most 50. A view must be open.
    """
    rows = models.Export.objects.filter(asked_by_id=rules.who(viewer)).order_by("-asked_at", "-id")[:_MOST_LISTED]
    return [card_of(row, at=at) for row in rows]


def get_waiting(*, viewer: access_rules.Viewer, at: datetime.datetime) -> list[ExportCard]:
    """Return what others of the viewer's agency asked for and a second person must decide, oldest first.

    Shapes: 1 query. A view must be open. Empty for a person who may not agree.
    """
    if not rules.may_be_second(access_queries.get_policy(), viewer.roles):
        return []
    rows = (
        models.Export.objects.filter(state=rules.State.WAITING, expires_at__gt=at, home_id=viewer.home_id)
        .exclude(asked_by_id=rules.who(viewer))
        .order_by("asked_at", "id")
    )
    return [card_of(row, at=at) for row in rows]


def get_export(*, export_id: uuid.UUID, at: datetime.datetime) -> ExportCard:
    """Return one export of the viewer's own or of their agency.

    Shapes: 1 query. A view must be open.
    Errors: NoSuchExport.
    """
    row = models.Export.objects.filter(pk=export_id).first()
    if row is None:
        raise NoSuchExport(export_id)
    return card_of(row, at=at)


def get_takings(*, export_id: uuid.UUID) -> list[TakingCard]:
    """Return who took an export, oldest first.

    Shapes: 1 query. A view must be open.
    """
    rows = models.ExportTaking.objects.filter(export_id=export_id).order_by("taken_at", "id")
    return [
        TakingCard(
            taken_by_name=row.taken_by_name,
            taken_at=row.taken_at,
            format=rules.Format(row.format),
            row_count=row.row_count,
            sha256=row.sha256,
        )
        for row in rows
    ]


def get_child_ids(*, viewer: access_rules.Viewer, kind: rules.Kind, of: str, on: datetime.date) -> list[uuid.UUID]:
    """Return the children of a list, as this viewer may know of them.

    Shapes: `of` is the child's number or the search's token; empty for the viewer's own children.
    Errors: NoSuchChild; NoSuchSearch; TooManyChildren where a search finds more than it can list.
    """
    if kind is rules.Kind.FOUND:
        criteria, purpose = childindex_queries.get_search(token=of, viewer=viewer)
        found = childindex_queries.find_children(viewer=viewer, criteria=criteria, purpose=purpose, on=on)
        if found.is_too_many:
            raise rules.TooManyChildren(len(found.children) + 1, len(found.children))
        return [one.card.id for one in found.children]
    audit_operations.open_view(viewer=viewer, act="exports.list-asked", record_ref=of)
    if kind is rules.Kind.CHILD:
        return [people_queries.get_child(number=of).id]
    return childindex_queries.get_children_of_own_circles(most=settings.EXPORT_MOST_CHILDREN)
