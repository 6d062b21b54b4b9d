"""The forms of data requests, as pages.

Belongs here: questions and their words. Not here: what they lead to (views), showing a request (wording).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.urls import reverse

from joinedup.delivery.records import queries as records_queries
from joinedup.governance.rights import operations as rights_operations
from joinedup.governance.rights import queries as rights_queries
from joinedup.web import filled, presenters
from joinedup.web.datarequests import forms, wording
from joinedup.web.datarequests import presenters as datarequests

_RADIOS, _LINE, _LINES, _DATE = "radios", "line", "lines", "date"
_MOST_LINES = 400


def _words(form: django_forms.Form, name: str, label: str, hint: str = "", error: str = "") -> presenters.Field:
    return presenters.Field(
        name=name, label=label, hint=hint, value=filled.given(form, name), error=error or filled.error(form, name)
    )


def _choice(form: django_forms.Form, name: str, label: str, choices: Mapping[Any, str]) -> presenters.Field:
    return presenters.Field(
        name=name,
        label=label,
        error=filled.error(form, name),
        choices=filled.choices(choices, filled.given(form, name)),
    )


def _page(  # what is asked, where it goes, and the way back
    questions: Sequence[tuple[str, presenters.Field | presenters.DateField]],
    *,
    heading: str,
    words: str,
    action_href: str,
    back: presenters.Link,
    button: str,
) -> datarequests.FormPage:
    return datarequests.FormPage(
        heading=heading,
        words=words,
        action_href=action_href,
        back=back,
        button=button,
        questions=tuple(questions),
        errors=presenters.errors_of(*(field for _, field in questions)),
    )


def _back(card: rights_queries.RequestCard) -> presenters.Link:
    return presenters.Link(text=f"Request {card.number}", href=reverse("request", args=[card.id]))


def new_page(form: forms.NewRequest, *, refused: str = "") -> datarequests.FormPage:
    """Ask what was asked, of whom and by whom."""
    asked_on = presenters.DateField(
        name="asked_on",
        label="On which day did they ask?",
        hint="The month in which they must be answered begins on this day, however they asked.",
        day=filled.given(form, "asked_on-day"),
        month=filled.given(form, "asked_on-month"),
        year=filled.given(form, "asked_on-year"),
        error=filled.error(form, "asked_on"),
    )
    return _page(
        [
            (_RADIOS, _choice(form, "kind", "What do they ask?", forms.KINDS)),
            (_LINE, _words(form, "number", "Child number", "As it stands on the child's page.", refused)),
            (_RADIOS, _choice(form, "asker", "Who asks?", forms.ASKERS)),
            (_LINE, _words(form, "asker_name", "Their name")),
            (_LINES, _words(form, "identity_checked", "How did you check who they are, and that they may ask?")),
            (_DATE, asked_on),
            (_LINES, _words(form, "asked", "What do they ask, in their own words?")),
        ],
        heading="Write a request down",
        words="A second person confirms who asked before anyone sees the record by it.",
        action_href=reverse("request-new"),
        back=presenters.Link(text=wording.ALL, href=reverse("requests")),
        button="Write it down",
    )


def extend_page(form: forms.Why, card: rights_queries.RequestCard, *, refused: str = "") -> datarequests.FormPage:
    """Ask why two more months are needed."""
    return _page(
        [
            (
                _LINES,
                _words(form, "words", "Why?", "Tell the person who asked the same, within the first month.", refused),
            )
        ],
        heading="Take two more months",
        words="Only where requests are complex or many. It can be done once, within the first month.",
        action_href=reverse("request-extend", args=[card.id]),
        back=_back(card),
        button="Take two more months",
    )


def answer_page(form: forms.Answer, card: rights_queries.RequestCard, *, refused: str = "") -> datarequests.FormPage:
    """Ask how the request was answered."""
    return _page(
        [
            (_RADIOS, _choice(form, "outcome", "What was done?", forms.OUTCOMES)),
            (
                _LINES,
                _words(
                    form, "words", "The answer, as it was given", "With what they can do if they disagree.", refused
                ),
            ),
        ],
        heading="Write the answer",
        words="The request is closed, and nobody looks at the record by it any longer.",
        action_href=reverse("request-answer", args=[card.id]),
        back=_back(card),
        button="Close the request",
    )


def dispute_page(
    form: forms.Dispute,
    card: rights_queries.RequestCard,
    lines: Sequence[records_queries.KeptLine],
    *,
    refused: str = "",
) -> datarequests.FormPage:
    """Ask which line of what agencies sent is disputed, and what is said against it."""
    sent = [line for line in lines if line.source_record_id is not None]
    choices = {rights_operations.key_of_line(line): wording.line_words(line) for line in sent[:_MOST_LINES]}
    return _page(
        [
            (_RADIOS, _choice(form, "key", "What is disputed?", choices)),
            (
                _LINES,
                _words(
                    form,
                    "words",
                    "What do they say is right?",
                    "Everyone who sees the fact sees these words beside it. Put nothing into them that may endanger anyone.",
                    refused,
                ),
            ),
        ],
        heading="Choose what is disputed",
        words="What the agency said stays as it is. That it is disputed stands beside it from now on.",
        action_href=reverse("request-dispute", args=[card.id]),
        back=_back(card),
        button="Mark it as disputed",
    )


def decide_page(
    form: forms.Decide, card: rights_queries.RequestCard, one: rights_queries.DisputeCard
) -> datarequests.FormPage:
    """Ask what was decided of a disputed fact."""
    return _page(
        [
            (_RADIOS, _choice(form, "decision", "What was decided?", forms.DECISIONS)),
            (_LINES, _words(form, "words", "Why?", "What you checked, and with whom.")),
        ],
        heading="Decide on a disputed fact",
        words=f"{wording.mark_words(one.mark)}. They say: {one.mark.words}",
        action_href=reverse("request-decide", args=[card.id, one.id]),
        back=_back(card),
        button="Keep the decision",
    )
