"""The boxes of one part of the form: what is asked of whom, what stands there, who wrote it.

Belongs here: turning fields and answers into questions. Not here: keeping what is typed (writing).
"""

import dataclasses
import datetime
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse

from joinedup.foundation import clock
from joinedup.processes.assessment import queries, rules, shipped
from joinedup.web import presenters, words
from joinedup.web.assessment import presenters as assessment

#: By which names a page posts an answer, the versions of the answers that it showed, and which page it is.
ANSWER, SEEN, PAGE = "a-", "seen", "page"
_FAMILY = "The whole family"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was posted and could not be kept: it is shown again as it was typed, with what is wrong."""

    words: Mapping[uuid.UUID, str] = dataclasses.field(default_factory=dict)
    errors: Mapping[uuid.UUID, str] = dataclasses.field(default_factory=dict)


def href(name: str, page: queries.Opened, *more: object) -> str:
    """Return the address of a page of an assessment."""
    return reverse(name, args=[page.child.number, page.row.id, *more])


def groups_of(section: rules.Section, opened: queries.Opened) -> list[tuple[queries.Member | None, list[rules.Field]]]:
    """Return the fields of a part by whom they are about: in the order of the form, each child apart; None is the family."""
    shared = [field for field in section.fields if field.about is rules.About.FAMILY]
    own = [field for field in section.fields if field.about is rules.About.CHILD]
    members = [member for member in opened.members if member.card is not None]
    of_children: list[tuple[queries.Member | None, list[rules.Field]]] = [(member, own) for member in members if own]
    of_family: list[tuple[queries.Member | None, list[rules.Field]]] = [(None, shared)] if shared else []
    first_is_shared = section.fields[0].about is rules.About.FAMILY
    return of_family + of_children if first_is_shared else of_children + of_family


def groups_on_page(
    section: rules.Section, opened: queries.Opened
) -> list[tuple[queries.Member | None, list[rules.Field]]]:
    """Return the fields of a part that one page asks: what is asked of children alone, of the one whose page it is."""
    groups = groups_of(section, opened)
    return groups[:1] if is_of_one(section) else groups


def is_of_one(section: rules.Section) -> bool:
    """Return whether a part is asked of children alone, so that each has a page of their own."""
    return all(field.about is rules.About.CHILD for field in section.fields)


def seen_of(page: queries.AssessmentPage, section: rules.Section) -> str:
    """Return the version of each answer that a page shows, as it posts them: `identifier=number`, with spaces between."""
    cards = [
        page.answers[place]
        for member, fields in groups_on_page(section, page.opened)
        for place in (place_of(field, member) for field in fields)
        if place in page.answers
    ]
    return " ".join(f"{card.id}={card.number}" for card in cards)


def seen_in(posted: str) -> dict[uuid.UUID, int]:
    """Read what `seen_of` wrote; what is none of it is passed over."""
    found = {}
    for key, number in re.findall(r"([0-9a-f-]{36})=([0-9]{1,9})(?= |$)", posted):
        try:
            found[uuid.UUID(key)] = int(number)
        except ValueError:
            continue
    return found


def heading_of(member: queries.Member | None) -> str:
    """Say of whom something is."""
    return _FAMILY if member is None else member.name


def place_of(field: rules.Field, member: queries.Member | None) -> rules.Place:
    """Return where the answer to a field stands."""
    return rules.Place(code=field.code, child_id=None if member is None else member.child_id)


def label_of(field: rules.Field) -> str:
    """Say what is asked; of an element, which one."""
    return f"{field.element}: {field.label[:1].lower()}{field.label[1:]}" if field.element else field.label


def note_of(name: str, agency_name: str, at: datetime.datetime | None) -> str:
    """Say who wrote something and when, or which agencies said it."""
    if at is None:
        return ""
    if not name:
        return f"Said by {agency_name}" if agency_name else "From the index"
    who = f"{name}, {agency_name}" if agency_name else name
    return f"Written by {who} on {words.moment(clock.local(at))}"


def words_of(field: rules.Field, answer: str) -> str:
    """Say an answer as it is read."""
    return shipped.levels().name_of(answer) if field.kind is rules.Kind.LEVEL else field.words_of(answer)


def groups(page: queries.AssessmentPage, section: rules.Section, typed: Typed) -> tuple[assessment.Group, ...]:
    """Return the boxes of a part."""
    waiting = {card.answer_id: card for card in page.waiting}
    several = len(page.opened.members) > 1
    found = []
    for member, fields in groups_on_page(section, page.opened):
        elements = []
        for heading, hint, same in _by_element(fields):
            boxes = tuple(
                _box(page, field, member, typed, waiting, several=several)
                for field in same
                if place_of(field, member) in page.answers
            )
            elements.append(assessment.Element(heading=heading, hint=hint, boxes=boxes))
        found.append(assessment.Group(heading=heading_of(member), elements=tuple(elements)))
    return tuple(found)


def _by_element(fields: Sequence[rules.Field]) -> Iterator[tuple[str, str, list[rules.Field]]]:
    """Yield the fields of each element together, with its hint said once."""
    gathered: dict[str, list[rules.Field]] = {}
    for field in fields:
        gathered.setdefault(field.element or field.code, []).append(field)
    for same in gathered.values():
        yield same[0].element, same[0].hint if same[0].element else "", same


def _box(
    page: queries.AssessmentPage,
    field: rules.Field,
    member: queries.Member | None,
    typed: Typed,
    waiting: Mapping[uuid.UUID, queries.WaitingCard],
    *,
    several: bool,
) -> assessment.Box:
    card = page.answers[place_of(field, member)]
    stands = typed.words.get(card.id, card.words)
    about = f" ({heading_of(member)})" if several and member is not None else ""
    beside = waiting.get(card.id)
    return assessment.Box(
        kind="lines" if field.kind in {rules.Kind.WORDS, rules.Kind.KNOWN} else "radios",
        field=presenters.Field(
            name=f"{ANSWER}{card.id}",
            label=f"{label_of(field)}{about}",
            hint="" if field.element else field.hint,
            value=stands,
            error=typed.errors.get(card.id, ""),
            choices=_choices(field, stands),
        ),
        note=note_of(card.written_by_name, card.agency_name, card.written_at),
        waiting=None
        if beside is None
        else presenters.Link(
            text=f"{beside.written_by_name} wrote here at the same time. Both are kept: choose",
            href=href("assessment-choose", page.opened, beside.id),
        ),
        history_href=href("assessment-history", page.opened, card.id) if card.number > 1 else "",
    )


def _choices(field: rules.Field, chosen: str) -> tuple[presenters.Choice, ...]:
    if field.kind is rules.Kind.LEVEL:
        return tuple(
            presenters.Choice(
                value=level.level,
                text=f"Level {level.level}: {level.name}",
                hint=f"{level.meaning}. Also called: {level.also}. {level.entry}. Led by: {level.lead}."
                + (f" {level.legal}." if level.legal else ""),
                is_chosen=level.level == chosen,
            )
            for level in shipped.levels().levels
        )
    return tuple(presenters.Choice(value=value, text=text, is_chosen=value == chosen) for value, text in field.choices)
