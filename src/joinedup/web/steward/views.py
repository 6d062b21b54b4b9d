"""Matching review: the queue, one pair, what was done, what is proposed to rejoin, one child's identity, work to reassign.

Belongs here: translating requests. Not here: words (wording, histories), what a steward may do (childindex).
"""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import clock, ids
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.reassigning import operations as reassigning_operations
from joinedup.governance.reassigning import queries as reassigning_queries
from joinedup.governance.reassigning import rules as reassigning_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import announcing, context, doors, middleware
from joinedup.web.steward import histories, wording
from joinedup.web.steward import presenters as steward

_LINK, _PART, _UNSURE = "link", "part", "unsure"
_AFTER = "after"
_Refused = (childindex_rules.NotDone, childindex_operations.NotAllowed, childindex_operations.SecondFactorNeeded)


def _agencies() -> list[agencies_queries.AgencyCard]:
    return agencies_queries.get_agencies()


def _query(request: middleware.Request, *, after: uuid.UUID | None = None) -> str:
    """Return the part of the address that says which queue the steward works through, and what was done before."""
    given = request.GET.copy()
    given.pop(_AFTER, None)
    given.pop("from", None)
    if after is not None:
        given[_AFTER] = str(after)
    return f"?{given.urlencode()}" if given else ""


def _done(request: middleware.Request) -> steward.Done | None:
    """Return what was done just before, where the address names it."""
    try:
        act_id = uuid.UUID(request.GET.get(_AFTER, ""))
        return wording.done(childindex_queries.get_act(viewer=request.viewer, act_id=act_id))
    except (ValueError, childindex_queries.NoSuchAct):
        return None


@require_safe
@doors.lets_in(context.may_link)
@doors.stepped_up
def queue(request: middleware.Request) -> HttpResponse:
    """Show the pairs that wait."""
    agencies = _agencies()
    wanted = wording.asked(request.GET, agencies)
    done = _done(request)
    part = wording.part_of(wanted, agencies)
    found = childindex_queries.get_questions(viewer=request.viewer, asked=part)
    if not found.questions and part.first:
        return redirect(wanted.starting_at(1))
    page = wording.queue_page(
        found,
        wanted=wanted,
        query=_query(request),
        agencies=agencies,
        rejoins=childindex_queries.count_questions()[1],
        done=done,
        message=announcing.said(request),
    )
    return render(request, "steward/queue.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.may_link)
@doors.stepped_up
def question(request: middleware.Request, task_id: uuid.UUID) -> HttpResponse:
    """Show one pair; link, part or leave it, and go on to the next at once."""
    if request.method == "POST":
        return _answer(request, task_id)
    done = _done(request)
    try:
        card = childindex_queries.get_question(viewer=request.viewer, task_id=task_id)
    except childindex_queries.NoSuchQuestion:
        raise Http404 from None
    page = wording.question_page(
        card,
        action_href=f"{reverse('question', args=[task_id])}{_query(request)}",
        back_href=f"{reverse('matching')}{_query(request)}",
        waiting=childindex_queries.count_questions()[0],
        done=done,
        message=announcing.said(request),
    )
    return render(request, "steward/question.jinja", {"page": page})


def _answer(request: middleware.Request, task_id: uuid.UUID) -> HttpResponse:
    answer, note = request.POST.get("answer", ""), request.POST.get("note", "")
    if answer not in {_LINK, _PART, _UNSURE}:
        raise Http404
    act_id = None
    try:
        if answer == _UNSURE:
            childindex_operations.leave_unsure(task_id=task_id, note=note, by=request.viewer, at=clock.now())
            messages.info(request, "The pair waits on, behind the others.")
        else:
            act_id = childindex_operations.answer_question(
                task_id=task_id, is_one_child=answer == _LINK, why=note, by=request.viewer, at=clock.now()
            )
    except _Refused as refused:
        messages.error(request, _why_not(refused))
        is_gone = getattr(refused, "answer", None) is childindex_rules.Answer.ABSENT
        return redirect(reverse("matching") if is_gone else f"{reverse('question', args=[task_id])}{_query(request)}")
    return redirect(_next(request, left=task_id, after=act_id))


def _why_not(refused: Exception) -> str:
    if isinstance(refused, childindex_rules.NotDone):
        return wording.ANSWERS[refused.answer]
    return "You may not do this now. Nothing was changed."


def _next(request: middleware.Request, *, left: uuid.UUID | None, after: uuid.UUID | None) -> str:
    """Return the address of the next pair, or of the queue when none is left but the one just left."""
    agencies = _agencies()
    part = wording.part_of(wording.asked(request.GET, agencies), agencies)
    turn = childindex_queries.get_next_question(viewer=request.viewer, asked=part)
    if turn is None or turn == left:
        return f"{reverse('matching')}{_query(request, after=after)}"
    return f"{reverse('question', args=[turn])}{_query(request, after=after)}"


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.may_link)
@doors.stepped_up
def act(request: middleware.Request, act_id: uuid.UUID) -> HttpResponse:
    """Show what a steward did and what came of it; take it back in one act."""
    if request.method == "POST":
        try:
            childindex_operations.undo(act_id=act_id, by=request.viewer, at=clock.now())
        except _Refused as refused:
            messages.error(request, _why_not(refused))
        else:
            messages.success(request, "It is taken back.")
        return redirect("steward-act", act_id)
    return _act_page(request, act_id)


