"""The words of what a family says: what I think, about me, a worry, a wrong fact, and what came of each.

Belongs here: forms and cards turned into presenters. Not here: what is read of forms (forms), requests (telling).
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from django import forms as django_forms
from django.urls import reverse

from joinedup.foundation import clock
from joinedup.governance.rights import queries as rights_queries
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import filled, presenters, words
from joinedup.web.family import forms, wording
from joinedup.web.family import presenters as family

_ANSWERED = presenters.Tag(text="Answered", tone=presenters.Tone.GOOD)
_SHOWN = {
    participation_rules.ShownTo.LEAD: "The worker who runs the plan can see this.",
    participation_rules.ShownTo.HELPERS: "All who help can see this.",
}


def _day(at: datetime.datetime) -> str:
    return words.day(clock.local(at).date())


def by_when(at: datetime.datetime) -> str:
    """Say by when something is done, where `at` is the first moment that is too late."""
    local = clock.local(at)
    if local.time() == datetime.time():
        return f"by the end of {words.day(local.date() - datetime.timedelta(days=1))}"
    return f"by {words.moment(local)}"


def _field(form: django_forms.Form, name: str, label: str, hint: str = "") -> presenters.Field:
    return presenters.Field(
        name=name, label=label, hint=hint, value=filled.given(form, name), error=filled.error(form, name)
    )


def _pick(form: django_forms.Form, name: str, label: str, texts: Mapping[str, str], hint: str = "") -> presenters.Field:
    return dataclasses.replace(_field(form, name, label, hint), choices=filled.choices(texts, filled.given(form, name)))


def think_page(
    form: forms.Think,
    *,
    number: str,
    views: Sequence[participation_queries.ViewCard],
    has_lead: bool,
    message: presenters.Message | None,
) -> family.FormPage:
    """Ask what someone thinks and who may see it, and show what they said before with its answers."""
    one = {"": "Pick one", **form.helpers}
    questions: tuple[family.Question, ...] = (
        ("lines", _field(form, "words", "What do you think?")),
        ("radios", _pick(form, "occasion", "Why do you say it now?", forms.OCCASIONS)),
        ("radios", _pick(form, "shown_to", "Who may see it?", form.may_see)),
        *((("select", _pick(form, "named", "If just one, who?", one)),) if form.helpers else ()),
    )
    return family.FormPage(
        heading="What I think",
        words=(
            "You pick who sees what you write. We keep to that.",
            "There is one limit. If you or someone else may not be safe, a worker may have to tell.",
            "They will talk to you first if they can.",
        ),
        action_href=reverse("my-views", args=[number]),
        button="Send it",
        questions=questions,
        back=wording.back(number),
        before_heading="What I said, and what you did",
        before=tuple(_view(card, has_lead=has_lead) for card in views),
        errors=presenters.errors_by_question(*(field for _, field in questions)),
        message=message,
    )


def _view(card: participation_queries.ViewCard, *, has_lead: bool) -> family.Before:
    """Show what was said; an answer is promised only where somebody is there who owes it."""
    who = _SHOWN.get(card.shown_to, f"Just {card.named_name} can see this.")
    is_owed = has_lead or card.shown_to is participation_rules.ShownTo.NAMED
    until = f"by {words.day(card.answer_due_on)}" if is_owed else "when someone runs your plan"
    waits = "" if card.answered_at else f"You will have an answer {until}."
    return family.Before(
        heading=_day(card.given_at),
        words=tuple(text for text in (card.words, who, waits) if text),
        answer=wording.explained(card.answer),
        answered="" if card.answered_at is None else f"{card.answered_by_name} said, on {_day(card.answered_at)}:",
        tag=_ANSWERED if card.answered_at else None,
    )


def about_page(
    form: forms.About,
    *,
    number: str,
    kept: participation_queries.AboutCard | None,
    message: presenters.Message | None,
) -> family.FormPage:
    """Ask what new workers should know; what stands there is filled in, so that it is changed and not said again."""

    def field(name: str, label: str) -> family.Question:
        asked = _field(form, name, label)
        stands = getattr(kept, name, "") if kept is not None and not form.is_bound else asked.value
        return "lines", dataclasses.replace(asked, value=stands)

    questions = (
        field("know", "What do you want us to know about you?"),
        field("like", "What do you like?"),
        field("helps", "What helps you?"),
        field("hinders", "What does not help?"),
    )
    return family.FormPage(
        heading="About me",
        words=("Say it once. Then you need not tell each new worker.", "All who help you can read this page."),
        action_href=reverse("my-about", args=[number]),
        button="Keep it",
        questions=questions,
        back=wording.back(number),
        errors=presenters.errors_by_question(*(field for _, field in questions)),
        message=message,
    )


def worry_page(
    form: forms.Worry,
    *,
    number: str,
    key: str,
    receipts: Sequence[inbasket_queries.ReceiptCard],
    message: presenters.Message | None,
) -> family.FormPage:
    """Ask what worries someone, say who reads it, and show what came of worries before."""
    questions: tuple[family.Question, ...] = (
        ("lines", _field(form, "words", "What worries you?")),
        (
            "line",
            _field(
                form, "ring_back", "How can we reach you and keep you safe?", "A phone number, or a time and a place"
            ),
        ),
    )
    return family.FormPage(
        heading="I am worried",
        words=(
            "Tell us. A worker reads it and says what comes next.",
            "To keep you safe, they may have to tell others. They will talk to you first if they can.",
        ),
        action_href=reverse("my-worry", args=[number]),
        button="Send it",
        questions=questions,
        back=wording.back(number),
        before_heading="What I told you",
        before=tuple(map(_worry, receipts)),
        hidden=(("key", filled.given(form, "key") or key),),
        errors=presenters.errors_by_question(*(field for _, field in questions)),
        message=message,
    )


def next_step(receipt: inbasket_queries.ReceiptCard) -> str:
    """Say what happens next and by when, by the clock that the front door works by."""
    due = inbasket_queries.get_first_due(received_at=receipt.sent_at)
    until = "soon" if due is None else by_when(due)
    ring = f" You can ring them on {receipt.ring_phone}." if receipt.ring_phone else ""
    return f"A worker reads it and says here what comes next, {until}.{ring}"


def _worry(receipt: inbasket_queries.ReceiptCard) -> family.Before:
    is_told = receipt.told_at is not None
    return family.Before(
        heading=f"You told us on {_day(receipt.sent_at)}",
        words=() if is_told else (next_step(receipt),),
        answer=wording.explained(receipt.told_words or ("Ring them. They can tell you more." if is_told else "")),
        answered="" if receipt.told_at is None else f"{receipt.ring_name} said, on {_day(receipt.told_at)}:",
        tag=_ANSWERED if is_told else None,
    )


def correction_page(
    form: forms.Correction,
    *,
    number: str,
    asked: Sequence[rights_queries.OwnAsked],
    message: presenters.Message | None,
) -> family.FormPage:
    """Ask which fact is wrong, and show what was asked before."""
    questions: tuple[family.Question, ...] = (("lines", _field(form, "words", "What is wrong? What is right?")),)
    return family.FormPage(
        heading="This is wrong",
        words=("Is a fact here not true? Tell us. Two people will look at it, and you will have an answer.",),
        action_href=reverse("my-correction", args=[number]),
        button="Ask for it",
        questions=questions,
        back=wording.back(number),
        before_heading="What I asked for",
        before=tuple(map(_asked, asked)),
        errors=presenters.errors_by_question(*(field for _, field in questions)),
        message=message,
    )


def _asked(one: rights_queries.OwnAsked) -> family.Before:
    waits = "" if one.closed_at else f"You will have an answer by {words.day(one.due_on)}."
    return family.Before(
        heading=words.day(one.asked_on),
        words=tuple(text for text in (one.asked, waits) if text),
        answer=wording.explained(one.answer),
        answered="" if one.closed_at is None else f"The answer, on {_day(one.closed_at)}:",
        tag=_ANSWERED if one.closed_at else None,
    )
