"""Retention: what is due, holds, approvals, certificates.

Belongs here: translating requests. Not here: words (wording), deciding (governance.rights).
"""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock
from joinedup.governance.rights import operations as rights_operations
from joinedup.governance.rights import queries as rights_queries
from joinedup.governance.rights import rules as rights_rules
from joinedup.web import context, doors, middleware, presenters
from joinedup.web.retention import forms, wording


def _message(request: middleware.Request) -> presenters.Message | None:
    said = [str(message) for message in messages.get_messages(request)]
    return presenters.Message(heading=" ".join(said)) if said else None


@require_safe
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.retention-seen")
def retention(request: middleware.Request) -> HttpResponse:
    """Show what is due, what is held and what was deleted."""
    page = wording.retention_page(
        due=rights_queries.get_due(),
        holds=rights_queries.get_holds(),
        certificates=rights_queries.get_certificates(),
        message=_message(request),
    )
    return render(request, "retention/retention.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.RIGHTS)
@doors.stepped_up
def hold(request: middleware.Request) -> HttpResponse:
    """Place a hold."""
    form = forms.Hold(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            rights_operations.place(
                number=given["number"],
                reason=rights_rules.HoldReason(given["reason"]),
                why=given["why"],
                by=request.viewer,
                at=clock.now(),
            )
        except rights_operations.NoSuchChild:
            refused = "No child has this number. Check it against where you read it"
        else:
            messages.success(request, "The hold stands. The record is not deleted until it is lifted.")
            return redirect("retention")
    page = wording.hold_page(form, refused=refused)
    return render(request, "retention/hold.jinja", {"page": page}, status=422 if page.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.hold-seen")
def lift(request: middleware.Request, hold_id: uuid.UUID) -> HttpResponse:
    """Lift a hold."""
    try:
        card = rights_queries.get_hold(hold_id=hold_id)
    except rights_queries.NoSuchHold:
        raise Http404 from None
    form = forms.Lift(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            rights_operations.lift(hold_id=hold_id, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        except rights_rules.NotHeld:
            messages.success(request, "It was lifted already.")
        else:
            messages.success(request, "The hold is lifted. The schedule decides again.")
        return redirect("retention")
    page = wording.lift_page(form, card)
    return render(request, "retention/hold.jinja", {"page": page}, status=422 if page.errors else 200)


@require_POST
@doors.may(context.RIGHTS)
@doors.stepped_up
def approve(request: middleware.Request, due_id: uuid.UUID) -> HttpResponse:
    """Approve that a record is deleted."""
    try:
        rights_operations.approve(due_id=due_id, by=request.viewer, at=clock.now())
    except rights_queries.NoSuchDeletion:
        raise Http404 from None
    messages.success(request, "Approved. The command joinedup retention delete deletes it, unless a hold comes first.")
    return redirect("retention")


@require_safe
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.certificate-seen")
def certificate(request: middleware.Request, certificate_id: uuid.UUID) -> HttpResponse:
    """Show one certificate."""
    try:
        card = rights_queries.get_certificate(certificate_id=certificate_id)
    except rights_queries.NoSuchDeletion:
        raise Http404 from None
    return render(request, "retention/certificate.jinja", {"page": wording.certificate_page(card)})
