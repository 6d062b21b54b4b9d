"""Data requests: writing one down, confirming it, disputing facts, answering.

Belongs here: translating requests. Not here: words (wording, asking), deciding (governance.rights).
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock
from joinedup.governance.rights import operations as rights_operations
from joinedup.governance.rights import queries as rights_queries
from joinedup.governance.rights import rules as rights_rules
from joinedup.web import context, doors, middleware, presenters
from joinedup.web.datarequests import asking, forms, wording
from joinedup.web.datarequests import presenters as datarequests

MEANWHILE = "Meanwhile something else became of it: see below."
_FORM = "datarequests/form.jinja"


def message_of(request: middleware.Request) -> presenters.Message | None:
    """Return what was just done, once."""
    said = [str(message) for message in messages.get_messages(request)]
    return presenters.Message(heading=" ".join(said)) if said else None


def _form(request: middleware.Request, page: datarequests.FormPage) -> HttpResponse:
    return render(request, _FORM, {"page": page}, status=422 if page.errors else 200)


def _asked(
    request: middleware.Request,
    request_id: uuid.UUID,
    *,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    refusals: Mapping[type[Exception], str],
    done: str,
    page: Callable[[str], datarequests.FormPage],
) -> HttpResponse:
    """Do what a form asks and lead to the request, or show the form again with why it was not done."""
    refused = ""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except tuple(refusals) as refusal:
            refused = next(words for kind, words in refusals.items() if isinstance(refusal, kind))
        else:
            messages.success(request, done)
            return redirect("request", request_id)
    return _form(request, page(refused))


def found(request_id: uuid.UUID) -> rights_queries.RequestCard:
    """Return a request, or a page that is not found."""
    try:
        return rights_queries.get_request(request_id=request_id)
    except rights_queries.NoSuchRequest:
        raise Http404 from None


@require_safe
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.requests-seen")
def requests(request: middleware.Request) -> HttpResponse:
    """Show what was asked."""
    page = wording.requests_page(rights_queries.get_requests(), on=clock.today(), message=message_of(request))
    return render(request, "datarequests/requests.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.RIGHTS)
@doors.stepped_up
def new(request: middleware.Request) -> HttpResponse:
    """Write a request down."""
    form = forms.NewRequest(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            request_id = rights_operations.record(
                **{
                    **given,
                    "kind": rights_rules.Kind(given["kind"]),
                    "asker": rights_rules.Asker(given["asker"]),
                },
                by=request.viewer,
                at=clock.now(),
            )
        except rights_operations.NoSuchChild:
            refused = "No child has this number. Check it against where you read it"
        else:
            return redirect("request", request_id)
    return _form(request, asking.new_page(form, refused=refused))


@require_safe
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.request-seen")
def request_page(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Show one request and what can be done with it."""
    return one_request(request, request_id)


def one_request(request: middleware.Request, request_id: uuid.UUID, *, refused: str = "") -> HttpResponse:
    """Show one request, with why something could not be done."""
    page = wording.request_page(
        found(request_id),
        rights_queries.get_disputes(request_id=request_id),
        viewer_id=request.viewer.user_id,
        on=clock.today(),
        message=None if refused else message_of(request),
        refused=refused,
    )
    return render(request, "datarequests/request.jinja", {"page": page}, status=422 if refused else 200)


@require_POST
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.request-confirm-asked")
def confirm(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Confirm who asked."""
    try:
        rights_operations.confirm(request_id=request_id, by=request.viewer, at=clock.now())
    except rights_queries.NoSuchRequest:
        raise Http404 from None
    except rights_rules.OwnRequest:
        return one_request(
            request, request_id, refused="You wrote this down yourself, so another person must confirm it."
        )
    except rights_rules.NotInState:
        return one_request(request, request_id, refused=MEANWHILE)
    messages.success(request, "Confirmed. You and whoever wrote it down may look at this record until it is answered.")
    return redirect("request", request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.request-extend-asked")
def extend(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Take two more months."""
    card = found(request_id)
    form = forms.Why(request.POST if request.method == "POST" else None)
    once = "It can be done once, within the first month, and not after the answer"
    return _asked(
        request,
        request_id,
        form=form,
        act=lambda given: rights_operations.extend(
            request_id=request_id, why=given["words"], by=request.viewer, at=clock.now()
        ),
        refusals={rights_rules.TooLate: once, rights_rules.NotInState: once},
        done="Two more months. Tell the person who asked why.",
        page=lambda refused: asking.extend_page(form, card, refused=refused),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.request-answer-asked")
def answer(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Close a request with its answer."""
    card = found(request_id)
    form = forms.Answer(request.POST if request.method == "POST" else None)
    return _asked(
        request,
        request_id,
        form=form,
        act=lambda given: rights_operations.answer(
            request_id=request_id,
            outcome=rights_rules.Outcome(given["outcome"]),
            words=given["words"],
            by=request.viewer,
            at=clock.now(),
        ),
        refusals={
            rights_rules.NoPackYet: "Make the copy first: a request for a copy is granted when there is one",
            rights_rules.StillWaiting: "Something that is disputed still waits for a decision",
            rights_rules.NotInState: "It is answered already",
        },
        done="Answered, and closed.",
        page=lambda refused: asking.answer_page(form, card, refused=refused),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.request-dispute-asked")
def dispute(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Mark a fact as disputed."""
    card = found(request_id)
    form = forms.Dispute(request.POST if request.method == "POST" else None)
    refused = ""
    try:
        if form.is_valid():
            given = form.cleaned_data
            rights_operations.dispute(
                request_id=request_id, key=given["key"], words=given["words"], by=request.viewer, at=clock.now()
            )
            messages.success(request, "It is marked as disputed beside its source.")
            return redirect("request", request_id)
    except rights_operations.NoSuchLine:
        refused = "The record no longer says this. Choose again"
    except rights_rules.NotInState:
        return one_request(request, request_id, refused=MEANWHILE)
    try:
        lines = rights_operations.see_record(request=card, by=request.viewer)
    except rights_rules.NotInState:
        return one_request(request, request_id, refused=MEANWHILE)
    return _form(request, asking.dispute_page(form, card, lines, refused=refused))


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.request-decide-asked")
def decide(request: middleware.Request, request_id: uuid.UUID, dispute_id: uuid.UUID) -> HttpResponse:
    """Decide on a disputed fact."""
    card = found(request_id)
    one = next((one for one in rights_queries.get_disputes(request_id=request_id) if one.id == dispute_id), None)
    if one is None:
        raise Http404
    form = forms.Decide(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rights_operations.decide(
                request_id=request_id,
                dispute_id=dispute_id,
                decision=rights_rules.Decision(form.cleaned_data["decision"]),
                why=form.cleaned_data["words"],
                by=request.viewer,
                at=clock.now(),
            )
        except (rights_operations.NoSuchDispute, rights_rules.NotInState):
            return one_request(request, request_id, refused=MEANWHILE)
        messages.success(request, "Decided. It stands beside the fact.")
        return redirect("request", request_id)
    return _form(request, asking.decide_page(form, card, one))
