"""A child's plan and the acts on it, My work, offers to one's team, and the team's board.

Belongs here: translating requests. Not here: words (wording, deeds, endings), whether someone may (casework).
"""

import uuid

from django.contrib import messages
from django.core import exceptions
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundation import clock, ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import queries as participation_queries
from joinedup.web import addresses, announcing, context, doors, lists, middleware, presenters, voices
from joinedup.web.casework import endings, opening, questions, wording
from joinedup.web.casework import presenters as casework
from joinedup.web.frontdoor import following
from joinedup.web.practitioner import purposes

_FORM = "casework/form.jinja"
_MEANWHILE = "Meanwhile something else became of it. Look at the plan, and try again if it is still right"
_REFUSED = {
    rules.NotAllowed: "You cannot do this by your own word. Ask the lead professional, or a manager to agree first",
    rules.NotOneself: "Nobody does this for themselves. Ask a colleague to do it",
    rules.AlreadyThere: "This is so already, or the person leads: look at the plan",
    rules.Done: _MEANWHILE,
    rules.NoSuchPiece: _MEANWHILE,
    rules.NotInState: _MEANWHILE,
    rules.LeftUnanswered: "Say of each open need what became of it",
    rules.SayMore: "Say more: a few words are missing",
}


def _asking(request: middleware.Request, number: str) -> operations.Asking:
    purpose, _ = purposes.recall(request.session, number=number)
    return operations.Asking(number=number, purpose=purpose, by=request.viewer, at=clock.now())


def _number(given: str) -> str:
    number = ids.child_number(given)
    if number is None:
        raise Http404
    return number


def _refusal(refusal: Exception) -> str:
    return next(text for kind, text in _REFUSED.items() if isinstance(refusal, kind))


def _form(request: middleware.Request, page: casework.FormPage, *, is_refused: bool) -> HttpResponse:
    return render(request, _FORM, {"page": page}, status=422 if is_refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.WRITE)
