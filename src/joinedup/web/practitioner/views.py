"""Finding a child, reading the child's page, following a fact to its source record.

Belongs here: translating requests. Not here: wording (finding, showing, origins), deciding who may see what.
"""

import dataclasses
import datetime
import re
import urllib.parse
import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock, ids
from joinedup.foundation.access import rules as access_rules
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.rights import queries as rights_queries
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.protection import queries as protection_queries
from joinedup.web import addresses, announcing, context, doors, middleware, presenters, voices
from joinedup.web.practitioner import (
    disputing,
    episodes,
    finding,
    forms,
    history,
    origins,
    protecting,
    purposes,
    showing,
)

#: The action of the matrix by which early help and assessments are read.
_READ = "T2"
#: The action by which enquiries, conferences and protection plans are read.
_STATUTORY = "T3"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
def find(request: middleware.Request) -> HttpResponse:
    """Ask whom to find, and lead to an address that says nothing of them."""
    form = forms.Find(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        token = childindex_operations.begin_search(
            criteria=form.criteria(), purpose="", by=request.viewer, at=clock.now()
        )
        return redirect("found", token)
    page = finding.find_page(form, message=announcing.said(request))
    return render(request, "practitioner/find.jinja", {"page": page}, status=422 if form.is_bound else 200)


@require_safe
@doors.may(context.FIND)
def found(request: middleware.Request, token: str) -> HttpResponse:
    """Show who fits what was asked."""
    if not _TOKEN.fullmatch(token):
        raise Http404
    try:
        criteria, purpose = childindex_queries.get_search(token=token, viewer=request.viewer)
    except childindex_queries.NoSuchSearch:
        raise Http404 from None
    on = clock.today()
    wanted = finding.asked_of(request.GET, token)
    answer = childindex_queries.find_children(viewer=request.viewer, criteria=criteria, purpose=purpose, on=on)
    offers = finding.Offers(
        override=context.may(request.viewer, context.OVERRIDE), sealed_record=context.may(request.viewer, context.SEAL)
    )
    page = finding.found_page(criteria=criteria, found=answer, wanted=wanted, token=token, on=on, offers=offers)
    page = dataclasses.replace(page, export_href=_export_href(request, "found", token))
    return render(request, "practitioner/found.jinja", {"page": page})


def _number(given: str) -> str:
    number = ids.child_number(given)
    if number is None:
        raise Http404
    return number


@require_safe
@doors.may(context.FIND)
def child(request: middleware.Request, number: str) -> HttpResponse:
    """Show one child whole; ask why first where no work of the viewer's says it."""
    number = _number(number)
    purpose, reason = purposes.recall(request.session, number=number)
    on = clock.today()
    search = _search(request)
    agencies = {card.code: card.name for card in agencies_queries.get_agencies()} if request.GET.get("agency") else {}
    wanted = history.asked(request.GET, number, agencies=agencies, kept=(("search", search),) if search else ())
    try:
        whole = childindex_queries.get_child_page(
            viewer=request.viewer,
            number=number,
            purpose=purpose,
            reason=reason,
            on=on,
            chronology=history.part_of(wanted, request.GET),
        )
    except childindex_queries.ReasonNeeded:
        page = finding.reason_page(forms.Why(), number=number)
        return render(request, "practitioner/reason.jinja", {"page": page})
    except childindex_queries.SecondFactorNeeded:
        return redirect(f"{reverse('step-up')}?{urllib.parse.urlencode({'next': request.path})}")
    except people_queries.NoSuchChild:
        raise Http404 from None
    if whole.card.number != number:
        return redirect("child", whole.card.number)
    shown = history.chronology(number, whole.chronology, wanted, agencies=agencies)
    marks = rights_queries.get_marks(child_id=whole.card.id)
    helped_here = casework_queries.get_episodes(viewer=request.viewer, child_id=whole.card.id, grounds=whole.grounds)
    protected_here = protection_queries.get_lines(child_id=whole.card.id, tiers=whole.tiers)
    heard = _heard(request.viewer, whole, on=on)
    # Reading who looked opens a view of its own: what is read of the child is read before.
    page_shown = showing.child_page(
        whole, shown, on=on, back=_back(search), last_looks=_last_looks(request.viewer, whole)
    )
    page_shown = disputing.marked(page_shown, marks)
    page_shown = dataclasses.replace(
        page_shown,
        export_href=_export_href(request, "child", number),
        identity_href=reverse("identity", args=[number]) if context.may_link(request.viewer) else "",
        help_href=reverse("child-help", args=[number]) if context.may(request.viewer, context.WRITE) else "",
        episodes=episodes.episodes(number, helped_here),
        new_episode_href=reverse("episode-new", args=[number]) if context.may(request.viewer, context.WRITE) else "",
        assessments_href=reverse("assessments", args=[number]) if _READ in whole.tiers else "",
        protection=protecting.concerns(protected_here),
        protection_href=reverse("protection", args=[number]) if _STATUTORY in whole.tiers else "",
        heard=heard,
    )
    return render(request, "practitioner/child.jinja", {"page": page_shown})


def _heard(viewer: access_rules.Viewer, whole: childindex_queries.ChildPage, *, on: datetime.date) -> voices.Heard:
    """Return what the child thinks and wants known, as far as they let this viewer see it."""
    card = whole.card
    return voices.heard(
        participation_queries.get_views(viewer=viewer, child_id=card.id, grounds=whole.grounds, on=on),
        participation_queries.get_about(child_id=card.id),
        href=reverse("voice", args=[card.number]),
    )


def _last_looks(
    viewer: access_rules.Viewer, whole: childindex_queries.ChildPage
) -> list[assurance_queries.LookCard] | None:
    """Return who looked at the child last, for those who may read it."""
    card = whole.card
    try:
        return assurance_queries.get_last_looks(
            viewer=viewer, child_id=card.id, number=card.number, grounds=whole.grounds, at=clock.now()
        )
    except assurance_queries.MayNotSeeWhoLooked:
        return None


def _export_href(request: middleware.Request, kind: str, of: str) -> str:
    """Return where what is shown can be taken out, for those who may ever do so."""
    is_offered = context.may(request.viewer, context.EXPORT)
    return f"{reverse('export-ask', args=[kind])}?of={of}" if is_offered else ""


def _search(request: middleware.Request) -> str:
    """Return the search that the person came from; it goes along from page to page."""
    token = request.GET.get("search", "")
    return token if _TOKEN.fullmatch(token) else ""


def _back(token: str) -> presenters.Link:
    if token:
        return presenters.Link(text="Back to the children found", href=reverse("found", args=[token]))
    return presenters.Link(text="Find a child", href=addresses.of("find"))


@require_http_methods(["POST"])
@doors.may(context.FIND)
def why(request: middleware.Request, number: str) -> HttpResponse:
    """Keep the reason, and lead to the page it was given for."""
    number = _number(number)
    form = forms.Why(request.POST)
    if not form.is_valid():
        page = finding.reason_page(form, number=number)
        return render(request, "practitioner/reason.jinja", {"page": page}, status=422)
    given = form.cleaned_data
    purposes.remember(request.session, number=number, purpose=given["reason"], reason=given["note"])
    return redirect("child", number)


@require_safe
@doors.may(context.FIND)
def source_record(request: middleware.Request, number: str, record_id: uuid.UUID) -> HttpResponse:
    """Show where a fact came from."""
    number = _number(number)
    purpose, _ = purposes.recall(request.session, number=number)
    try:
        record = childindex_queries.get_record_page(
            viewer=request.viewer, source_record_id=record_id, number=number, purpose=purpose
        )
    except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
        return redirect("child", number)
    except (records_queries.NoSuchSourceRecord, people_queries.NoSuchChild):
        raise Http404 from None
    may_see_batch = context.may(request.viewer, context.FILES)
    page = origins.record_page(record, may_see_batch=may_see_batch)
    return render(request, "practitioner/source_record.jinja", {"page": page})
