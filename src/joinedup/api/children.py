"""Operations on one child, by child number: the card, each part, the child whole, and the source of a fact.

Belongs here: translating requests. What cannot be shown is not found, whatever the reason (api).
"""

import uuid
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path, Query, Router

from joinedup.api import asked, asking, declared, presenters, problems, shapes
from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock, ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries

router = Router(tags=["children"])

Number = Annotated[str, Path(description="A child number: nine characters, in any case, with or without spaces")]


def _look(request: asking.Request, number: str, purpose: str | None) -> childindex_queries.Look:
    asking.check_may_find(request, act="child")
    as_kept = ids.child_number(number)
    if as_kept is None:
        raise people_queries.NoSuchChild
    return childindex_queries.Look(viewer=request.viewer, number=as_kept, purpose=purpose or "")


@router.get("/{number}", response=declared.of_child(shapes.Card))
def get_child(request: asking.Request, number: Number, purpose: asked.GivenPurpose = None) -> people_queries.ChildCard:
    """Who the child is."""
    return childindex_queries.get_card(_look(request, number, purpose))


@router.post("/{number}/open", response=declared.of_child(shapes.Whole, posts=True))
def open_child(request: asking.Request, number: Number, opening: asked.Opening) -> dict[str, Any]:
    """The child whole, for a purpose that is given with words, as when a person opens the child's page."""
    look = _look(request, number, opening.purpose)
    child = childindex_queries.get_child_page(
        viewer=look.viewer,
        number=look.number,
        purpose=look.purpose,
        reason=opening.reason,
        on=clock.today(),
    )
    return presenters.whole(child)


@router.get("/{number}/facts", response=declared.of_child(shapes.Facts))
def get_facts(request: asking.Request, number: Number, purpose: asked.GivenPurpose = None) -> dict[str, Any]:
    """What agencies state of the child, with whoever says otherwise."""
    return {"facts": presenters.facts(childindex_queries.get_facts(_look(request, number, purpose)))}


@router.get("/{number}/helping", response=declared.of_child(shapes.Helping))
def get_helping(
    request: asking.Request, number: Number, purpose: asked.GivenPurpose = None
) -> childindex_queries.Helping:
    """Who helps, who helped, and who answers for the child."""
    return childindex_queries.get_helping(_look(request, number, purpose), on=clock.today())


@router.get("/{number}/chronology", response=declared.of_child(shapes.Chronology))
def get_chronology(
    request: asking.Request,
    number: Number,
    part: Annotated[asked.PartOfChronology, Query()],
    purpose: asked.GivenPurpose = None,
) -> dict[str, Any]:
    """A part of what happened; a beginning beyond the end is the last part."""
    look = _look(request, number, purpose)
    return presenters.chronology(childindex_queries.get_part_of_chronology(look, asked=part.as_asked()))


@router.get("/{number}/relatives", response=declared.of_child(shapes.Near))
def get_relatives(
    request: asking.Request, number: Number, purpose: asked.GivenPurpose = None
) -> childindex_queries.Near:
    """Who is named beside the child, and which other children live at the address."""
    return childindex_queries.get_near(_look(request, number, purpose))


@router.get("/{number}/records", response=declared.of_child(shapes.LinkedRecords))
def get_records(request: asking.Request, number: Number, purpose: asked.GivenPurpose = None) -> dict[str, Any]:
    """The records that are linked to the child, and on what evidence."""
    return {"records": childindex_queries.get_records(_look(request, number, purpose))}


@router.get("/{number}/records/{uuid:record_id}", response=declared.of_child(shapes.Source))
def get_source_record(
    request: asking.Request,
    number: Number,
    record_id: Annotated[uuid.UUID, Path()],
    purpose: asked.GivenPurpose = None,
) -> dict[str, Any]:
    """Where a fact came from."""
    look = _look(request, number, purpose)
    page = childindex_queries.get_record_page(
        viewer=look.viewer, source_record_id=record_id, number=look.number, purpose=look.purpose
    )
    return presenters.source(page)


def not_found(request: Any, error: Any) -> HttpResponse:
    """Answer for a child, a record or a search that is not there for this viewer; that they asked is written down."""
    audit_operations.record_denial(viewer=request.viewer, act="api.not-found", record_ref="")
    return problems.answer("not-found")


def reason_needed(request: Any, error: Any) -> HttpResponse:
    """Answer for a child who may be seen once a purpose is given; those who may not find the child never come here."""
    audit_operations.record_denial(viewer=request.viewer, act="api.reason-needed", record_ref=str(error))
    return problems.answer("reason-needed")


ReasonNeeded = childindex_queries.ReasonNeeded
#: What of the rings means that there is nothing here for this viewer.
ABSENT = (
    people_queries.NoSuchChild,
    records_queries.NoSuchSourceRecord,
    childindex_queries.NoSuchSearch,
    # Whoever keeps the seals shows a second factor on a page; here a sealed child is absent until they have.
    childindex_queries.SecondFactorNeeded,
)
