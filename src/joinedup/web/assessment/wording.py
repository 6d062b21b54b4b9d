"""The words of an assessment's pages: where it stands, what is missing, and all of it to read.

Belongs here: turning what the ring returns into presenters. Not here: the boxes to write in (boxes), requests (views).
"""

import datetime
from collections.abc import Iterable, Mapping

from django.urls import reverse

from joinedup.foundation import clock
from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.assessment import queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import presenters, words
from joinedup.web.assessment import boxes
from joinedup.web.assessment import presenters as assessment

STATES = {
    rules.State.BEGUN: presenters.Tag(text="Being written", tone=presenters.Tone.PLAIN),
    rules.State.SIGNED_OFF: presenters.Tag(text="Signed off", tone=presenters.Tone.GOOD),
    rules.State.SUPERSEDED: presenters.Tag(text="Superseded", tone=presenters.Tone.QUIET),
}
_STANDING = {
    timescales_rules.Standing.LATE: "The last day is past.",
    timescales_rules.Standing.MET: "It was signed in time.",
    timescales_rules.Standing.MET_LATE: "It was signed after the last day.",
}
_EMPTY = presenters.EmptyState(
    heading="There is no assessment yet",
    words="An assessment is begun with the family, when it is not clear what help is needed, or more than one service is.",
)


def list_page(found: queries.ChildAssessments, *, message: presenters.Message | None = None) -> assessment.ListPage:
    """Show a child's assessments."""
    number = found.child.number
    return assessment.ListPage(
        child=found.child.full_name,
        rows=tuple(_row(one, number) for one in found.listed),
        begin_href=reverse("assessment-begin", args=[number]) if found.may_begin else "",
        empty=_EMPTY,
        back=presenters.Link(text="Back to the child's page", href=reverse("child", args=[number])),
        message=message,
    )


def _row(one: queries.ListedCard, number: str) -> assessment.Row:
    said = [f"Begun by {one.begun_by_name} on {words.day(clock.local(one.begun_at).date())}"]
    said.append(f"Of {words.count(one.children, 'child', 'children')}")
    if one.signed_number:
        said.append(f"Signed as version {one.signed_number}")
    if one.last_date and one.state is rules.State.BEGUN:
        said.append(f"To be concluded by {words.day(one.last_date)} at the latest")
    return assessment.Row(
        href=reverse("assessment", args=[number, one.id]),
        title=f"Assessment of {words.day(clock.local(one.begun_at).date())}",
        state=STATES[one.state],
        words=tuple(said),
    )


def begin_page(
    child: str,
    number: str,
    siblings: Iterable[childindex_queries.Sibling],
    *,
    chosen: Iterable[str] = (),
    given: Mapping[str, str],
    error: str = "",
    refused: str = "",
) -> assessment.BeginPage:
    """Ask of whom the assessment is, and when help was asked for."""
    referral = presenters.DateField(
        name="referral",
        label="When was the referral received? Leave empty if there was none",
        hint="For example, 27 3 2026. The assessment is to be concluded within 45 working days of it: a maximum, not a target.",
        day=given.get("referral-day", ""),
        month=given.get("referral-month", ""),
        year=given.get("referral-year", ""),
        error=error,
    )
    whole = (presenters.FormError(text=refused),) if refused else ()
    return assessment.BeginPage(
        action_href=reverse("assessment-begin", args=[number]),
        child=child,
        siblings=tuple(
            presenters.Choice(
                value=one.number,
                text=one.name,
                hint=f"Born {words.day(one.birth_date)}; at the same address, {one.agency_name} says",
                is_chosen=one.number in set(chosen),
            )
            for one in siblings
        ),
        referral=referral,
        errors=whole + presenters.errors_of(referral),
        back=presenters.Link(text="Back to the child's assessments", href=reverse("assessments", args=[number])),
    )


def assessment_page(
    page: queries.AssessmentPage,
    *,
    message: presenters.Message | None = None,
    may_take: bool = False,
    refused: str = "",
) -> assessment.AssessmentPage:
    """Show where an assessment stands, and all of it."""
    opened = page.opened
    may_sign = opened.may_write_all and page.state is rules.State.BEGUN
    actions = [
        *([("Sign it off", "assessment-sign")] if may_sign else []),
        *([("Who it is about", "assessment-family")] if opened.may_write_all and is_open(page) else []),
    ]
    return assessment.AssessmentPage(
        heading=heading_of(opened),
        state=STATES[page.state],
        facts=_facts(page),
        parts=parts(page),
        missing=missing(page),
        waiting=waiting(page),
        writers=writers(page.writers),
        versions=tuple(
            presenters.Link(
                text=f"Version {one.number}, signed by {one.signed_by_name} on {words.day(clock.local(one.signed_at).date())}",
                href=boxes.href("assessment-version", opened, one.number),
            )
            for one in reversed(page.signed)
        ),
        actions=tuple(presenters.Link(text=text, href=boxes.href(name, opened)) for text, name in actions),
        take_href=boxes.href("assessment-take", opened) if may_take else "",
        again_href=boxes.href("assessment-again", opened)
        if opened.may_write_all and page.state is rules.State.SIGNED_OFF
        else "",
        whole=tuple(_read_part(page, section) for section in opened.form.sections),
        back=presenters.Link(
            text="Back to the child's assessments", href=reverse("assessments", args=[opened.child.number])
        ),
        message=message,
        errors=(presenters.FormError(text=refused),) if refused else (),
    )


