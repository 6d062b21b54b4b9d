"""The words of a child's page and of a source record: kinds, levels, facts and reasons as people say them.

Belongs here: turning what the rings return into presenters. Not here: asking for it (views).
"""

import dataclasses
import datetime
import urllib.parse
from collections.abc import Collection, Sequence

from django.urls import reverse

from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.foundation import clock
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import addresses, looking, presenters, words
from joinedup.web.practitioner import finding, forms, linking
from joinedup.web.practitioner import presenters as practitioner

KINDS = {
    records_rules.InvolvementKind.SCHOOL: "On a school's roll",
    records_rules.InvolvementKind.GENERAL_PRACTICE: "Registered with a general practice",
    records_rules.InvolvementKind.COMMUNITY_HEALTH: "Community health",
    records_rules.InvolvementKind.CHILD_IN_NEED: "Children's social care, child in need",
    records_rules.InvolvementKind.CHILD_PROTECTION: "Child protection plan",
    records_rules.InvolvementKind.LOOKED_AFTER: "Looked after by the council",
    records_rules.InvolvementKind.POLICE: "Named in a police notification",
    records_rules.InvolvementKind.YOUTH_JUSTICE: "Youth justice",
    records_rules.InvolvementKind.LEISURE: "Sport, play and culture",
    records_rules.InvolvementKind.VOLUNTARY: "Charity or community group",
}

_LEVELS = {
    records_rules.Level.UNIVERSAL: presenters.Tag(text="For every child", tone=presenters.Tone.QUIET),
    records_rules.Level.TARGETED: presenters.Tag(text="Targeted help"),
    records_rules.Level.SPECIALIST: presenters.Tag(text="Specialist help"),
}

FACTS = {
    "given_name": "First name",
    "middle_names": "Middle names",
    "family_name": "Family name",
    "preferred_name": "Preferred name",
    "former_family_name": "Former family name",
    "birth_date": "Date of birth",
    "expected_birth_date": "Expected date of birth",
    "death_date": "Date of death",
    "sex": "Sex",
    "nhs_number": "NHS number",
    "nhs_number_verified": "NHS number verified",
    "former_nhs_numbers": "Former NHS numbers",
    "upn": "Unique pupil number",
    "former_upn": "Former pupil number",
    "address": "Address",
    "postcode": "Postcode",
}

_TIERS = {
    "T1": "who the child is and whom to ring",
    "T2": "early help and the plan",
    "T3": "the statutory case",
    "T4": "what is sensitive",
}

_EMERGENCY = "You are looking in an emergency, for an hour, and someone will review it."
_IS_SEALED = (
    "This record is sealed: say nothing of it, least of all where the child lives, to anyone who need not know."
)
_OWN_WORK = "You are looking because your agency helps this child."


def why_looking(purpose: str) -> str:
    """Say what was written down as the reason."""
    if purpose == childindex_rules.Purpose.EMERGENCY:
        return f"{_EMERGENCY} That you looked, and why, is written down."
    reason = forms.REASONS.get(childindex_rules.Purpose(purpose)) if purpose else None
    because = f"You are looking because: {reason[:1].lower()}{reason[1:]}." if reason else _OWN_WORK
    return f"{because} That you looked, and why, is written down."


def what_is_shown(tiers: Collection[str]) -> str:
    """Say which parts of a record the viewer's work shows them; whether there is anything in the others is not said."""
    held = [name for tier, name in _TIERS.items() if tier in tiers]
    listed = " and ".join(part for part in (", ".join(held[:-1]), *held[-1:]) if part)
    return f"Your work shows you {listed}. Whatever else there may be is for those whose work needs it: ask whoever answers."


def value_words(field: str, value: str) -> str:
    """Return a field's value as the page writes it."""
    if field.endswith("_date"):
        return words.day(datetime.date.fromisoformat(value))
    if field == "nhs_number":
        return words.nhs_number(value)
    if field == "sex":
        return finding.SEX.get(value, value)
    return value


def kind_words(kind: str) -> str:
    """Return what a kind of help is called on the page."""
    return {str(known): text for known, text in KINDS.items()}.get(kind, kind)


def _statements(number: str, sayings: Sequence[childindex_rules.Saying]) -> tuple[practitioner.Statement, ...]:
    return tuple(
        practitioner.Statement(
            agency=saying.agency_name,
            said_date=clock.local(saying.received_at).date(),
            href=addresses.source_record(number, saying.source_record_id),
        )
        for saying in sayings
    )


def fact(number: str, known: childindex_rules.Fact) -> practitioner.Fact:
    """Show a fact with every agency's word on it."""
    first = practitioner.FactValue(
        words=value_words(known.field, known.value), statements=_statements(number, known.sayings), is_shown=True
    )
    others = tuple(
        practitioner.FactValue(words=value_words(known.field, value), statements=_statements(number, sayings))
        for value, sayings in known.others
    )
    return practitioner.Fact(label=FACTS.get(known.field, known.field), values=(first, *others))


def involvements(
    number: str, lines: Sequence[records_queries.HelpLine], *, answering: records_queries.HelpLine | None = None
) -> tuple[practitioner.Involvement, ...]:
    """Show the services that help or helped; one that several agencies name stands once, with each of them as a source."""
    shown: dict[tuple[str, str], practitioner.Involvement] = {}
    for line in lines:
        key = (line.kind, line.service.casefold())
        first = shown.get(key)
        here = _involvement(number, line, answers=line is answering)
        shown[key] = here if first is None else _joined(first, here)
    return _told_once(tuple(shown.values()))


