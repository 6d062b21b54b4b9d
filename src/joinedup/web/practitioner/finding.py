"""The words of finding a child: the form again with what was typed, what was asked, who fits and why.

Belongs here: turning forms and finds into presenters. Not here: finding (childindex).
"""

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from joinedup.foundation import text
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import filled, lists, presenters, words
from joinedup.web.practitioner import forms
from joinedup.web.practitioner import presenters as practitioner

PAGE_CHILDREN = 20
SEX = {"F": "Girl", "M": "Boy", "U": "Not yet known"}
_BANDS = {"": "Any age", "0-4": "Under 5", "5-10": "5 to 10", "11-15": "11 to 15", "16-25": "16 to 25"}
_STRONG_POINTS = 18.0
_SORTS = {
    "best": "Best fit first",
    "name": "Name, A to Z",
    "-name": "Name, Z to A",
    "-born": "Youngest first",
    "born": "Oldest first",
}


_OWN_WORK_ALONE = (
    "You gave one thing. Shown are only children whom your own work leads to. To ask the whole index, give two: a first and "
    "a last name, a date of birth, a postcode, or a number."
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What this person may do with a sealed child, at all."""

    override: bool = False
    sealed_record: bool = False


def find_page(form: forms.Find, *, message: presenters.Message | None = None) -> practitioner.FindPage:
    """Show the form, empty or with what was typed and what is wrong with it."""
    name = presenters.Field(
        name="name",
        label="Name",
        value=filled.given(form, "name"),
        hint="Any part of it: first name, last name, nickname or an old name",
        error=filled.error(form, "name"),
    )
    birth_date = presenters.DateField(
        name="birth_date",
        label="Date of birth",
        hint="For example, 27 3 2017",
        day=filled.given(form, "birth_date-day"),
        month=filled.given(form, "birth_date-month"),
        year=filled.given(form, "birth_date-year"),
        error=filled.error(form, "birth_date"),
    )
    number = presenters.Field(
        name="number",
        label="NHS number, unique pupil number or child number",
        value=filled.given(form, "number"),
        error=filled.error(form, "number"),
    )
    postcode = presenters.Field(
        name="postcode", label="Postcode", value=filled.given(form, "postcode"), error=filled.error(form, "postcode")
    )
    age_band = presenters.Field(
        name="age_band",
        label="Age",
        error=filled.error(form, "age_band"),
        choices=filled.choices(_BANDS, filled.given(form, "age_band")),
    )
    whole = tuple(
        presenters.FormError(text=str(text), href="#name")
        for text in (form.non_field_errors() if form.is_bound else ())
    )
    return practitioner.FindPage(
        action_href=reverse("find"),
        name=name,
        birth_date=birth_date,
        number=number,
        postcode=postcode,
        age_band=age_band,
        errors=whole + presenters.errors_of(name, birth_date, number, postcode, age_band),
        message=message,
    )


def asked(criteria: childindex_rules.Criteria) -> tuple[str, ...]:
    """Say in words what was asked for."""
    born = f"born {words.day(criteria.birth_date)}" if criteria.birth_date else ""
    band = _BANDS[criteria.age_band.value] if criteria.age_band else ""
    return tuple(part for part in (criteria.name, born, criteria.number, criteria.postcode, band) if part)


def place(card: people_queries.ChildCard) -> str:
    """Write an address with its postcode, once."""
    parts = (card.address, "" if card.postcode and card.postcode in card.address else card.postcode)
    return ", ".join(part for part in parts if part)


def asked_of(given: Mapping[str, str], token: str) -> lists.Asked:
    """Read which part of the children found an address asks for."""
    return lists.asked(given, path=reverse("found", args=[token]), sorts=tuple(_SORTS))


def in_order(children: Sequence[childindex_queries.FoundChild], sort: str) -> tuple[childindex_queries.FoundChild, ...]:
    """Put children in the order asked for; whose name or date of birth is not known stands last, whichever way round."""
    if sort.endswith("name"):
        return _by(children, _name, is_descending=sort.startswith("-"))
    if sort.endswith("born"):
        return _by(children, lambda found: found.card.birth_date, is_descending=sort.startswith("-"))
    return tuple(children)


def _name(found: childindex_queries.FoundChild) -> tuple[str, str] | None:
    family, given = text.fold_name(found.card.family_name), text.fold_name(found.card.given_name)
    return (family, given) if family or given else None


def _by(
    children: Sequence[childindex_queries.FoundChild],
    key: Callable[[childindex_queries.FoundChild], Any],
    *,
    is_descending: bool,
) -> tuple[childindex_queries.FoundChild, ...]:
    # Sorting keeps the order of the best fit among children who are alike.
    known = sorted((found for found in children if key(found) is not None), key=key, reverse=is_descending)
    return (*known, *(found for found in children if key(found) is None))


def _order(wanted: lists.Asked) -> tuple[presenters.SortLink, ...]:
    return tuple(
        presenters.SortLink(
            text=text_shown, href=wanted.sorted_by(sort), direction="ascending" if sort == wanted.sort else ""
        )
        for sort, text_shown in _SORTS.items()
    )


def found_page(
    *,
    criteria: childindex_rules.Criteria,
    found: childindex_queries.Found,
    wanted: lists.Asked,
    token: str,
    on: datetime.date,
    offers: Offers,
) -> practitioner.FindResultsPage:
    """Show who fits, a page at a time, with the reasons."""
    again = presenters.Link(text="Change what you asked", href=reverse("find"))
    empty = too_many = None
    if found.is_too_many:
        too_many = presenters.EmptyState(
            heading="More children fit than a list can help with",
            words="Add a date of birth, a postcode, an age or another part of the name.",
            action=again,
        )
    elif not found.children and not found.stubs:
        empty = presenters.EmptyState(
            heading="We know no child who fits",
            words="Try fewer details, another form of the name, or an earlier address.",
            action=again,
        )
    children = () if too_many else in_order(found.children, wanted.sort)
    first = lists.within(wanted.first, total=len(children), size=PAGE_CHILDREN)
    shown = children[first - 1 : first - 1 + PAGE_CHILDREN]
    return practitioner.FindResultsPage(
        asked=asked(criteria),
        again_href=reverse("find"),
        children=tuple(_child(child, token, on) for child in shown),
        protected=() if too_many else tuple(_protected(stub, on, offers) for stub in found.stubs),
        whom_to_ring=settings.SHIELD_CONTACT,
        note=_OWN_WORK_ALONE if found.is_own_work_alone else "",
        sort=_order(wanted) if len(children) > 1 else (),
        pager=lists.pager(
            wanted,
            first=first,
            shown=len(shown),
            total=len(children),
            size=PAGE_CHILDREN,
            noun="child",
            plural="children",
        ),
        empty=empty,
        too_many=too_many,
    )


def _protected(stub: childindex_queries.Stub, on: datetime.date, offers: Offers) -> practitioner.ProtectedChild:
    return practitioner.ProtectedChild(
        name=" ".join(part for part in (stub.given_name, stub.family_name) if part) or "Name not known",
        child_number=stub.number,
        birth_date=stub.birth_date,
        on=on,
        sex=SEX.get(stub.sex, ""),
        why=tuple(reason[:1].upper() + reason[1:] for reason in stub.reasons),
        href=reverse("child", args=[stub.number]) if offers.sealed_record else "",
        emergency_href=f"{reverse('emergency', args=[stub.number])}?sealed=yes" if offers.override else "",
    )


def _child(found: childindex_queries.FoundChild, token: str, on: datetime.date) -> practitioner.FoundChild:
    card = found.card
    is_strong = found.points >= _STRONG_POINTS
    return practitioner.FoundChild(
        name=card.full_name,
        href=f"{reverse('child', args=[card.number])}?search={token}",
        child_number=card.number,
        birth_date=card.birth_date,
        on=on,
        sex=SEX.get(card.sex, ""),
        place=place(card),
        why=tuple(reason[:1].upper() + reason[1:] for reason in found.reasons),
        answers=f"Known to {words.count(card.agency_count, 'agency', 'agencies')}",
        strength=presenters.Tag(text="Strong match", tone=presenters.Tone.GOOD) if is_strong else None,
    )


def reason_page(form: forms.Why, *, number: str) -> practitioner.ReasonPage:
    """Ask why, with what was chosen before."""
    reason = presenters.Field(
        name="reason",
        label="What is the reason?",
        error=filled.error(form, "reason"),
        choices=filled.choices(forms.REASONS, filled.given(form, "reason")),
    )
    note = presenters.Field(
        name="note",
        label="Anything to add (you may leave this empty)",
        hint="A case or log number, for example",
        value=filled.given(form, "note"),
        error=filled.error(form, "note"),
    )
    return practitioner.ReasonPage(
        action_href=reverse("why", args=[number]),
        back_href=reverse("find"),
        question=practitioner.ReasonQuestion(reason=reason, note=note),
        errors=presenters.errors_of(reason, note),
    )
