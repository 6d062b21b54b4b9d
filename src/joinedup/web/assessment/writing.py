"""Writing an assessment: one part of the form at a time, saved by its button and, where scripts run, while one types.

Belongs here: translating what is posted. Not here: what becomes of words (processes.assessment), the boxes (boxes).
"""

import uuid
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundation import clock, ids
from joinedup.processes.assessment import operations, queries, rules
from joinedup.web import announcing, middleware, presenters
from joinedup.web.assessment import boxes, entering, wording
from joinedup.web.assessment import presenters as assessment

_JSON = "application/json"
_TOO_LONG = (
    f"This is longer than one answer may be ({rules.MOST_LETTERS:,} letters). It is still here; shorten it and save"
)
_MOST_ANSWERS = 500
_CHOICES = {
    rules.Choice.PRESENT: "Keep what stands there now",
    rules.Choice.WAITING: "Put what waits in its place",
    rules.Choice.BOTH: "Keep both, one under the other",
}


@require_http_methods(["GET", "HEAD", "POST"])
@entering.by_child
def part(request: middleware.Request, number: str, assessment_id: uuid.UUID, section: str) -> HttpResponse:
    """Show one part of the form, and keep what is written into it."""
    asked = entering.asked(request, number, assessment_id)
    if request.method != "POST":
        return _part(request, asked, section, boxes.Typed())
    page_id = _identifier(request.POST.get(boxes.PAGE, "")) or ids.uuid7()
    given, typed = given_of(request.POST)
    try:
        opened, told = operations.write_answers(
            asked=asked, given=given, page_id=page_id, by=request.viewer, at=clock.now()
        )
    except rules.NotInState:
        return _superseded(request, number, assessment_id)
    if request.headers.get("Accept") == _JSON:
        return JsonResponse(_answer(opened, told, typed))
    if typed.errors:
        return _part(request, asked, section, typed, page_id=page_id)
    if any(one.outcome is rules.Outcome.BESIDE for one in told):
        messages.warning(request, "Someone else wrote the same answer meanwhile. Both are kept: choose below.")
    else:
        messages.success(request, "Everything is saved.")
    return redirect(_onward(request, opened, section))


def _superseded(request: middleware.Request, number: str, assessment_id: uuid.UUID) -> HttpResponse:
    messages.error(request, "This assessment is superseded by another, and is written no more.")
    return redirect("assessment", number, assessment_id)


def _onward(request: middleware.Request, opened: queries.Opened, section: str) -> str:
    """Return where one goes after saving: to the next part where that was asked for, else back to this one."""
    codes = [one.code for one in opened.form.sections]
    place = codes.index(section) if section in codes else 0
    if "next" in request.POST:
        if place + 1 == len(codes):
            return boxes.href("assessment", opened)
        return boxes.href("assessment-part", opened, codes[place + 1])
    return boxes.href("assessment-part", opened, codes[place])


def given_of(posted: Mapping[str, str]) -> tuple[list[operations.Given], boxes.Typed]:
    """Return the answers that were posted, and those that cannot be kept, as they were typed."""
    seen = boxes.seen_in(posted.get(boxes.SEEN, ""))
    given: list[operations.Given] = []
    words: dict[uuid.UUID, str] = {}
    errors: dict[uuid.UUID, str] = {}
    for name in [name for name in posted if name.startswith(boxes.ANSWER)][:_MOST_ANSWERS]:
        answer_id = _identifier(name.removeprefix(boxes.ANSWER))
        if answer_id is None or answer_id not in seen:
            continue
        try:
            given.append(operations.Given(answer_id=answer_id, words=posted[name], seen=seen[answer_id]))
        except rules.TooLong:
            words[answer_id], errors[answer_id] = posted[name], _TOO_LONG
    return given, boxes.Typed(words=words, errors=errors)


