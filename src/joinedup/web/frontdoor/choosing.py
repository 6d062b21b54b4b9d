"""Which child of the index an item is about: who may be meant, as the index finds them from what was typed.

Belongs here: looking for candidates, and their words. Not here: choosing, which a person does (inbasket).
"""

import datetime

from django.urls import reverse

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.web import filled, presenters, words
from joinedup.web.frontdoor import forms, helpwording
from joinedup.web.frontdoor import presenters as frontdoor

#: Says that it is none of the children of the index.
NONE = "none"
_MOST = 10


def candidates(
    card: inbasket_queries.ItemCard, *, viewer: access_rules.Viewer, on: datetime.date
) -> list[childindex_queries.FoundChild]:
    """Return the children who may be meant, the likeliest first; none where too little was typed to look for anyone."""
    said = card.message
    number = childindex_rules.Criteria(number=said.number)
    has_number = bool(number.nhs_number() or number.upn() or number.child_number())
    criteria = childindex_rules.Criteria(
        name=said.name,
        birth_date=said.birth_date,
        number=said.number if has_number else "",
        postcode=said.postcode,
    )
    try:
        found = childindex_queries.find_children(
            viewer=viewer, criteria=criteria, purpose=childindex_rules.Purpose.REFERRAL, on=on
        )
    except childindex_rules.EmptyCriteria:
        return []
    return list(found.children[:_MOST])


def choose_page(
    card: inbasket_queries.ItemCard,
    found: list[childindex_queries.FoundChild],
    *,
    form: forms.Choose,
    refused: str,
) -> frontdoor.ChoosePage:
    """Ask which child it is, beside what the sender typed."""
    chosen = filled.given(form, "chosen")
    why = presenters.Field(
        name="choose_why",
        label="By what do you know?",
        hint="For example, the sender confirmed the date of birth on the telephone",
        value=filled.given(form, "choose_why"),
        error=filled.error(form, "choose_why"),
    )
    wrong = filled.error(form, "chosen") or refused
    errors = (presenters.FormError(text=wrong, href="#chosen-none"),) if wrong else ()
    return frontdoor.ChoosePage(
        action_href=reverse("in-basket-child", args=[card.id]),
        back_href=reverse("in-basket-item", args=[card.id]),
        sent=helpwording.sent_rows(card.message),
        candidates=tuple(_candidate(one, place, chosen) for place, one in enumerate(found, 1)),
        is_none_chosen=chosen == NONE,
        error=wrong,
        why=why,
        find_href=reverse("find"),
        errors=errors + presenters.errors_of(why),
    )


def _candidate(found: childindex_queries.FoundChild, place: int, chosen: str) -> frontdoor.Candidate:
    card = found.card
    return frontdoor.Candidate(
        value=card.number,
        id=f"chosen-{place}",
        name=card.full_name,
        born=words.day(card.birth_date),
        number=words.child_number(card.number),
        why=tuple(reason[:1].upper() + reason[1:] for reason in found.reasons),
        is_chosen=chosen == card.number,
    )
