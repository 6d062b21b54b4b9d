"""The door of a family's pages: whose page it is, and that it is open to them now.

Belongs here: leading a signed-in child or parent to their own page. Not here: what stands on it (views, telling).
"""

import dataclasses
import functools
from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render

from joinedup.foundation import clock, ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import context, doors, middleware, presenters
from joinedup.web.family import presenters as family

_SEEN = "participation.page.seen"
#: The same words whatever the reason.
CLOSED = family.ClosedPage(
    heading="Your page is not open now", words="Ask the worker you know best. They can tell you more."
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A page that is the viewer's own and open to them, with the child as they may read them."""

    page: participation_queries.OwnPage
    opened: childindex_queries.Opened

    @property
    def number(self) -> str:
        """Return the child's number."""
        return self.page.number

    @property
    def is_child(self) -> bool:
        """Return whether it is the child who reads, and not a parent."""
        return self.page.voice is participation_rules.Voice.CHILD


Shown = Callable[[middleware.Request, Own], HttpResponse]


def own_page(view: Shown) -> Callable[[middleware.Request, str], HttpResponse]:
    """Let in only whose page it is; any other number is no page at all, and that it was asked for is written down."""

    @doors.lets_in(context.has_own_page)
    @functools.wraps(view)
    def guarded(request: middleware.Request, number: str) -> HttpResponse:
        own = _enter(request, number)
        return closed(request) if own is None else view(request, own)

    return guarded


def _enter(request: middleware.Request, number: str) -> Own | None:
    """Open the viewer's own page; nothing where it is closed to them now.

    Errors: Http404.
    """
    asked = ids.child_number(number)
    page = next((one for one in pages(request) if one.number == asked), None)
    if page is None:
        audit_operations.record_denial(viewer=request.viewer, act=_SEEN, record_ref=asked or "")
        raise Http404
    try:
        opened = childindex_queries.open_child(viewer=request.viewer, number=page.number, purpose="", act=_SEEN)
    except people_queries.NoSuchChild:
        raise Http404 from None
    own = Own(page=page, opened=opened)
    return own if own.is_child or _is_open_to_parent(own) else None


def _is_open_to_parent(own: Own) -> bool:
    """Return whether a practitioner recorded that it is safe, and the child is not grown up."""
    if participation_rules.is_grown_up(birth_date=own.opened.card.birth_date, on=clock.today()):
        return False
    return assurance_queries.is_parents_page_safe(
        child_id=own.page.child_id, parent_ref=own.page.parent_ref, at=clock.now()
    )


def pages(request: middleware.Request) -> list[participation_queries.OwnPage]:
    """Return the pages that are the viewer's own."""
    return participation_queries.get_own_pages(viewer=request.viewer)


def several(links: tuple[presenters.Link, ...]) -> family.ClosedPage:
    """Ask which of several pages is wanted."""
    return family.ClosedPage(heading="My pages", words="Pick one.", links=links)


def closed(request: middleware.Request, *, links: tuple[presenters.Link, ...] = ()) -> HttpResponse:
    """Say that there is nothing to read here now, or ask which of several pages is wanted."""
    return render(request, "family/closed.jinja", {"page": several(links) if links else CLOSED})
