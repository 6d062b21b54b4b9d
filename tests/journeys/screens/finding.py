"""Finding a child, in every state."""

import dataclasses
import datetime
from typing import Any

from joinedup.web import presenters
from joinedup.web.practitioner import presenters as practitioner
from tests.journeys.screens import common


def find(errors: bool = False, reason: bool = False, long: bool = False) -> practitioner.FindPage:
    name = presenters.Field(
        name="name",
        label="Name",
        hint="Any part of it, for example Katie Ahmed",
        value=common.LONG_NAME if long else "",
    )
    birth_date = presenters.DateField(name="birth_date", label="Date of birth", hint="For example, 27 3 2017")
    number = presenters.Field(name="number", label="NHS number or unique pupil number")
    if errors:
        birth_date = dataclasses.replace(
            birth_date, day="31", month="2", year="2017", error="31 February 2017 is not a date"
        )
        number = dataclasses.replace(number, value="943 476 5918", error="This NHS number has a digit wrong")
    bands = (("", "Any age"), ("0-4", "Under 5"), ("5-10", "5 to 10"), ("11-15", "11 to 15"), ("16-25", "16 to 25"))
    return practitioner.FindPage(
        action_href="/find",
        name=name,
        birth_date=birth_date,
        number=number,
        postcode=presenters.Field(name="postcode", label="Postcode", hint="All of it, or the first part"),
        age_band=presenters.Field(
            name="age_band",
            label="Age",
            choices=tuple(presenters.Choice(value=value, text=text) for value, text in bands),
        ),
        reason=reason_question(errors) if reason else None,
        errors=presenters.errors_of(name, birth_date, number),
    )


def reason_question(errors: bool = False) -> practitioner.ReasonQuestion:
    reasons = (
        ("contact", "A call, message or referral has come in"),
        ("duty", "I am covering for a colleague"),
        ("safety", "A child may be in danger now"),
        ("quality", "Checking the quality of records"),
    )
    return practitioner.ReasonQuestion(
        reason=presenters.Field(
            name="reason",
            label="What is the reason?",
            error="Choose a reason" if errors else "",
            choices=tuple(presenters.Choice(value=value, text=text) for value, text in reasons),
        ),
        note=presenters.Field(
            name="note", label="Anything to add (you may leave this empty)", hint="A case or log number, for example"
        ),
    )


def found_child(name: str, why: tuple[str, ...], strong: bool) -> practitioner.FoundChild:
    return practitioner.FoundChild(
        name=name,
        href="#",
        child_number="7K3M9Q2XR",
        birth_date=datetime.date(2022, 11, 17),
        on=common.TODAY,
        sex="Girl",
        place="14 Chapel Street, Millbrook, NS4 7QT",
        why=why,
        answers="Children's social care answers",
        strength=presenters.Tag(
            text="Strong match" if strong else "Possible match",
            tone=presenters.Tone.GOOD if strong else presenters.Tone.PLAIN,
        ),
    )


def found(**changes: Any) -> practitioner.FindResultsPage:
    children = (
        found_child(
            "Katarzyna Ahmed",
            (
                "Name sounds like Catherine Ahmad",
                "Day and month of birth are swapped: 17 November, not 11 July",
                "Same postcode",
            ),
            True,
        ),
        found_child(
            "Kate O’Connor-Ahmed",
            ("Kate is a short form of Catherine", "One family name is the same", "Born in the same year"),
            False,
        ),
        found_child("Cathryn Ahmed", ("Name is spelt nearly the same",), False),
    )
    return dataclasses.replace(
        practitioner.FindResultsPage(
            asked=("Catherine Ahmad", "born 11 July 2022", "NS4"),
            again_href="/find",
            children=children,
            sort=(
                presenters.SortLink(text="Best fit first", direction="ascending"),
                presenters.SortLink(text="Name, A to Z", href="#"),
                presenters.SortLink(text="Name, Z to A", href="#"),
                presenters.SortLink(text="Youngest first", href="#"),
                presenters.SortLink(text="Oldest first", href="#"),
            ),
            pager=presenters.Pager(first=1, last=25, total=61, noun="child", plural="children", next_href="#"),
            expires_at=common.NOW,
        ),
        **changes,
    )


def protected(name: str = "Katarzyna Ahmed", is_told_all: bool = False) -> practitioner.ProtectedChild:
    return practitioner.ProtectedChild(
        name=name,
        child_number="7K3M9Q2XR",
        birth_date=datetime.date(2022, 11, 17),
        on=common.TODAY,
        sex="Girl",
        why=("Name “Ahmed”", "Born on 17 November 2022"),
        href="#" if is_told_all else "",
        emergency_href="#" if is_told_all else "",
    )


def states() -> dict[str, common.State]:
    ask, answer, why = "practitioner/find.jinja", "practitioner/found.jinja", "practitioner/reason.jinja"
    none = presenters.EmptyState(
        heading="We know no such child",
        words="Check the spelling, try fewer details, or another form of the name.",
        action=common.link("Ask again", "/find"),
    )
    too_many = presenters.EmptyState(
        heading="More than 500 children fit",
        words="Add a date of birth, an age or a postcode.",
        action=common.link("Add details", "/find"),
    )
    long = (found_child(common.LONG_NAME, (common.LONG_TEXT, common.LONG_WORD), True),)
    unanswered = practitioner.ReasonPage(
        action_href="#",
        back_href="#",
        question=reason_question(errors=True),
        errors=(presenters.FormError(text="Choose a reason", href="#reason"),),
    )
    place, ring = "Find a child", "the shield officer of the council (01632 960 001)"
    alone = found(children=(), pager=None, sort=(), protected=(protected(),), whom_to_ring=ring)
    beside = found(
        protected=(protected(is_told_all=True), protected(common.LONG_NAME)),
        whom_to_ring=ring,
        note="You gave one thing, so you see only children with whom your own work has to do.",
    )
    return {
        "find": (ask, find(), place),
        "find_after_something": (
            ask,
            dataclasses.replace(find(), message=presenters.Message(heading="It is over.")),
            place,
        ),
        "find_error": (ask, find(errors=True, reason=True, long=True), place),
        "found_many": (answer, found(), place),
        "found_one": (answer, found(children=found().children[:1], pager=None, sort=()), place),
        "found_none": (answer, found(children=(), pager=None, empty=none), place),
        "found_too_many": (answer, found(children=(), pager=None, too_many=too_many), place),
        "found_long": (answer, found(asked=(common.LONG_NAME, common.LONG_WORD), children=long), place),
        "found_protected_alone": (answer, alone, place),
        "found_protected_beside_others": (answer, beside, place),
        "reason": (why, dataclasses.replace(unanswered, question=reason_question(), errors=()), place),
        "reason_error": (why, unanswered, place),
    }
