"""Legal statuses and placements: writing one down, ending it, correcting it.

Belongs here: translating requests. Not here: words (wording, asking), the acts of a concern (views).
"""

import datetime
import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joinedup.foundation import clock
from joinedup.processes.protection import operations, queries, rules
from joinedup.web import context, doors, middleware
from joinedup.web.protection import asking, forms, views

_KINDS = {kind.value.replace("_", "-"): kind for kind in rules.SpanKind}


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
def begin(request: middleware.Request, number: str, name: str) -> HttpResponse:
    """Write a legal status or a placement down."""
    kind = _KINDS.get(name)
    if kind is None:
        raise Http404
    try:
        found = views.find(request, number)
    except views.ToTheChild:
        return redirect("child", number)
    form = forms.Span(views.posted(request), codes=queries.get_codes(kind=kind, on=clock.today()), initial={})
    href = reverse("protection-care", args=[found.child.number, name])
    return views.answer(
        request,
        found,
        form,
        may=found.standing.may(rules.SPAN_BEGUN),
        act=rules.SPAN_BEGUN,
        do=lambda given: operations.begin_span(
            asking=given,
            kind=kind,
            code=form.cleaned_data["code"],
            started_on=form.cleaned_data["started_on"],
            words=form.cleaned_data["words"],
        ),
        done="It is written down.",
        ask=lambda refused: asking.span_page(form, kind=kind, number=found.child.number, href=href, refused=refused),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
def span(request: middleware.Request, number: str, span_id: uuid.UUID, name: str) -> HttpResponse:
    """End or correct one."""
    try:
        found = views.find(request, number)
    except views.ToTheChild:
        return redirect("child", number)
    card = next((one for one in found.spans if one.id == span_id and not one.is_corrected), None)
    if card is None:
        raise Http404
    if name == "end" and card.ended_on is None:
        return _end(request, found, card)
    if name == "correct":
        return _correct(request, found, card)
    raise Http404


def _end(request: middleware.Request, found: queries.Page, card: queries.SpanCard) -> HttpResponse:
    form = forms.EndSpan(views.posted(request))
    href = reverse("protection-span", args=[found.child.number, card.id, "end"])
    return views.answer(
        request,
        found,
        form,
        may=found.standing.may(rules.SPAN_ENDED),
        act=rules.SPAN_ENDED,
        do=lambda given: operations.end_span(
            asking=given,
            span_id=card.id,
            ended_on=form.cleaned_data["ended_on"],
            words=form.cleaned_data["words"],
        ),
        done="It has ended.",
        ask=lambda refused: asking.end_page(form, card, number=found.child.number, href=href, refused=refused),
    )


def _correct(request: middleware.Request, found: queries.Page, card: queries.SpanCard) -> HttpResponse:
    # What was valid when it began may be chosen still.
    codes = {
        **queries.get_codes(kind=card.kind, on=clock.today()),
        **queries.get_codes(kind=card.kind, on=card.started_on),
    }
    initial = {"code": card.code, "words": card.words, **_parts("started_on", card.started_on)}
    if card.ended_on is not None:
        initial |= _parts("ended_on", card.ended_on)
    form = forms.Span(views.posted(request), codes=codes, initial=initial, is_correction=True)
    href = reverse("protection-span", args=[found.child.number, card.id, "correct"])
    return views.answer(
        request,
        found,
        form,
        may=found.standing.may(rules.SPAN_BEGUN),
        act="care.corrected",
        do=lambda given: operations.correct_span(
            asking=given,
            span_id=card.id,
            code=form.cleaned_data["code"],
            started_on=form.cleaned_data["started_on"],
            ended_on=form.cleaned_data["ended_on"],
            words=form.cleaned_data["words"],
            why=form.cleaned_data["why"],
        ),
        done="The correction is kept. What was written before stays, and is marked.",
        ask=lambda refused: asking.span_page(
            form, kind=card.kind, number=found.child.number, href=href, refused=refused
        ),
    )


def _parts(name: str, date: datetime.date) -> dict[str, object]:
    return {f"{name}-day": date.day, f"{name}-month": date.month, f"{name}-year": date.year}
