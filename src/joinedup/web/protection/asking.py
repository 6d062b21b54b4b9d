"""The questions of child protection, in the words in which they are asked.

Belongs here: a form as a page. Not here: reading what was posted (forms).
"""

from collections.abc import Iterator

from django.urls import reverse

from joinedup.processes.protection import queries, rules
from joinedup.web import presenters
from joinedup.web.casework import presenters as casework
from joinedup.web.casework import questions
from joinedup.web.casework.presenters import Question
from joinedup.web.protection import forms, vocabulary

_PRESENT_HINT = "One in each line: name, agency. They need no account here"
_VIEW = "What does the child say?"
_VIEW_HINT = "In their own words, or what was seen of a baby; else why it is missing"


def _step(form: forms.Step) -> Iterator[Question]:
    """Ask what an act has to say, in the order in which a meeting speaks of it."""
    said, asked = vocabulary.ACTS[form.act], form.asked
    yield questions.day(form, "happened_on", said.when)
    if "happened_time" in form.fields:
        yield questions.line(form, "happened_time", "At what time?", "By the 24-hour clock, for example 14:30")
    if rules.Detail.CHAIR in asked:
        yield questions.line(form, "chair", "Who chaired?", "Someone who is independent of the case")
    if rules.Detail.PRESENT in asked:
        yield questions.lines(form, "present", "Who took part?", _PRESENT_HINT)
    if rules.Detail.ALONE in asked:
        yield questions.choice(form, "is_alone", "Was the child seen alone?", vocabulary.ALONE)
    if rules.Detail.VIEW in asked:
        yield questions.lines(form, "childs_view", _VIEW, _VIEW_HINT)
    if rules.Detail.OUTCOME in asked:
        outcomes = {one: vocabulary.OUTCOMES[one] for one in form.outcomes}
        yield questions.choice(form, "outcome", "What was the outcome?", outcomes)
    if rules.Detail.CATEGORY in asked:
        yield questions.choice(
            form, "category", "Which category?", vocabulary.CATEGORIES, hint="Where there is a plan from now on"
        )
    if rules.Detail.ENDING in asked:
        hint = "Where the plan ends" if rules.Detail.OUTCOME in asked else ""
        yield questions.choice(form, "ending", "Why does it end?", vocabulary.ENDINGS, hint=hint)
    yield questions.lines(form, "words", said.words, said.words_hint)
    if "why" in form.fields:
        yield questions.lines(form, "why", "Why is it corrected?", "What was written stays, and is marked as corrected")


def _page(  # the words of one form
    asked: tuple[Question, ...], *, number: str, heading: str, explained: str, button: str, href: str, refused: str
) -> casework.FormPage:
    return casework.FormPage(
        heading=heading,
        words=explained,
        action_href=href,
        back=presenters.Link(text="Child protection", href=reverse("protection", args=[number])),
        button=button,
        questions=asked,
        errors=questions.errors(asked, refused),
    )


def step_page(form: forms.Step, *, number: str, href: str, refused: str = "") -> casework.FormPage:
    """Ask for one act, or for its correction."""
    said = vocabulary.ACTS[form.act]
    is_correction = "why" in form.fields
    return _page(
        tuple(_step(form)),
        number=number,
        heading=f"Correct: {said.happened}" if is_correction else said.heading,
        explained="Write it as it should have been. What follows must still follow from it."
        if is_correction
        else said.explained,
        button="Keep the correction" if is_correction else said.button,
        href=href,
        refused=refused,
    )


def invite_page(form: forms.Invite, *, number: str, href: str, refused: str = "") -> casework.FormPage:
    """Ask whom to ask to take part."""
    asked = (
        *questions.person(form, "Whom do you ask to take part?"),
        questions.line(form, "part", "To what?", "For example: chair of the conference, police, health"),
        questions.day(form, "until_on", "Until which day may they read the case?"),
    )
    return _page(
        asked,
        number=number,
        heading="Ask someone to take part",
        explained="They read this child's case until the end of that day, or until the concern has ended.",
        button="Ask them",
        href=href,
        refused=refused,
    )


def span_page(
    form: forms.Span, *, kind: rules.SpanKind, number: str, href: str, refused: str = ""
) -> casework.FormPage:
    """Ask from when a child is looked after under which code, or what a span should have said."""
    is_correction = "why" in form.fields
    noun = vocabulary.SPANS[kind].lower()
    asked = (
        questions.choice(form, "code", f"Which {noun}?", form.codes, many=True),
        questions.day(form, "started_on", "From which day?"),
        *([questions.day(form, "ended_on", "Until which day? Leave it empty if it goes on")] if is_correction else []),
        questions.lines(form, "words", "Why, and who decided it?"),
        *([questions.lines(form, "why", "Why is it corrected?")] if is_correction else []),
    )
    return _page(
        asked,
        number=number,
        heading=f"Correct a {noun}" if is_correction else f"Write down a {noun}",
        explained="By the codes of the return of looked-after children. No two of them cover the same day.",
        button="Keep the correction" if is_correction else "Keep it",
        href=href,
        refused=refused,
    )


def end_page(
    form: forms.EndSpan, span: queries.SpanCard, *, number: str, href: str, refused: str = ""
) -> casework.FormPage:
    """Ask until when a span ran."""
    asked = (
        questions.day(form, "ended_on", "On which day did it end?"),
        questions.lines(form, "words", "Why, and what follows?"),
    )
    return _page(
        asked,
        number=number,
        heading=f"End a {vocabulary.SPANS[span.kind].lower()}",
        explained=f"{span.code_words} ({span.code}). Another may begin on the same day.",
        button="End it",
        href=href,
        refused=refused,
    )
