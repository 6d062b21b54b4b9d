"""A child's protection page and the acts on it.

Belongs here: translating requests. Not here: words (wording, asking), whether someone may (protection).
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core import exceptions
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundation import clock, ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.protection import operations, queries, rules
from joinedup.web import addresses, announcing, context, doors, middleware, presenters
from joinedup.web.casework import presenters as casework
from joinedup.web.frontdoor import following
from joinedup.web.practitioner import purposes
from joinedup.web.protection import asking, forms, vocabulary, wording

_MEANWHILE = "Meanwhile something else became of it. Look at the page, and try again if it is still right"
_REFUSED = {
    rules.NotAllowed: "You cannot do this by your own word. Ask whoever holds the case, or their manager",
    rules.NotOneself: "Nobody asks themselves. Ask a colleague to do it",
    rules.AlreadyThere: "The child has another concern on its way to a conference, or has a plan already",
    rules.NotInStage: _MEANWHILE,
    rules.NoSuchConcern: _MEANWHILE,
    rules.OutOfOrder: "The days do not follow each other: it lies before what it follows from, or after what follows from it",
    rules.Overlaps: "Another span covers some of these days. End or correct that one first",
    rules.EndsBeforeItBegins: "It ends before it begins, or lies in the future",
    rules.SayMore: "Say more: something is missing, or lies in the future",
}


class ToTheChild(Exception):
    """The child's page asks why one looks, or for a second factor, before anything else."""


def _asking(request: middleware.Request, number: str) -> operations.Asking:
    purpose, _ = purposes.recall(request.session, number=number)
    return operations.Asking(number=number, purpose=purpose, by=request.viewer, at=clock.now())


def find(request: middleware.Request, number: str) -> queries.Page:
    """Return what is done to protect a child, or a page that is not found.

    Errors: Http404; ToTheChild.
    """
    found = ids.child_number(number)
    if found is None:
        raise Http404
    given = _asking(request, found)
    try:
        return queries.get_page(viewer=given.by, number=found, purpose=given.purpose, at=given.at)
    except (people_queries.NoSuchChild, rules.NoSuchConcern):
        audit_operations.record_denial(viewer=request.viewer, act="protection.page.seen", record_ref=found)
        raise Http404 from None
    except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
        raise ToTheChild from None


@require_safe
@doors.may(context.FIND)
def page(request: middleware.Request, number: str) -> HttpResponse:
    """Show all that is done to protect one child."""
    try:
        found = find(request, number)
    except ToTheChild:
        return redirect("child", number)
    back = presenters.Link(text="The child's page", href=addresses.child(found.child.number))
    shown = wording.page(found, back=back, message=announcing.said(request))
    return render(request, "protection/page.jinja", {"page": shown})


_Do = Callable[[operations.Asking], object]


def answer(  # a form, what it does, and what is said afterwards
    request: middleware.Request,
    found: queries.Page,
    form: Any,
    *,
    may: bool,
    act: str,
    do: _Do,
    done: str,
    ask: Callable[[str], casework.FormPage],
) -> HttpResponse:
    """Ask, and do what was asked; whoever may not is refused, which is written down."""
    number, refused = found.child.number, ""
    if not may:
        audit_operations.record_denial(viewer=request.viewer, act=f"protection.{act}", record_ref=number)
        raise exceptions.PermissionDenied
    if form.is_valid():
        try:
            do(_asking(request, number))
        except tuple(_REFUSED) as refusal:
            refused = next(text for kind, text in _REFUSED.items() if isinstance(refusal, kind))
        else:
            messages.success(request, done)
            return redirect("protection", number)
    return render(request, "casework/form.jinja", {"page": ask(refused)}, status=422 if form.is_bound else 200)


