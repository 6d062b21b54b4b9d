"""Asking for help for a child, and what became of what one sent.

Belongs here: translating requests. Not here: words (helpwording), who may (inbasket).
"""

import urllib.parse
import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.delivery.agencies import addressees
from joinedup.foundation import clock, ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.inbasket import operations as inbasket_operations
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import announcing, context, doors, lists, middleware
from joinedup.web.frontdoor import forms, helpwording
from joinedup.web.practitioner import purposes

PAGE_SENT = 25


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.WRITE)
def ask_for_help(request: middleware.Request, number: str = "") -> HttpResponse:
    """Ask for help for a child: from the child's page, or knowing no more than can be typed."""
    known = _number(number)
    form = forms.Help(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = _sent(request, form, known)
        if answer is not None:
            return answer
    card = None
    if known:
        opened = _opened(request, known)
        if isinstance(opened, HttpResponse):
            return opened
        card = opened
    start = helpwording.start(card, sender=addressees.find_person(user_id=request.viewer.user_id), key=str(ids.uuid7()))
    page = helpwording.help_page(form, start=start, card=card, number=known)
    return render(request, "frontdoor/help.jinja", {"page": page}, status=422 if form.is_bound else 200)


def _sent(request: middleware.Request, form: forms.Help, number: str) -> HttpResponse | None:
    """Send what was filled in; nothing where the child asks for a reason first, which the page itself then does."""
    given = form.cleaned_data
    try:
        item_id = inbasket_operations.send(
            kind=inbasket_rules.Kind(given["kind"]),
            said=form.said(),
            key=given["key"],
            by=request.viewer,
            at=clock.now(),
            number=number,
        )
    except people_queries.NoSuchChild:
        raise Http404 from None
    except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
        return None
    messages.success(request, "Sent. This page is your receipt: look here for what became of it.")
    return redirect("receipt", item_id)


def _number(given: str) -> str:
    if not given:
        return ""
    number = ids.child_number(given)
    if number is None:
        raise Http404
    return number


def _opened(request: middleware.Request, number: str) -> people_queries.ChildCard | HttpResponse:
    """Return who the child is, to whoever may see them; else lead to the page that asks why."""
    purpose, reason = purposes.recall(request.session, number=number)
    try:
        opened = childindex_queries.open_child(
            viewer=request.viewer, number=number, purpose=purpose, reason=reason, act="inbasket.help.opened"
        )
    except childindex_queries.ReasonNeeded:
        return redirect("child", number)
    except childindex_queries.SecondFactorNeeded:
        return redirect(f"{reverse('step-up')}?{urllib.parse.urlencode({'next': request.path})}")
    except people_queries.NoSuchChild:
        audit_operations.record_denial(viewer=request.viewer, act="inbasket.help", record_ref=number)
        raise Http404 from None
    return opened.card


@require_safe
@doors.may(context.WRITE)
def sent(request: middleware.Request) -> HttpResponse:
    """List what the viewer sent, and how each stands."""
    wanted = lists.asked(request.GET, path=reverse("sent"), sorts=("-sent",))
    receipts, total, first = inbasket_queries.get_receipts(viewer=request.viewer, first=wanted.first, count=PAGE_SENT)
    page = helpwording.sent_page(receipts, wanted=wanted, first=first, total=total, size=PAGE_SENT)
    return render(request, "frontdoor/sent.jinja", {"page": page})


@require_safe
@doors.may(context.WRITE)
def receipt(request: middleware.Request, item_id: uuid.UUID) -> HttpResponse:
    """Show the receipt of one thing that the viewer sent."""
    try:
        card = inbasket_queries.get_receipt(viewer=request.viewer, item_id=item_id)
    except inbasket_queries.NoSuchItem:
        raise Http404 from None
    page = helpwording.receipt_page(card, message=announcing.said(request))
    return render(request, "frontdoor/receipt.jinja", {"page": page})
