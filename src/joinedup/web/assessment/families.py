"""The words of who an assessment is about: taking a brother or sister in, and children out.

Belongs here: the page, and why it was not done. Not here: doing it (processes.assessment).
"""

import uuid
from collections.abc import Iterable, Sequence

from django.urls import reverse

from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.assessment import operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import presenters, words
from joinedup.web.assessment import boxes, wording
from joinedup.web.assessment import presenters as assessment

_NOT_YOURS = "You may not assess this child. Ask whoever works with them to do it"
REFUSED: dict[type[Exception], str] = {
    rules.NobodyLeft: "An assessment is of somebody: leave at least one child in it",
    rules.NotInState: "Choose a child to take out, or one who is not in it yet to take in",
    operations.NotAllowed: _NOT_YOURS,
    childindex_queries.ReasonNeeded: _NOT_YOURS,
    people_queries.NoSuchChild: _NOT_YOURS,
}


def refusal_words(refusal: Exception) -> str:
    """Say why it was not done."""
    return next(said for kind, said in REFUSED.items() if isinstance(refusal, kind))


def leaving_of(numbers: Iterable[str], opened: queries.Opened) -> list[uuid.UUID]:
    """Return the children of the assessment who bear these numbers."""
    chosen = set(numbers)
    return [one.child_id for one in opened.members if one.card is not None and one.card.number in chosen]


def family_page(
    opened: queries.Opened, near: Sequence[childindex_queries.Sibling], *, refused: str
) -> assessment.FamilyPage:
    """Show who could be taken in, and who out."""
    inside = {one.card.number for one in opened.members if one.card is not None}
    members = [one.card for one in opened.members if one.card is not None]
    return assessment.FamilyPage(
        heading=wording.heading_of(opened),
        action_href=boxes.href("assessment-family", opened),
        joining=tuple(
            presenters.Choice(value=one.number, text=one.name, hint=f"Born {words.day(one.birth_date)}")
            for one in near
            if one.number not in inside
        ),
        leaving=tuple(presenters.Choice(value=card.number, text=card.full_name) for card in members)
        if len(members) > 1
        else (),
        errors=(presenters.FormError(text=refused),) if refused else (),
        back=presenters.Link(
            text="Back to the assessment", href=reverse("assessment", args=[opened.child.number, opened.row.id])
        ),
    )