def _act_page(request: middleware.Request, act_id: uuid.UUID, *, error: str = "") -> HttpResponse:
    try:
        card = childindex_queries.get_act(viewer=request.viewer, act_id=act_id)
    except childindex_queries.NoSuchAct:
        raise Http404 from None
    page = histories.act_page(
        card,
        seen=assurance_queries.tally_looks_while_linked(viewer=request.viewer, act_id=act_id),
        next_href=_next(request, left=None, after=None),
        may_see_looks=context.may(request.viewer, context.LOOKS),
        said=request.POST.get("why", ""),
        error=error,
        message=announcing.said(request),
    )
    return render(request, "steward/act.jinja", {"page": page}, status=422 if error else 200)


@require_safe
@doors.lets_in(context.may_link)
@doors.stepped_up
def rejoins(request: middleware.Request) -> HttpResponse:
    """Show what waits for a second steward."""
    cards = childindex_queries.get_rejoins(viewer=request.viewer)
    page = histories.rejoins_page(cards, message=announcing.said(request))
    return render(request, "steward/rejoins.jinja", {"page": page})


@require_POST
@doors.lets_in(context.may_link)
@doors.stepped_up
def propose(request: middleware.Request) -> HttpResponse:
    """Propose that two who were parted are one child after all."""
    one, other = (histories.given_id(request.POST.get(name, "")) for name in ("a", "b"))
    try:
        childindex_operations.propose_rejoin(
            record_a=one, record_b=other, why=request.POST.get("why", ""), by=request.viewer, at=clock.now()
        )
    except childindex_rules.TooFewWords:
        return _ask_again(request)
    except _Refused as refused:
        messages.error(request, _why_not(refused))
    else:
        messages.success(request, "Another steward is asked to agree.")
    return redirect("rejoins")


def _ask_again(request: middleware.Request) -> HttpResponse:
    """Show the page again on which too few words were typed."""
    if request.GET.get("act"):
        return _act_page(request, histories.given_id(request.GET["act"]), error=histories.TOO_FEW)
    messages.error(request, histories.TOO_FEW)
    number = ids.child_number(request.GET.get("child", ""))
    return redirect("identity", number) if number else redirect("rejoins")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.may_link)
@doors.stepped_up
def rejoin(request: middleware.Request, proposal_id: uuid.UUID) -> HttpResponse:
    """Show what another steward proposes; agree, refuse, or take one's own back."""
    if request.method != "POST":
        try:
            card, pair = childindex_queries.get_rejoin(viewer=request.viewer, proposal_id=proposal_id)
        except childindex_queries.NoSuchQuestion:
            raise Http404 from None
        return render(request, "steward/rejoin.jinja", {"page": histories.rejoin_page(card, pair)})
    decide: dict[str, Callable[[], uuid.UUID | None]] = {
        "agree": lambda: childindex_operations.agree_to_rejoin(
            proposal_id=proposal_id, by=request.viewer, at=clock.now()
        ),
        "refuse": lambda: childindex_operations.refuse_rejoin(
            proposal_id=proposal_id, by=request.viewer, at=clock.now()
        ),
    }
    chosen = decide.get(request.POST.get("answer", ""))
    if chosen is None:
        raise Http404
    try:
        act_id = chosen()
    except _Refused as refused:
        messages.error(request, _why_not(refused))
        return redirect("rejoins")
    messages.success(request, "They are one child again." if act_id else "They stay apart.")
    return redirect("steward-act", act_id) if act_id else redirect("rejoins")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.may_link)
@doors.stepped_up
def identity(request: middleware.Request, number: str) -> HttpResponse:
    """Show what became of a child's number; part records that are another child's."""
    known = ids.child_number(number)
    if known is None:
        raise Http404
    error = ""
    if request.method == "POST":
        chosen = [histories.given_id(record) for record in request.POST.getlist("record")]
        if chosen:
            return _part(request, known, chosen)
        error = "Tick the records that are another child's"
    look = childindex_queries.Look(viewer=request.viewer, number=known, purpose=childindex_rules.Purpose.LINKING)
    try:
        found = childindex_queries.get_identity_page(look)
    except people_queries.NoSuchChild:
        raise Http404 from None
    if found.card.number != known:
        return redirect("identity", found.card.number)
    page = histories.identity_page(
        found, said=request.POST.get("why", ""), error=error, message=announcing.said(request)
    )
    return render(request, "steward/identity.jinja", {"page": page}, status=422 if error else 200)


def _part(request: middleware.Request, number: str, record_ids: list[uuid.UUID]) -> HttpResponse:
    try:
        act_id = childindex_operations.part_records(
            record_ids=record_ids, why=request.POST.get("why", ""), by=request.viewer, at=clock.now()
        )
    except _Refused as refused:
        messages.error(request, _why_not(refused))
        return redirect("identity", number)
    messages.success(request, "They are parted, and no run joins them again.")
    return redirect("steward-act", act_id)


@require_safe
@doors.lets_in(context.may_link)
@doors.stepped_up
def reassigning(request: middleware.Request) -> HttpResponse:
    """Show the work of which nobody has said whose it is."""
    cards = reassigning_queries.get_waiting(viewer=request.viewer)
    page = histories.reassign_page(cards, message=announcing.said(request))
    return render(request, "steward/reassigning.jinja", {"page": page})


@require_POST
@doors.lets_in(context.may_link)
@doors.stepped_up
def reassign(request: middleware.Request, reassignment_id: uuid.UUID) -> HttpResponse:
    """Say whose a piece of work is."""
    answer = request.POST.get("answer", "")
    if answer not in {"stays", "moves"}:
        raise Http404
    try:
        reassigning_operations.reassign(
            reassignment_id=reassignment_id, moves=answer == "moves", by=request.viewer, at=clock.now()
        )
    except reassigning_rules.NotDone as refused:
        messages.error(request, histories.REASSIGNED[refused.answer])
    else:
        messages.success(request, "It is the other child's now." if answer == "moves" else "It stays where it is.")
    return redirect("reassigning")
