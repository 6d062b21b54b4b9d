"""The assessments of one child, for whoever opens the child."""

import dataclasses
import datetime
import uuid

from joinedup.foundation.access import rules as access_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.assessment import models, rules
from joinedup.processes.assessment.queries import opening, pages
from joinedup.processes.childindex import queries as childindex_queries


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListedCard:
    """One assessment in a list."""

    id: uuid.UUID
    state: rules.State
    begun_at: datetime.datetime
    begun_by_name: str
    children: int
    signed_number: int
    last_date: datetime.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChildAssessments:
    """A child, their assessments, the newest first, and whether the viewer may begin one."""

    child: people_queries.ChildCard
    listed: tuple[ListedCard, ...]
    may_begin: bool


def get_assessments(*, viewer: access_rules.Viewer, number: str, purpose: str = "") -> ChildAssessments:
    """Return the assessments of a child, and write who looked.

    Shapes: 6 queries whatever their number.
    Errors: NoSuchAssessment for whoever may read nothing of early help on this child; those of open_child.
    """
    opened = childindex_queries.open_child(viewer=viewer, number=number, purpose=purpose, act="assessment.listed")
    may_begin = opening.may_assess(viewer, opened.grounds, viewer.home_id)
    if opening.READ not in opened.tiers and not may_begin:
        raise opening.NoSuchAssessment(number)
    rows = models.Assessment.objects.filter(children__child_id=opened.card.id, children__left_at=None)
    return ChildAssessments(
        child=opened.card, listed=tuple(_listed(row) for row in rows.order_by("-begun_at", "-id")), may_begin=may_begin
    )


def _listed(row: models.Assessment) -> ListedCard:
    due = pages.due_of(row)
    return ListedCard(
        id=row.id,
        state=rules.State(row.state),
        begun_at=row.begun_at,
        begun_by_name=row.begun_by_name,
        children=len(row.child_ids),
        signed_number=row.signed_number,
        last_date=due.last_date if due else None,
    )