def is_open(page: queries.AssessmentPage) -> bool:
    """Return whether an assessment can still be written."""
    return page.state is not rules.State.SUPERSEDED


def heading_of(opened: queries.Opened) -> str:
    """Say whose assessment it is."""
    names = [member.name for member in opened.members if member.card is not None]
    return f"Assessment of {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}"


def _facts(page: queries.AssessmentPage) -> tuple[tuple[str, str], ...]:
    row, form = page.opened.row, page.opened.form
    unseen = sum(member.card is None for member in page.opened.members)
    facts = [
        ("Begun", f"{words.day(clock.local(row.begun_at).date())} by {row.begun_by_name}"),
        ("Form", f"{form.name}, version {form.version}"),
    ]
    if unseen:
        facts.append(
            ("Not shown", f"{words.count(unseen, 'child', 'children')} whose own part your work does not show you")
        )
    if page.due is not None:
        facts.append(("To be concluded", due_words(page.due, page.standing)))
    return tuple(facts)


def due_words(due: timescales_rules.Due, standing: timescales_rules.Standing | None) -> str:
    """Say by when, from when, and by which rule."""
    said = (
        f"By {words.day(due.last_date)} at the latest: {timescales_rules.how_long(due.timescale)} from the referral on "
        f"{words.day(due.started_at.date())}. A maximum, not a target. Rule: {due.timescale.name}."
    )
    more = _STANDING.get(standing) if standing else None
    return f"{said} {more}" if more else said


def parts(page: queries.AssessmentPage, current: str = "") -> tuple[assessment.Part, ...]:
    """Return the contents of an assessment, with how much of each part is written."""
    found = []
    for section in page.opened.form.sections:
        places = [
            place
            for member, fields in boxes.groups_of(section, page.opened)
            for place in (boxes.place_of(field, member) for field in fields)
            if place in page.answers
        ]
        written = sum(bool(page.words(place)) for place in places)
        found.append(
            assessment.Part(
                href=boxes.href("assessment-part", page.opened, section.code),
                name=section.name,
                words=f"{written} of {words.count(len(places), 'answer')}",
                is_current=section.code == current,
            )
        )
    return tuple(found)


def _section_of(form: rules.Form, code: str) -> str:
    return next(section.code for section in form.sections for field in section.fields if field.code == code)


def _named(page: queries.AssessmentPage, place: rules.Place) -> str:
    label = boxes.label_of(page.opened.form.field(place.code))
    names = {member.child_id: member.name for member in page.opened.members}
    is_told_apart = place.child_id is not None and len(page.opened.members) > 1
    return f"{label} ({names[place.child_id]})" if is_told_apart and place.child_id else label


def missing(page: queries.AssessmentPage) -> tuple[presenters.Link, ...]:
    """Say what must be answered before it can be signed, each leading to its box."""
    if page.state is not rules.State.BEGUN:
        return ()
    return tuple(
        presenters.Link(text=_named(page, place), href=_box_href(page, place))
        for place in page.missing
        if place in page.answers
    )


def _box_href(page: queries.AssessmentPage, place: rules.Place) -> str:
    """Return where an answer is written: on the page of the child whom it is about."""
    numbers = {one.child_id: one.card.number for one in page.opened.members if one.card is not None}
    number = numbers.get(place.child_id, page.opened.child.number) if place.child_id else page.opened.child.number
    section = _section_of(page.opened.form, place.code)
    part_href = reverse("assessment-part", args=[number, page.opened.row.id, section])
    return f"{part_href}#{boxes.ANSWER}{page.answers[place].id}"


def waiting(page: queries.AssessmentPage) -> tuple[presenters.Link, ...]:
    """Say where two people wrote at once, each leading to the choice."""
    return tuple(
        presenters.Link(text=_named(page, card.place), href=boxes.href("assessment-choose", page.opened, card.id))
        for card in page.waiting
    )


def writers(cards: Iterable[queries.WriterCard]) -> tuple[str, ...]:
    """Say who else is writing."""
    return tuple(f"{card.name}, {card.agency_name}" if card.agency_name else card.name for card in cards)


def _read_part(page: queries.AssessmentPage, section: rules.Section) -> assessment.ReadPart:
    groups = []
    for member, fields in boxes.groups_of(section, page.opened):
        cards = [(field, page.answers.get(boxes.place_of(field, member))) for field in fields]
        groups.append(
            assessment.ReadGroup(
                heading=boxes.heading_of(member),
                lines=tuple(
                    assessment.Read(
                        label=boxes.label_of(field),
                        words=boxes.words_of(field, card.words),
                        note=boxes.note_of(card.written_by_name, card.agency_name, card.written_at),
                    )
                    for field, card in cards
                    if card is not None and card.words
                ),
            )
        )
    return assessment.ReadPart(id=f"read-{section.code}", name=section.name, groups=tuple(groups))


def written_on(at: datetime.datetime) -> str:
    """Say at what time of the day something was saved."""
    return f"{clock.local(at):%H:%M}"