def posted(request: middleware.Request) -> Any:
    """Return what was sent; nothing where the form is only asked for."""
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
def worry(request: middleware.Request, number: str) -> HttpResponse:
    """Call a strategy discussion."""
    try:
        found = find(request, number)
    except ToTheChild:
        return redirect("child", number)
    contact_id = following.contact_about(request, found.child.number)
    form = forms.Step(posted(request), act=rules.Act.WORRY, outcomes=(), initial={}, is_correction=False)
    href = reverse("protection-worry", args=[found.child.number]) + (f"?contact={contact_id}" if contact_id else "")
    return answer(
        request,
        found,
        form,
        may=found.standing.may(rules.Act.WORRY),
        act=rules.Act.WORRY,
        do=lambda given: operations.raise_worry(asking=given, saying=form.saying(at=given.at), contact_id=contact_id),
        done=vocabulary.DONE[rules.Act.WORRY],
        ask=lambda refused: asking.step_page(form, number=found.child.number, href=href, refused=refused),
    )


def _concern(found: queries.Page, concern_id: uuid.UUID) -> queries.ConcernCard:
    for concern in found.concerns:
        if concern.id == concern_id:
            return concern
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
def act(request: middleware.Request, number: str, concern_id: uuid.UUID, name: str) -> HttpResponse:
    """Write down one act of a concern, or ask someone to take part."""
    try:
        found = find(request, number)
    except ToTheChild:
        return redirect("child", number)
    concern = _concern(found, concern_id)
    if name == wording.INVITE:
        return _invite(request, found, concern)
    doing = vocabulary.NAMES.get(name)
    if doing is None:
        raise Http404
    met = [step.saying.present for step in concern.standing_steps if step.saying.present]
    form = forms.Step(
        posted(request),
        act=doing,
        outcomes=rules.outcomes_of(doing, concern.stage),
        initial={"present": forms.lines_of(met[-1])} if met else {},
        is_correction=False,
    )
    href = reverse("protection-act", args=[found.child.number, concern.id, name])
    return answer(
        request,
        found,
        form,
        may=doing in wording.acts_of(found, concern),
        act=doing,
        do=lambda given: operations.take_step(asking=given, concern_id=concern.id, saying=form.saying(at=given.at)),
        done=vocabulary.DONE[doing],
        ask=lambda refused: asking.step_page(form, number=found.child.number, href=href, refused=refused),
    )


def _invite(request: middleware.Request, found: queries.Page, concern: queries.ConcernCard) -> HttpResponse:
    form = forms.Invite(posted(request))
    href = reverse("protection-act", args=[found.child.number, concern.id, wording.INVITE])
    return answer(
        request,
        found,
        form,
        may=wording.may_invite(found, concern),
        act=rules.INVITED,
        do=lambda given: operations.invite(
            asking=given,
            concern_id=concern.id,
            practitioner_id=form.cleaned_data["practitioner_id"],
            part=form.cleaned_data["part"],
            until_on=form.cleaned_data["until_on"],
        ),
        done="They are asked, and can read this child's case from now on.",
        ask=lambda refused: asking.invite_page(form, number=found.child.number, href=href, refused=refused),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
def correct(request: middleware.Request, number: str, concern_id: uuid.UUID, step_id: uuid.UUID) -> HttpResponse:
    """Write a step anew in the place of one that was wrong."""
    try:
        found = find(request, number)
    except ToTheChild:
        return redirect("child", number)
    step = next((one for one in _concern(found, concern_id).standing_steps if one.id == step_id), None)
    if step is None:
        raise Http404
    doing = step.saying.act
    form = forms.Step(
        posted(request),
        act=doing,
        outcomes=tuple(one for one in rules.Outcome if one in rules.all_outcomes_of(doing)),
        initial=forms.initial_of(step.saying),
        is_correction=True,
    )
    href = reverse("protection-correct", args=[found.child.number, concern_id, step_id])
    return answer(
        request,
        found,
        form,
        may=found.standing.may(doing),
        act=f"{doing}.corrected",
        do=lambda given: operations.correct_step(
            asking=given, step_id=step_id, saying=form.saying(at=given.at), why=form.cleaned_data["why"]
        ),
        done="The correction is kept. What was written before stays, and is marked.",
        ask=lambda refused: asking.step_page(form, number=found.child.number, href=href, refused=refused),
    )