def open_episode(request: middleware.Request, number: str) -> HttpResponse:
    """Open an episode for a child, for which one's own team answers."""
    number = _number(number)
    contact_id = following.contact_about(request, number)
    form = opening.Open(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            episode_id = operations.open_episode(
                asking=_asking(request, number),
                kind=rules.EpisodeKind(given["kind"]),
                level=rules.Level(int(given["level"])),
                why=given["why"],
                contact_id=contact_id,
            )
        except rules.NotAllowed:
            audit_operations.record_denial(viewer=request.viewer, act="casework.episode.opened", record_ref=number)
            refused = "You cannot open an episode for this child. Ask your safeguarding lead or manager"
        except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
            return redirect("child", number)
        except people_queries.NoSuchChild:
            raise Http404 from None
        else:
            messages.success(request, "The episode is open, and your team answers for it. Name who leads.")
            return redirect("plan", number, episode_id)
    page = opening.page(form, number=number, contact_id=contact_id, refused=refused)
    return _form(request, page, is_refused=form.is_bound)


def _plan(request: middleware.Request, number: str, episode_id: uuid.UUID) -> queries.Plan:
    """Return a plan, or a page that is not found.

    Errors: Http404; _ToTheChild where the child's page asks something first.
    """
    asking = _asking(request, number)
    try:
        return queries.get_plan(viewer=request.viewer, number=number, purpose=asking.purpose, episode_id=episode_id)
    except (people_queries.NoSuchChild, rules.NoSuchEpisode):
        raise Http404 from None
    except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
        raise _ToTheChild from None


class _ToTheChild(Exception):
    """The child's page asks why one looks, or for a second factor, before anything else."""


@require_safe
@doors.may(context.FIND)
def plan(request: middleware.Request, number: str, episode_id: uuid.UUID) -> HttpResponse:
    """Show one episode whole."""
    number = _number(number)
    try:
        found = _plan(request, number, episode_id)
    except _ToTheChild:
        return redirect("child", number)
    page = wording.plan_page(
        found,
        on=clock.today(),
        back=presenters.Link(text="The child's page", href=addresses.child(number)),
        message=announcing.said(request),
        heard=voices.heard(
            participation_queries.get_views(
                viewer=request.viewer, child_id=found.child.id, grounds=found.standing.grounds, on=clock.today()
            ),
            participation_queries.get_about(child_id=found.child.id),
            href=reverse("voice", args=[number]),
        ),
    )
    return render(request, "casework/plan.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FIND)
def act(request: middleware.Request, number: str, episode_id: uuid.UUID, name: str) -> HttpResponse:
    """Ask what one act needs, and do it."""
    number = _number(number)
    deed = endings.DEEDS.get(name)
    if deed is None:
        raise Http404
    try:
        found = _plan(request, number, episode_id)
    except _ToTheChild:
        return redirect("child", number)
    if not wording.is_offered(found, name):
        audit_operations.record_denial(viewer=request.viewer, act=f"casework.{deed.act}", record_ref=str(episode_id))
        raise exceptions.PermissionDenied
    form = deed.form(request.POST if request.method == "POST" else None, found)
    refused = ""
    if form.is_valid():
        try:
            deed.do(_asking(request, number), found, form.cleaned_data)
        except tuple(_REFUSED) as refusal:
            if isinstance(refusal, rules.NotAllowed):
                audit_operations.record_denial(
                    viewer=request.viewer, act=f"casework.{deed.act}", record_ref=str(episode_id)
                )
            refused = _refusal(refusal)
        else:
            messages.success(request, deed.done)
            return redirect("work") if deed.leaves else redirect("plan", number, episode_id)
    return _form(request, _act_page(deed, form, found, name, refused), is_refused=form.is_bound)


def _act_page(
    deed: questions.Deed, form: questions.Form, found: queries.Plan, name: str, refused: str
) -> casework.FormPage:
    asked = deed.questions(form, found)
    number, episode_id = found.child.number, found.episode.id
    return casework.FormPage(
        heading=deed.heading,
        words=deed.words,
        action_href=reverse("plan-act", args=[number, episode_id, name]),
        back=presenters.Link(text="The plan", href=reverse("plan", args=[number, episode_id])),
        button=deed.button,
        questions=asked,
        errors=questions.errors(asked, refused),
    )


@require_safe
@doors.may(context.WRITE)
def work(request: middleware.Request) -> HttpResponse:
    """Show what one owes over all children."""
    page = wording.work_page(
        queries.get_owed(viewer=request.viewer),
        on=clock.today(),
        board_href=reverse("board") if queries.may_see_board(request.viewer) else "",
        message=announcing.said(request),
    )
    return render(request, "casework/work.jinja", {"page": page})


@require_safe
@doors.lets_in(queries.may_see_board)
def board(request: middleware.Request) -> HttpResponse:
    """Show the open episodes of the team, those that nobody leads first."""
    wanted = lists.asked(request.GET, path=reverse("board"), sorts=("due",))
    rows, total = queries.get_board(
        viewer=request.viewer, on=clock.today(), first=wanted.first - 1, count=wording.PAGE_ROWS
    )
    first = lists.within(wanted.first, total=total, size=wording.PAGE_ROWS)
    if first != wanted.first:
        rows, total = queries.get_board(
            viewer=request.viewer, on=clock.today(), first=first - 1, count=wording.PAGE_ROWS
        )
    page = wording.board_page(rows, wanted=wanted, first=first, total=total, on=clock.today())
    return render(request, "casework/board.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.WRITE)
def offer(request: middleware.Request, transfer_id: uuid.UUID) -> HttpResponse:
    """Show an offer to one's team, and accept it with a new lead, or decline it."""
    try:
        card = queries.get_offer(viewer=request.viewer, transfer_id=transfer_id)
    except rules.NotInState:
        raise Http404 from None
    form = opening.Answer(request.POST if request.method == "POST" else None, offer=card)
    refused = ""
    if form.is_valid():
        try:
            _answer(request, card, form)
        except tuple(_REFUSED) as refusal:
            if isinstance(refusal, rules.NotAllowed):
                audit_operations.record_denial(
                    viewer=request.viewer, act="casework.transfer.answered", record_ref=str(transfer_id)
                )
            refused = _refusal(refusal)
        else:
            messages.success(request, "Your answer is kept, and whoever offered finds it in the plan.")
            return redirect("work")
    return _form(request, opening.offer_page(form, card, refused=refused), is_refused=form.is_bound)


def _answer(request: middleware.Request, card: queries.OfferCard, form: opening.Answer) -> None:
    given = form.cleaned_data
    if given["answer"] == opening.DECLINE:
        operations.decline_transfer(transfer_id=card.id, words=given["words"], by=request.viewer, at=clock.now())
    else:
        operations.accept_transfer(
            transfer_id=card.id,
            lead_id=given["practitioner_id"],
            words=given["words"],
            goodbye=given["goodbye"],
            by=request.viewer,
            at=clock.now(),
        )
