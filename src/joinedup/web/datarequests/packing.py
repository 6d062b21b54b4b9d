"""The copy that someone asked for: lines that wait for a person, and the copy as a file.

Belongs here: the page of the queue, and translating its requests. Not here: which lines wait (governance.rights).
"""

import uuid
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundation import clock
from joinedup.governance.rights import operations as rights_operations
from joinedup.governance.rights import queries as rights_queries
from joinedup.governance.rights import rules as rights_rules
from joinedup.web import context, doors, middleware, presenters, words
from joinedup.web.datarequests import presenters as datarequests
from joinedup.web.datarequests import views, wording

_MOST_SHOWN = 50
_WHY = {
    rights_rules.Why.NAMES: "Names or reaches another person",
    rights_rules.Why.PLACE: "Says where someone lives",
    rights_rules.Why.SENSITIVE: "In confidence, or of police or youth justice",
}
_RULED = {
    rights_rules.Ruling.RELEASE: presenters.Tag(text="Given", tone=presenters.Tone.GOOD),
    rights_rules.Ruling.REDACT: presenters.Tag(text="Left out", tone=presenters.Tone.QUIET),
}
_FIELD = "ruling-"
_MEDIA = {rights_rules.Format.JSON: "application/json", rights_rules.Format.PDF: "application/pdf"}
_NOTHING = "The database shows you nothing of this child. If the record is sealed, work it with the shield officer."
_NO_WORDS = "Say in a few words why lines are left out"


def pack_page(
    card: rights_queries.RequestCard,
    held: Sequence[rights_operations.Held],
    *,
    message: presenters.Message | None,
    refused: str = "",
    why: str = "",
) -> datarequests.PackPage:
    """Show which lines wait, which were decided, and the copy once none waits."""
    queue = [one for one in held if one.why is not None]
    waiting = [one for one in queue if one.is_waiting]
    return datarequests.PackPage(
        number=card.number,
        words=(
            f"{words.count(len(held), 'line')} in the record, {words.number(len(queue))} of them for a person to decide on, "
            f"{words.number(len(waiting))} still waiting."
        ),
        waiting=tuple(_line(one) for one in waiting[:_MOST_SHOWN]),
        decided=tuple(_line(one) for one in queue if not one.is_waiting)[:_MOST_SHOWN],
        why=presenters.Field(
            name="why",
            label="Why are lines left out?",
            hint="For instance: it would tell of another person who has not agreed, and it is not reasonable to tell without.",
            value=why,
            error=_NO_WORDS if refused == _NO_WORDS else "",
        ),
        rule_href=reverse("request-rule", args=[card.id]),
        take_href="" if waiting else reverse("request-take", args=[card.id]),
        back=presenters.Link(text=f"Request {card.number}", href=reverse("request", args=[card.id])),
        message=message,
        errors=(presenters.FormError(text=refused, href="#why" if refused == _NO_WORDS else ""),) if refused else (),
    )


def _line(one: rights_operations.Held) -> datarequests.HeldRow:
    return datarequests.HeldRow(
        field=f"{_FIELD}{one.key}",
        words=wording.line_words(one.line),
        why=_WHY[one.why] if one.why is not None else "",
        state=None if one.ruling is None else _RULED[one.ruling],
    )


def rulings_of(posted: Mapping[str, str]) -> dict[str, rights_rules.Ruling]:
    """Return what was decided of each line that was posted; what is no ruling is passed over."""
    known = {ruling.value for ruling in rights_rules.Ruling}
    return {
        name.removeprefix(_FIELD): rights_rules.Ruling(value)
        for name, value in posted.items()
        if name.startswith(_FIELD) and value in known
    }


@require_safe
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.pack-seen")
def pack(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Show the queue of one request."""
    return _queue(request, request_id)


def _queue(request: middleware.Request, request_id: uuid.UUID, *, refused: str = "", why: str = "") -> HttpResponse:
    card = views.found(request_id)
    try:
        held = rights_operations.sort_lines(request=card, by=request.viewer)
    except rights_rules.NotInState:
        return views.one_request(request, request_id, refused=views.MEANWHILE)
    except rights_rules.NothingToGive:
        return views.one_request(request, request_id, refused=_NOTHING)
    message = None if refused else views.message_of(request)
    page = pack_page(card, held, message=message, refused=refused, why=why)
    return render(request, "datarequests/pack.jinja", {"page": page}, status=422 if refused else 200)


@require_POST
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.pack-rule-asked")
def rule(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Keep what was decided of lines."""
    views.found(request_id)
    why = request.POST.get("why", "")
    try:
        ruled = rights_operations.rule(
            request_id=request_id,
            rulings=rulings_of(request.POST.dict()),
            why=why,
            by=request.viewer,
            at=clock.now(),
        )
    except rights_rules.TooFewLetters:
        return _queue(request, request_id, refused=_NO_WORDS, why=why)
    except (rights_rules.NotInState, rights_rules.NothingToGive):
        return views.one_request(request, request_id, refused=views.MEANWHILE)
    messages.success(request, f"{words.count(ruled, 'line')} decided.")
    return redirect("request-pack", request_id)


@require_POST
@doors.may(context.RIGHTS)
@doors.stepped_up
@doors.opens("rights.pack-take-asked")
def take(request: middleware.Request, request_id: uuid.UUID) -> HttpResponse:
    """Give the copy as a file."""
    views.found(request_id)
    try:
        as_ = rights_rules.Format(request.POST.get("format", ""))
        handed = rights_operations.make_pack(request_id=request_id, as_=as_, by=request.viewer, at=clock.now())
    except ValueError:
        return _queue(request, request_id, refused="Choose one of the formats")
    except rights_rules.StillWaiting:
        return _queue(request, request_id, refused="Some lines still wait for a decision")
    except (rights_rules.NotInState, rights_rules.NothingToGive):
        return views.one_request(request, request_id, refused=views.MEANWHILE)
    name = f"copy-{handed.number}.{as_.value}"
    return HttpResponse(
        handed.content,
        content_type=_MEDIA[as_],
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"},
    )
