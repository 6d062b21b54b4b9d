"""Keeping seals: what waits for a second officer, records that may be about a sealed child, and who is sealed.

Belongs here: translating requests. Not here: words (wording), that it takes two (sealing, and the database).
"""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock, ids
from joinedup.governance.sealing import operations as sealing_operations
from joinedup.governance.sealing import queries as sealing_queries
from joinedup.governance.sealing import rules as sealing_rules
from joinedup.processes.childindex import jobs as childindex_jobs
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import announcing, context, doors, middleware
from joinedup.web.shield import wording

_AGREE = "agree"
_SAME, _OTHER = "same", "other"


@require_safe
@doors.may(context.SEAL)
@doors.stepped_up
def sealed(request: middleware.Request) -> HttpResponse:
    """Show what waits, which records are held, and who is sealed."""
    page = wording.sealed_page(
        requests=sealing_queries.get_waiting(viewer=request.viewer),
        held=childindex_queries.get_held(viewer=request.viewer),
        children=childindex_queries.get_sealed(viewer=request.viewer),
        work=sealing_queries.get_open_work(),
        message=announcing.said(request),
    )
    return render(request, "shield/sealed.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.SEAL)
@doors.stepped_up
def ask(request: middleware.Request) -> HttpResponse:
    """Ask another officer to agree to a seal, or to lifting one."""
    number = ids.child_number(request.GET.get("lift", "")) or ""
    kind = sealing_rules.Kind.LIFT if number else sealing_rules.Kind.SET
    form = wording.Ask(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        try:
            sealing_operations.ask(
                number=form.cleaned_data["number"], asked=form.asked(kind), by=request.viewer, at=clock.now()
            )
        except sealing_rules.NotDone as reason:
            refused = wording.ANSWERS[reason.answer]
        else:
            messages.success(request, "Another shield officer is asked to agree.")
            return redirect("sealed")
    page = wording.ask_page(form, kind=kind, number=number, refused=refused)
    return render(request, "shield/ask.jinja", {"page": page}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.SEAL)
@doors.stepped_up
def decide(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Show what another officer asked; agree to it, refuse it, or take one's own back."""
    try:
        card = sealing_queries.get_request(viewer=request.viewer, request_id=request_id)
        if request.method != "POST":
            work = sealing_queries.get_open_work().get(card.child_id, ())
            return render(request, "shield/request.jinja", {"page": wording.request_page(card, work)})
        agrees = request.POST.get("answer") == _AGREE
        sealing_operations.decide(request_id=request_id, agrees=agrees, by=request.viewer, at=clock.now())
    except sealing_queries.NoSuchRequest:
        raise Http404 from None
    except sealing_rules.NotDone as reason:
        messages.error(request, wording.ANSWERS[reason.answer])
        return redirect("sealed")
    if agrees:
        # Whoever lives with the child is described anew, and what was held is looked at again.
        childindex_jobs.link.configure(queueing_lock=None).defer()
    messages.success(request, wording.decided(card, agrees=agrees))
    return redirect("sealed")


@require_POST
@doors.may(context.SEAL)
@doors.stepped_up
def settle(request: middleware.Request, held_id: uuid.UUID) -> HttpResponse:
    """Say whether a record that was held is about the sealed child."""
    answer = request.POST.get("answer")
    if answer not in {_SAME, _OTHER}:
        raise Http404
    try:
        sealing_operations.settle_held(held_id=held_id, is_same=answer == _SAME, by=request.viewer, at=clock.now())
    except sealing_rules.NotDone:
        raise Http404 from None
    childindex_jobs.link.configure(queueing_lock=None).defer()
    messages.success(request, "The record is linked to the child." if answer == _SAME else "The record is let go.")
    return redirect("sealed")
