"""Looking in an emergency, and reviewing such looks.

Belongs here: translating requests. Not here: words (wording), whether someone may (breakglass, and the database).
"""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock, ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.breakglass import operations as breakglass_operations
from joinedup.governance.breakglass import queries as breakglass_queries
from joinedup.governance.breakglass import rules as breakglass_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import announcing, context, doors, lists, middleware
from joinedup.web.emergencies import wording
from joinedup.web.practitioner import purposes

_REFUSED = "You cannot look in an emergency at this child. Ring the service that answers, or your manager"
_WAITING, _REVIEWED = "waiting", "reviewed"


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
@doors.stepped_up
def break_glass(request: middleware.Request, number: str) -> HttpResponse:
    """Ask what the emergency is, and open the child's record for an hour."""
    known = ids.child_number(number)
    if known is None:
        raise Http404
    # What the page then says is the same for every number.
    is_from_stub = request.GET.get("sealed") == "yes"
    form = wording.Break(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = wording.break_page(form, number=known, is_from_stub=is_from_stub)
        return render(request, "emergencies/break.jinja", {"page": page}, status=422 if form.is_bound else 200)
    spoken = form.spoken()
    try:
        children = childindex_queries.get_household(
            viewer=request.viewer,
            number=known,
            purpose=childindex_rules.Purpose.EMERGENCY,
            reason=spoken.words,
            is_whole=form.cleaned_data["household"],
        )
        breakglass_operations.break_glass(child_ids=children, spoken=spoken, by=request.viewer, at=request.session.at)
    except people_queries.NoSuchChild:
        _look_past_seal(request, known, spoken)
    except breakglass_operations.NotAllowed:
        audit_operations.record_denial(viewer=request.viewer, act="breakglass.broken", record_ref=known)
        page = wording.break_page(form, number=known, refused=_REFUSED)
        return render(request, "emergencies/break.jinja", {"page": page}, status=422)
    purposes.remember(request.session, number=known, purpose=childindex_rules.Purpose.EMERGENCY, reason=spoken.words)
    return redirect("child", known)


def _look_past_seal(request: middleware.Request, number: str, spoken: breakglass_rules.Spoken) -> None:
    """Look at a child who is sealed; whoever may not is told what is told of a child who never was.

    One child alone, whatever was asked of the household.
    """
    try:
        breakglass_operations.look_past_seal(number=number, spoken=spoken, by=request.viewer, at=clock.now())
    except breakglass_operations.NotAllowed:
        audit_operations.record_denial(viewer=request.viewer, act="breakglass.overridden", record_ref=number)
        raise Http404 from None


@require_POST
@doors.may(context.FIND)
def leave(request: middleware.Request, number: str) -> HttpResponse:
    """End one's emergency look at a child before its hour is over."""
    known = ids.child_number(number)
    if known is None:
        raise Http404
    breakglass_operations.leave(number=known, by=request.viewer)
    messages.success(request, "The emergency look is over.")
    return redirect("find")


@require_safe
@doors.may(context.REVIEW)
def reviews(request: middleware.Request) -> HttpResponse:
    """List the emergency looks of others: those that wait, or those reviewed."""
    wanted = lists.asked(
        request.GET,
        path=reverse("emergencies"),
        sorts=("due",),
        narrowings={"state": {_WAITING: "", _REVIEWED: ""}},
    )
    is_waiting = wanted.narrowed_to("state") != _REVIEWED
    looks = breakglass_queries.get_looks(
        viewer=request.viewer, is_waiting=is_waiting, first=wanted.first - 1, count=wording.PAGE_LOOKS
    )
    total = breakglass_queries.count_looks(viewer=request.viewer, is_waiting=is_waiting)
    first = lists.within(wanted.first, total=total, size=wording.PAGE_LOOKS)
    if first != wanted.first:
        looks = breakglass_queries.get_looks(
            viewer=request.viewer, is_waiting=is_waiting, first=first - 1, count=wording.PAGE_LOOKS
        )
    page = wording.reviews_page(
        looks, wanted=wanted, first=first, total=total, is_waiting=is_waiting, message=announcing.said(request)
    )
    return render(request, "emergencies/reviews.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.REVIEW)
def review(request: middleware.Request, look_id: uuid.UUID) -> HttpResponse:
    """Show one emergency look, and keep what the reviewer found."""
    try:
        look = breakglass_queries.get_look(viewer=request.viewer, look_id=look_id)
    except breakglass_queries.NoSuchLook:
        raise Http404 from None
    form = wording.Review(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = wording.review_page(look, form)
        return render(request, "emergencies/review.jinja", {"page": page}, status=422 if form.is_bound else 200)
    try:
        breakglass_operations.review(
            look_id=look_id,
            outcome=breakglass_rules.Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            by=request.viewer,
            at=clock.now(),
        )
    except breakglass_rules.MayNotReview:
        audit_operations.record_denial(viewer=request.viewer, act="breakglass.reviewed", record_ref=str(look_id))
        page = wording.review_page(look, form, refused="Someone has reviewed this look already")
        return render(request, "emergencies/review.jinja", {"page": page}, status=422)
    messages.success(request, "Your review is kept.")
    return redirect("emergencies")
