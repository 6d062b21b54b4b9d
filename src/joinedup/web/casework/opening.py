"""The forms that stand before a plan: opening an episode, and answering an offer.

Belongs here: their questions and words. Not here: the acts on a plan (deeds, endings).
"""

import uuid
from typing import Any

from django import forms as django_forms
from django.urls import reverse

from joinedup.processes.casework import queries
from joinedup.web import addresses, presenters, words
from joinedup.web.casework import forms, questions, vocabulary
from joinedup.web.casework import presenters as casework

ACCEPT, DECLINE = "accept", "decline"
_LEVELS = {int(level): text for level, text in vocabulary.LEVELS.items()}
_ANSWERS = {ACCEPT: "Yes, we take it and answer from now on", DECLINE: "No, and I say why"}


class Open(django_forms.Form):
    """Which help, at which level, and why."""

    kind = forms.chosen(vocabulary.KINDS)
    level = forms.chosen(_LEVELS)
    why = forms.Said()


def page(form: Open, *, number: str, contact_id: uuid.UUID | None = None, refused: str = "") -> casework.FormPage:
    """Ask which help is begun."""
    asked = (
        questions.choice(form, "kind", "Which help is this?", vocabulary.KINDS),
        questions.choice(form, "level", "Which level of need, in your judgement?", _LEVELS),
        questions.lines(form, "why", "Why, in words that the family would use?"),
    )
    return casework.FormPage(
        heading="Open an episode of help",
        words=f"For the child with the number {words.child_number(number)}. Your team answers for it until another accepts it.",
        action_href=reverse("episode-new", args=[number]) + (f"?contact={contact_id}" if contact_id else ""),
        back=presenters.Link(text="The contact", href=reverse("in-basket-item", args=[contact_id]))
        if contact_id
        else presenters.Link(text="The child's page", href=addresses.child(number)),
        button="Open it",
        questions=asked,
        errors=questions.errors(asked, refused),
    )


class Answer(forms.WithPerson):
    """Whether the team takes it, who will lead, and what is said."""

    is_needed = False
    answer = forms.chosen(_ANSWERS)
    words = forms.Said()
    goodbye = forms.Said(required=False)

    def __init__(self, posted: Any, *, offer: queries.OfferCard) -> None:
        super().__init__(posted)
        self.offer = offer
        self.agency_id = offer.to_agency_id

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        lacks_lead = given["practitioner_id"] is None and not self.offer.is_within
        if given.get("answer") == ACCEPT and lacks_lead and "who" not in self.errors:
            self.add_error("who", "Name who will lead: the child is never without one")
        return given


def offer_page(form: Answer, offer: queries.OfferCard, *, refused: str = "") -> casework.FormPage:
    """Ask whether the team takes what is offered."""
    asked = (
        questions.choice(form, "answer", "Do you take it?", _ANSWERS),
        *(questions.person(form, "Who will lead?", "Someone of your agency; as much of the name as you know")),
        questions.lines(form, "goodbye", "How do the child and whoever led until now say goodbye?"),
        questions.lines(form, "words", "What do you say to whoever offered it?"),
    )
    level = str(offer.to_level)
    if offer.to_level != offer.from_level:
        level = f"From {offer.from_level} to {offer.to_level}"
    return casework.FormPage(
        heading="Answer an offer",
        words="Whoever offered it answers for it until you accept. You see who the child is once it is yours.",
        action_href=reverse("offer", args=[offer.id]),
        back=presenters.Link(text="My work", href=addresses.of("work")),
        button="Keep the answer",
        facts=(
            ("Child number", words.child_number(offer.child_number)),
            ("From", f"{offer.from_team}, {offer.offered_by}"),
            ("To", offer.to_team),
            ("Level of need", level),
            ("Why", offer.why),
        ),
        questions=asked,
        errors=questions.errors(asked, refused),
    )
