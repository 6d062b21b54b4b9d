"""What the child thinks, for those who help: reading it, answering it, inviting the family, taking an invitation back.

Belongs here: translating requests. Not here: words (wording), whether someone may (participation, assurance).
"""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock, ids
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import operations as assurance_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import operations as participation_operations
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import announcing, context, doors, middleware
from joinedup.web.practitioner import purposes
from joinedup.web.voice import forms, wording

_FORM = "casework/form.jinja"
_REFUSED = {
    participation_rules.NotAllowed: "You cannot invite this family: your own work does not lead to the child",
    participation_rules.TooYoung: "The child is younger than twelve, or their age is not known",
    participation_rules.NotRecordedSafe: "Record that it is safe first: it is off for this parent",
    assurance_operations.MayNotRecordSafety: "You cannot record whose reading is safe. Ask whoever leads the plan",
}


class _ToTheChild(Exception):
    """The child's page asks why one looks, or for a second factor, before anything else."""


def _open(request: middleware.Request, number: str) -> childindex_queries.Opened:
    """Open the child.

    Errors: Http404; _ToTheChild.
    """
    purpose, _ = purposes.recall(request.session, number=number)
    try:
        return childindex_queries.open_child(
            viewer=request.viewer, number=number, purpose=purpose, act="participation.voice.seen"
        )
    except people_queries.NoSuchChild:
        raise Http404 from None
    except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
        raise _ToTheChild from None


def _number(given: str) -> str:
    number = ids.child_number(given)
    if number is None:
        raise Http404
    return number


@require_safe
@doors.may(context.FIND)
def voice(request: middleware.Request, number: str) -> HttpResponse:
    """Show what the child thinks and wants known, and who was invited."""
    number = _number(number)
    try:
        opened = _open(request, number)
    except _ToTheChild:
        return redirect("child", number)
    page = wording.voice_page(
        opened.card,
        views=_views(request, opened),
        about=participation_queries.get_about(child_id=opened.card.id),
        invitations=participation_queries.get_invitations(child_id=opened.card.id, at=clock.now()),
        may_invite=participation_operations.may_invite(viewer=request.viewer, grounds=opened.grounds),
        message=announcing.said(request),
    )
    return render(request, "voice/voice.jinja", {"page": page})


def _views(request: middleware.Request, opened: childindex_queries.Opened) -> list[participation_queries.ViewCard]:
    return participation_queries.get_views(
        viewer=request.viewer, child_id=opened.card.id, grounds=opened.grounds, on=clock.today()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.WRITE)
def answer(request: middleware.Request, number: str, view_id: uuid.UUID) -> HttpResponse:
    """Say what was done about what somebody thinks."""
    number = _number(number)
    try:
        opened = _open(request, number)
    except _ToTheChild:
        return redirect("child", number)
    view = next((one for one in _views(request, opened) if one.id == view_id and one.may_answer), None)
    if view is None:
        audit_operations.record_denial(
            viewer=request.viewer, act="participation.view.answered", record_ref=str(view_id)
        )
        raise Http404
    form = forms.Answer(request.POST if request.method == "POST" else None)
    if form.is_valid():
        purpose, _ = purposes.recall(request.session, number=number)
        participation_operations.answer_view(
            number=number,
            purpose=purpose,
            view_id=view_id,
            words=form.cleaned_data["words"],
            by=request.viewer,
            at=clock.now(),
        )
        messages.success(request, "They read your answer on their own page.")
        return redirect("voice", number)
    page = wording.answer_page(form, number=number, view=view)
    return render(request, _FORM, {"page": page}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.WRITE)
def invite(request: middleware.Request, number: str) -> HttpResponse:
    """Make a link for the child, or for a parent once it is recorded as safe; it is shown once."""
    number = _number(number)
    try:
        _open(request, number)
    except _ToTheChild:
        return redirect("child", number)
    form = forms.Invite(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        try:
            made = _invite(request, number, form)
        except tuple(_REFUSED) as refusal:
            audit_operations.record_denial(viewer=request.viewer, act="participation.invited", record_ref=number)
            refused = _REFUSED[type(refusal)]
        else:
            page = wording.link_page(
                number=number,
                link=request.build_absolute_uri(reverse("invited", args=[made.token])),
                voice_of=participation_rules.Voice(form.cleaned_data["who"]),
                expires_at=made.expires_at,
            )
            return render(request, "voice/link.jinja", {"page": page})
    form_page = wording.invite_page(form, number=number, refused=refused)
    return render(request, _FORM, {"page": form_page}, status=422 if form.is_bound else 200)


@transaction.atomic
def _invite(request: middleware.Request, number: str, form: forms.Invite) -> participation_operations.Made:
    """Record of a parent whether it is safe, and make the invitation; both or neither.

    Errors: those of `_REFUSED`.
    """
    given, at = form.cleaned_data, clock.now()
    purpose, _ = purposes.recall(request.session, number=number)
    voice_of = participation_rules.Voice(given["who"])
    is_safe = given["safe"] == forms.YES
    parent_ref = f"invited:{ids.uuid7()}" if voice_of is participation_rules.Voice.PARENT else ""
    if parent_ref and is_safe:
        assurance_operations.record_parental_safety(
            child_id=_open(request, number).card.id,
            parent_ref=parent_ref,
            parent_name=given["parent_name"],
            is_safe=True,
            reason=given["reason"],
            by=request.viewer,
            at=at,
        )
    return participation_operations.invite(
        number=number,
        purpose=purpose,
        voice=voice_of,
        parent_ref=parent_ref,
        parent_name=given["parent_name"],
        is_recorded_safe=is_safe,
        by=request.viewer,
        at=at,
    )


@require_POST
@doors.may(context.WRITE)
def withdraw(request: middleware.Request, number: str, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back, and end the sign-in that came of it."""
    number = _number(number)
    purpose, _ = purposes.recall(request.session, number=number)
    try:
        participation_operations.withdraw(
            number=number, purpose=purpose, invitation_id=invitation_id, by=request.viewer, at=clock.now()
        )
    except (people_queries.NoSuchChild, participation_rules.NotAllowed, participation_rules.InvitationIsOver):
        audit_operations.record_denial(viewer=request.viewer, act="participation.withdrawn", record_ref=number)
        raise Http404 from None
    except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
        return redirect("child", number)
    messages.success(request, "The invitation is taken back. Whoever used it can sign in no more.")
    return redirect("voice", number)
