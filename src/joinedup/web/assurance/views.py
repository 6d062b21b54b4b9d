"""Reviewing unusual looking: the queue, one week of one person, opening the case, deciding; and the published rates.

Belongs here: translating requests. Not here: words (wording), who may review whom (assurance).
"""

import uuid

from django import forms
from django.contrib import messages
from django.core import exceptions
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import clock
from joinedup.governance.assurance import operations as assurance_operations
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.assurance.rules import reviewing
from joinedup.web import context, doors, lists, middleware, presenters
from joinedup.web.assurance import wording

_TOO_SHORT = f"Enter at least {reviewing.LEAST_REASON_LETTERS} letters"
_KINDS = ("role", "agency", "ethnicity")


class Opening(forms.Form):
    """Why a case is opened."""

    reason = forms.CharField(
        min_length=reviewing.LEAST_REASON_LETTERS,
        max_length=500,
        error_messages={"required": "Enter why you open the case", "min_length": _TOO_SHORT},
    )


class Deciding(forms.Form):
    """What a reviewer found, and how."""

    outcome = forms.ChoiceField(
        choices=[(outcome.value, outcome.value) for outcome in reviewing.Outcome],
        error_messages={"required": "Choose what you found", "invalid_choice": "Choose one of the answers"},
    )
    note = forms.CharField(
        min_length=reviewing.LEAST_REASON_LETTERS,
        max_length=2000,
        error_messages={"required": "Enter what you did to find out", "min_length": _TOO_SHORT},
    )


def _message(request: middleware.Request) -> presenters.Message | None:
    said = [str(message) for message in messages.get_messages(request)]
    return presenters.Message(heading=" ".join(said)) if said else None


@require_safe
@doors.may(context.REVIEW)
@doors.opens("assurance.unusual.listed")
def queue(request: middleware.Request) -> HttpResponse:
    """Show the weeks to review, of people outside the viewer's team."""
    agencies = agencies_queries.get_agencies()
    wanted = wording.asked(request.GET, agencies)
    state, agency_code = wanted.narrowed_to("state"), wanted.narrowed_to("agency")
    total = assurance_queries.count_alerts(viewer=request.viewer, state=state, agency_code=agency_code)
    first = lists.within(wanted.first, total=total, size=wording.PAGE_ALERTS)
    alerts = assurance_queries.get_alerts(
        viewer=request.viewer,
        first=first - 1,
        count=wording.PAGE_ALERTS,
        state=state,
        agency_code=agency_code,
        order=assurance_queries.Order(wanted.sort.lstrip("-")),
        is_descending=wanted.is_descending,
    )
    page = wording.queue_page(
        alerts=alerts, first=first, total=total, wanted=wanted, agencies=agencies, message=_message(request)
    )
    return render(request, "assurance/queue.jinja", {"page": page})


@require_safe
@doors.may(context.REVIEW)
def alert(request: middleware.Request, alert_id: uuid.UUID) -> HttpResponse:
    """Show one week of one person."""
    return _alert_page(request, alert_id)


def _alert_page(request: middleware.Request, alert_id: uuid.UUID, form: forms.Form | None = None) -> HttpResponse:
    try:
        found = assurance_queries.get_alert(viewer=request.viewer, alert_id=alert_id)
    except assurance_queries.NoSuchAlert:
        raise Http404 from None
    errors = {} if form is None else {name: str(said[0]) for name, said in form.errors.items() if said}
    page = wording.alert_page(found, given=request.POST, errors=errors, message=_message(request))
    return render(request, "assurance/alert.jinja", {"page": page}, status=422 if errors else 200)


@require_POST
@doors.may(context.REVIEW)
def open_case(request: middleware.Request, alert_id: uuid.UUID) -> HttpResponse:
    """Name the children of an alert, for a reason."""
    form = Opening(request.POST)
    if not form.is_valid():
        return _alert_page(request, alert_id, form)
    try:
        assurance_operations.open_case(
            alert_id=alert_id, reason=form.cleaned_data["reason"], by=request.viewer, at=clock.now()
        )
    except assurance_queries.NoSuchAlert:
        raise Http404 from None
    except reviewing.NotOutside:
        raise exceptions.PermissionDenied from None
    return redirect("unusual-look", alert_id)


@require_POST
@doors.may(context.REVIEW)
def decide(request: middleware.Request, alert_id: uuid.UUID) -> HttpResponse:
    """Keep what a reviewer found."""
    form = Deciding(request.POST)
    if not form.is_valid():
        return _alert_page(request, alert_id, form)
    try:
        assurance_operations.decide(
            alert_id=alert_id,
            outcome=reviewing.Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            by=request.viewer,
            at=clock.now(),
        )
    except assurance_queries.NoSuchAlert:
        raise Http404 from None
    except reviewing.NotOutside:
        raise exceptions.PermissionDenied from None
    except assurance_operations.AlreadyDecided:
        messages.warning(request, "Somebody had decided this already. What they decided stands.")
        return redirect("unusual-look", alert_id)
    except assurance_operations.NotOpened:
        return redirect("unusual-look", alert_id)
    messages.success(request, "Your decision is kept.")
    return redirect("looking")


@require_safe
def rates(request: middleware.Request) -> HttpResponse:
    """Show how often looking was questioned; it names nobody and is for everyone."""
    on = clock.today()
    by_kind = {kind: assurance_queries.get_rates(kind=kind, on=on) for kind in _KINDS}
    agencies = {card.code: card.name for card in agencies_queries.get_agencies()}
    return render(request, "assurance/rates.jinja", {"page": wording.rates_page(by_kind, agencies)})