def _identifier(given: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(given)
    except ValueError:
        return None


def _answer(opened: queries.Opened, told: Sequence[operations.Told], typed: boxes.Typed) -> dict[str, object]:
    """Say to the page's script what became of each answer, and who else is writing."""
    at = clock.now()
    beside = {card.answer_id: boxes.href("assessment-choose", opened, card.id) for card in queries.get_waiting(opened)}
    return {
        "at": wording.written_on(at),
        "saved": {str(one.answer_id): one.number for one in told if one.outcome is not rules.Outcome.BESIDE},
        "beside": {
            str(one.answer_id): {"who": one.written_by_name, "href": beside.get(one.answer_id, "")}
            for one in told
            if one.outcome is rules.Outcome.BESIDE
        },
        "refused": {str(answer_id): words for answer_id, words in typed.errors.items()},
        "writers": wording.writers(queries.get_writers(opened, at=at)),
    }


def _part(
    request: middleware.Request,
    asked: queries.Asked,
    code: str,
    typed: boxes.Typed,
    *,
    page_id: uuid.UUID | None = None,
) -> HttpResponse:
    found = queries.get_assessment(asked, at=clock.now())
    section = found.opened.form.section(code)
    if section is None:
        raise Http404
    if not (found.opened.may_write and wording.is_open(found)):
        return redirect(f"{boxes.href('assessment', found.opened)}#read-{code}")
    page = part_page(found, section, typed, page_id=page_id or ids.uuid7(), message=announcing.said(request))
    return render(request, "assessment/part.jinja", {"page": page}, status=422 if page.errors else 200)


def part_page(
    found: queries.AssessmentPage,
    section: rules.Section,
    typed: boxes.Typed,
    *,
    page_id: uuid.UUID,
    message: presenters.Message | None = None,
) -> assessment.PartPage:
    """Show one part of the form."""
    codes = [one.code for one in found.opened.form.sections]
    place = codes.index(section.code)
    groups = boxes.groups(found, section, typed)
    fields = [box.field for group in groups for element in group.elements for box in element.boxes]
    return assessment.PartPage(
        name=section.name,
        words=section.words,
        heading=wording.heading_of(found.opened),
        state=wording.STATES[found.state],
        action_href=boxes.href("assessment-part", found.opened, section.code),
        page_id=str(page_id),
        seen=boxes.seen_of(found, section),
        groups=groups,
        unread=tuple(member.name for member in found.opened.members if member.card is None),
        others=_others(found.opened, section),
        parts=wording.parts(found, section.code),
        writers=wording.writers(found.writers),
        next_name="" if place + 1 == len(codes) else found.opened.form.sections[place + 1].name,
        back=presenters.Link(text="The whole assessment", href=boxes.href("assessment", found.opened)),
        errors=presenters.errors_of(*fields),
        message=message,
    )


def _others(opened: queries.Opened, section: rules.Section) -> tuple[presenters.Link, ...]:
    """Lead to the same part of the other children, where each has a page of their own."""
    if not boxes.is_of_one(section):
        return ()
    return tuple(
        presenters.Link(
            text=member.name,
            href=reverse("assessment-part", args=[member.card.number, opened.row.id, section.code]),
        )
        for member in opened.members[1:]
        if member.card is not None
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entering.by_child
def choose(request: middleware.Request, number: str, assessment_id: uuid.UUID, waiting_id: uuid.UUID) -> HttpResponse:
    """Show two answers that were written at once, and keep what a person chooses."""
    asked = entering.asked(request, number, assessment_id)
    error = ""
    if request.method == "POST":
        error = _keep_choice(request, asked, waiting_id)
        if not error:
            messages.success(request, "Your choice is kept. The other words stay in the answer's history.")
            return redirect("assessment", number, assessment_id)
    found = queries.get_assessment(asked, at=clock.now())
    card = next((one for one in found.waiting if one.id == waiting_id), None)
    if card is None:
        messages.info(request, "Nothing waits there any more.")
        return redirect("assessment", number, assessment_id)
    page = choose_page(found, card, error=error)
    return render(request, "assessment/choose.jinja", {"page": page}, status=422 if error else 200)


def _keep_choice(request: middleware.Request, asked: queries.Asked, waiting_id: uuid.UUID) -> str:
    """Keep what was chosen; return why it was not, empty where it was."""
    choice, seen = request.POST.get("choice", ""), request.POST.get("seen", "")
    if choice not in {one.value for one in rules.Choice} or not (seen.isascii() and seen.isdecimal()):
        return "Choose what is to stand there"
    try:
        operations.choose(
            asked=asked,
            waiting_id=waiting_id,
            choice=rules.Choice(choice),
            seen=int(seen[:9]),
            by=request.viewer,
            at=clock.now(),
        )
    except operations.NoSuchWaiting:
        return "The words were changed meanwhile: read them again, and choose"
    return ""


def choose_page(found: queries.AssessmentPage, card: queries.WaitingCard, *, error: str) -> assessment.ChoosePage:
    """Show both answers."""
    field = found.opened.form.field(card.place.code)
    present = found.answers[card.place]
    choice = presenters.Field(
        name="choice",
        label="What is to stand there?",
        error=error,
        choices=tuple(presenters.Choice(value=one.value, text=text) for one, text in _CHOICES.items()),
    )
    return assessment.ChoosePage(
        label=boxes.label_of(field),
        about=_about(found.opened, card.place),
        present=assessment.Read(
            label="What stands there now",
            words=boxes.words_of(field, present.words),
            note=boxes.note_of(present.written_by_name, present.agency_name, present.written_at),
        ),
        waiting=assessment.Read(
            label="What was written at the same time, and waits",
            words=boxes.words_of(field, card.words),
            note=boxes.note_of(card.written_by_name, card.agency_name, card.written_at),
        ),
        action_href=boxes.href("assessment-choose", found.opened, card.id),
        seen=present.number,
        choice=choice,
        errors=presenters.errors_of(choice),
        back=presenters.Link(text="The whole assessment", href=boxes.href("assessment", found.opened)),
    )


def _about(opened: queries.Opened, place: rules.Place) -> str:
    member = next((one for one in opened.members if one.child_id == place.child_id), None)
    return boxes.heading_of(member)


@require_safe
@entering.by_child
def history(request: middleware.Request, number: str, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    """Show all that was ever written in one place."""
    opened, place, cards = queries.get_history(entering.asked(request, number, assessment_id), answer_id=answer_id)
    field = opened.form.field(place.code)
    page = assessment.HistoryPage(
        label=boxes.label_of(field),
        about=_about(opened, place),
        lines=tuple(
            assessment.Read(
                label="Written at the same time as another" if card.is_beside else f"Version {card.number}",
                words=boxes.words_of(field, card.words),
                note=boxes.note_of(card.written_by_name, card.agency_name, card.written_at),
            )
            for card in cards
        ),
        back=presenters.Link(text="The whole assessment", href=reverse("assessment", args=[number, assessment_id])),
    )
    return render(request, "assessment/history.jinja", {"page": page})
