"""Children who may be lost between services: the list, one child, taking them on, and saying what was found.

Belongs here: translating requests. Not here: words (wording), who is listed (tracking), whom one may see (the database).
"""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.processes.tracking import jobs as tracking_jobs
from joinedup.processes.tracking import operations as tracking_operations
from joinedup.processes.tracking import queries as tracking_queries
from joinedup.processes.tracking import rules as tracking_rules
from joinedup.web import announcing, context, doors, lists, middleware
from joinedup.web.practitioner import purposes
from joinedup.web.tracking import wording

_MINE = "mine"


@require_safe
@doors.may(context.TRACK)
def listed(request: middleware.Request) -> HttpResponse:
    """List the children who may be lost."""
    wanted = wording.asked(request.GET)
    chosen = wanted.narrowed_to("state")
    is_mine = chosen == _MINE
    state = tracking_queries.State.TAKEN if is_mine else tracking_queries.State(chosen or "waiting")
    code, size = wanted.narrowed_to("list"), wording.PAGE_CHILDREN
    asked = tracking_queries.Asked(code=code, state=state, is_mine=is_mine)
    cards = tracking_queries.get_listed(viewer=request.viewer, asked=asked, first=wanted.first - 1, count=size)
    total = tracking_queries.count_listed(viewer=request.viewer, asked=asked)
    first = lists.within(wanted.first, total=total, size=size)
    if first != wanted.first:
        cards = tracking_queries.get_listed(viewer=request.viewer, asked=asked, first=first - 1, count=size)
    page = wording.list_page(
        cards,
        wanted=wanted,
        first=first,
        total=total,
        effects=tracking_queries.get_effects(),
        latest=tracking_queries.get_latest_run(),
        message=announcing.said(request),
    )
    return render(request, "tracking/list.jinja", {"page": page})


@require_POST
@doors.may(context.TRACK)
def search(request: middleware.Request) -> HttpResponse:
    """Ask for the lists to be made anew."""
    audit_operations.record(by=request.viewer, act="tracking.search.asked")
    tracking_jobs.ask()
    messages.success(request, "The lists are being made anew. Open this page again in a minute.")
    return redirect("tracking")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.TRACK)
def listing(request: middleware.Request, listing_id: uuid.UUID) -> HttpResponse:
    """Show one listing, and keep what was found."""
    form = wording.Answer(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, listing_id, form)
    given = form.cleaned_data
    try:
        tracking_operations.answer(
            listing_id=listing_id,
            outcome=tracking_rules.Outcome(given["outcome"]),
            words=given["words"],
            has_concern=given["concern"],
            by=request.viewer,
            at=clock.now(),
        )
    except tracking_rules.NoSuchListing:
        raise Http404 from None
    except tracking_rules.AlreadyAnswered as refusal:
        messages.error(request, f"{wording.ALREADY.format(name=refusal)}.")
        return _page(request, listing_id, form)
    except tracking_rules.NotAPractitioner:
        return _page(request, listing_id, form, refused="Only people who work for an agency here can answer")
    messages.success(request, "What you found is kept.")
    return redirect("tracking")


def _page(
    request: middleware.Request, listing_id: uuid.UUID, form: wording.Answer, *, refused: str = ""
) -> HttpResponse:
    try:
        card = tracking_queries.get_listing(viewer=request.viewer, listing_id=listing_id)
    except tracking_rules.NoSuchListing:
        raise Http404 from None
    # Whoever goes on to the child's page from here looks because of the list, and is not asked again.
    purposes.remember(request.session, number=card.child.number, purpose=childindex_rules.Purpose.TRACKING)
    page = wording.listing_page(card, form, refused=refused, message=announcing.said(request))
    return render(request, "tracking/listing.jinja", {"page": page}, status=422 if form.is_bound else 200)


@require_POST
@doors.may(context.TRACK)
def take(request: middleware.Request, listing_id: uuid.UUID) -> HttpResponse:
    """Take a child on."""
    try:
        tracking_operations.take_on(listing_id=listing_id, by=request.viewer, at=clock.now())
    except tracking_rules.NoSuchListing:
        raise Http404 from None
    except tracking_rules.AlreadyAnswered as refusal:
        messages.error(request, f"{wording.ALREADY.format(name=refusal)}.")
    except tracking_rules.NotAPractitioner:
        messages.error(request, "Only people who work for an agency here can take a child on.")
    else:
        messages.success(request, "You look into it from now on.")
    return redirect("tracked", listing_id)


@require_POST
@doors.may(context.TRACK)
def hand_back(request: middleware.Request, listing_id: uuid.UUID) -> HttpResponse:
    """Let a child wait for someone again."""
    try:
        tracking_operations.hand_back(listing_id=listing_id, by=request.viewer, at=clock.now())
    except tracking_rules.NoSuchListing:
        raise Http404 from None
    except tracking_rules.AlreadyAnswered as refusal:
        messages.error(request, f"{wording.ALREADY.format(name=refusal)}.")
    else:
        messages.success(request, "It waits for someone again.")
    return redirect("tracked", listing_id)
