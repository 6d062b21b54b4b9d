"""A child's or parent's own pages to read: my page, my plan, who looked.

Belongs here: translating requests. Not here: words (wording), whose page it is (entering), what they say (telling).
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.assurance.rules import family as assurance_family
from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.participation import queries as participation_queries
from joinedup.web import announcing, context, doors, middleware, presenters
from joinedup.web.family import entering, wording


@require_safe
@doors.lets_in(context.has_own_page)
def my_pages(request: middleware.Request) -> HttpResponse:
    """Lead to the page that is the viewer's own, or ask which of several."""
    pages = entering.pages(request)
    if len(pages) == 1:
        return redirect("my-page", pages[0].number)
    links = tuple(presenters.Link(text=page.name, href=reverse("my-page", args=[page.number])) for page in pages)
    return entering.closed(request, links=links)


@require_safe
@entering.own_page
def my_page(request: middleware.Request, own: entering.Own) -> HttpResponse:
    """Show who helps, and where one can go."""
    on = clock.today()
    services = records_queries.get_help(person_record_ids=own.opened.person_record_ids)
    page = wording.my_page(
        own.number,
        name=own.opened.card.given_name or own.page.name,
        is_child=own.is_child,
        plans=plans_of(request, own),
        services=[line for line in services if wording.is_now(line, on=on)],
        answers=sum(view.answered_at is not None for view in views_of(request, own)),
        message=announcing.said(request),
    )
    return render(request, "family/mine.jinja", {"page": page})


def plans_of(request: middleware.Request, own: entering.Own) -> tuple[casework_queries.OwnPlan, ...]:
    """Return the open plans as whose page it is reads them."""
    return casework_queries.get_own_plans(viewer=request.viewer, child_id=own.page.child_id, grounds=own.opened.grounds)


def views_of(request: middleware.Request, own: entering.Own) -> list[participation_queries.ViewCard]:
    """Return what whose page it is said before."""
    return participation_queries.get_views(
        viewer=request.viewer, child_id=own.page.child_id, grounds=own.opened.grounds, on=clock.today()
    )


@require_safe
@entering.own_page
def my_plan(request: middleware.Request, own: entering.Own) -> HttpResponse:
    """Show the plan: what is wanted, and who does what by when."""
    page = wording.plan_page(plans_of(request, own), number=own.number, is_child=own.is_child)
    return render(request, "family/plan.jinja", {"page": page})


@require_safe
@entering.own_page
def my_looks(request: middleware.Request, own: entering.Own) -> HttpResponse:
    """Show who looked, as late and as nameless as the family's version is."""
    at, card = clock.now(), own.opened.card
    if own.is_child:
        view = assurance_queries.get_childs_version(viewer=request.viewer, child=card, at=at)
    else:
        view = assurance_queries.get_parents_version(
            viewer=request.viewer, child=card, parent_ref=own.page.parent_ref, at=at
        )
    page = wording.who_looked_page(
        view,
        reader=assurance_family.Reader(own.page.voice.value),
        after_days=settings.LOOKS_SHOWN_TO_FAMILY_AFTER_DAYS,
        back=wording.back(own.number),
    )
    return render(request, "family/who_looked.jinja", {"page": page})