def _told_once(shown: Sequence[practitioner.Involvement]) -> tuple[practitioner.Involvement, ...]:
    """Show a help once that an agency tells twice: in one file by the team and person, in another by its own name alone."""
    named = [one for one in shown if one.practitioner]
    return tuple(one for one in shown if not any(_is_less_of(one, other) for other in named))


def _is_less_of(one: practitioner.Involvement, named: practitioner.Involvement) -> bool:
    return (
        not one.practitioner
        and not one.answers
        and one.started_date is not None
        and (one.kind, one.started_date, one.ended_date) == (named.kind, named.started_date, named.ended_date)
        and {source.text for source in one.sources} <= {source.text for source in named.sources}
    )


def _joined(first: practitioner.Involvement, again: practitioner.Involvement) -> practitioner.Involvement:
    known = {source.text for source in first.sources}
    return dataclasses.replace(
        first,
        started_date=first.started_date or again.started_date,
        practitioner=first.practitioner or again.practitioner,
        phone=first.phone or again.phone,
        answers=first.answers or again.answers,
        sources=first.sources + tuple(source for source in again.sources if source.text not in known),
    )


def _involvement(number: str, line: records_queries.HelpLine, *, answers: bool) -> practitioner.Involvement:
    return practitioner.Involvement(
        service=line.service,
        kind=KINDS.get(records_rules.InvolvementKind(line.kind), line.kind),
        level=_LEVELS[records_rules.Level(line.level)],
        started_date=line.started_date,
        ended_date=line.ended_date,
        practitioner=line.practitioner,
        phone=line.phone,
        answers=answers,
        sources=(presenters.Link(text=line.agency_name, href=addresses.source_record(number, line.source_record_id)),),
    )


def _relationships(number: str, page: childindex_queries.ChildPage) -> tuple[practitioner.Relationship, ...]:
    named: dict[tuple[str, str], practitioner.Relationship] = {}
    for line in page.relatives:
        said = presenters.Link(text=line.agency_name, href=addresses.source_record(number, line.source_record_id))
        key = (line.relationship.casefold(), line.name.casefold())
        first = named.get(key)
        named[key] = practitioner.Relationship(
            relationship=line.relationship[:1].upper() + line.relationship[1:],
            name=line.name,
            phone=line.phone if first is None else first.phone or line.phone,
            sources=(said,) if first is None else (*first.sources, said),
        )
    at_home = tuple(
        practitioner.Relationship(
            relationship="Child at the same address", name=child.name, href=addresses.child(child.number)
        )
        for child in page.others_at_home
    )
    return (*named.values(), *at_home)


def _banner(page: childindex_queries.ChildPage, on: datetime.date) -> practitioner.IdentityBanner:
    card = page.card
    known_as = {card.known_as} | {
        fact.value for fact in page.facts if fact.field in {"preferred_name", "former_family_name"}
    }
    answers = page.answers
    return practitioner.IdentityBanner(
        name=card.full_name,
        child_number=card.number,
        on=on,
        birth_date=card.birth_date,
        death_date=card.death_date,
        sex=finding.SEX.get(card.sex, ""),
        also_known_as=tuple(sorted(known_as - {"", card.given_name, card.family_name})),
        nhs_number=card.nhs_number,
        upn=card.upn,
        address=finding.place(card),
        answering=None
        if answers is None
        else practitioner.Answering(
            service=answers.service,
            practitioner=answers.practitioner,
            phone=answers.phone,
            since_date=answers.started_date,
        ),
    )


def looks(cards: Sequence[assurance_queries.LookCard]) -> tuple[practitioner.Look, ...]:
    """Show who looked last."""
    return tuple(
        practitioner.Look(
            at=card.at,
            who=card.actor_name,
            role=looking.roles(card.roles),
            agency=card.agency_name,
            what=looking.KINDS[card.kind],
            purpose=looking.purpose(card.purpose),
            times=card.times,
            mark=looking.mark(card.mark),
        )
        for card in cards
    )


def _warning(page: childindex_queries.ChildPage) -> str:
    """Say above everything that the record is sealed, and that this is an emergency look."""
    is_emergency = page.purpose == childindex_rules.Purpose.EMERGENCY
    return " ".join([*([_IS_SEALED] if page.is_sealed else []), *([_EMERGENCY] if is_emergency else [])])


def child_page(  # the child, the part of the chronology asked for, who looked, and where the person came from
    page: childindex_queries.ChildPage,
    shown: practitioner.Chronology,
    *,
    on: datetime.date,
    back: presenters.Link | None,
    last_looks: Sequence[assurance_queries.LookCard] | None = None,
) -> practitioner.ChildPage:
    """Show one child whole."""
    number = page.card.number
    return practitioner.ChildPage(
        banner=_banner(page, on),
        why_looking=why_looking(page.purpose),
        what_is_shown=what_is_shown(page.tiers),
        warning=_warning(page),
        emergency_href=reverse("emergency", args=[number]) if page.may_break_glass else "",
        step_up_href=_step_up_href(number) if page.needs_second_factor else "",
        finish_href=reverse("emergency-end", args=[number])
        if page.purpose == childindex_rules.Purpose.EMERGENCY
        else "",
        helping_now=involvements(number, page.help_now, answering=page.answers),
        helped_before=tuple(_involvement(number, line, answers=False) for line in page.help_before),
        facts=tuple(fact(number, known) for known in page.facts),
        relationships=_relationships(number, page),
        chronology=shown,
        records=linking.records(number, page.records),
        looks=None if last_looks is None else looks(last_looks),
        back=back,
    )


def _step_up_href(number: str) -> str:
    return f"{addresses.of('step-up')}?{urllib.parse.urlencode({'next': addresses.child(number)})}"
