"""Keeping seals, in every state."""

import dataclasses
import datetime
from typing import Any

from joinedup.web import presenters
from joinedup.web.shield import presenters as shield
from tests.journeys.screens import common

_REASON = "Someone who was violent may look for the family"
_WHAT_HAPPENS = (
    "Nothing changes until another shield officer agrees. From then on a search finds no more than the name."
)
_BORN = datetime.date(2017, 7, 11)


def request(child: str = "Katarzyna Ahmed", is_own: bool = False) -> shield.Request:
    return shield.Request(
        href="#",
        asks="Seal the record",
        child=child,
        asked_by="Hugh Lantern",
        asked_at=common.NOW,
        tag=presenters.Tag(text="You asked", tone=presenters.Tone.QUIET) if is_own else None,
    )


def held(
    says: str = "Kate Ahmed, born 11 July 2017", why: tuple[str, ...] = ("The family name is the same.",)
) -> shield.Held:
    return shield.Held(
        says=says,
        agency="Northshire schools",
        held_at=common.NOW,
        why=why,
        child="Katarzyna Ahmed, born 11 July 2017",
        child_href="#",
        action_href="#",
    )


_WORK = ("An episode of help, since 3 March 2026: ring Ngozi Eze, Family support, 0100 1", common.LONG_TEXT)


def sealed(
    name: str = "Katarzyna Ahmed", born: datetime.date | None = _BORN, work: tuple[str, ...] = ()
) -> shield.Sealed:
    return shield.Sealed(
        name=name, href="#", birth_date=born, reason=_REASON, sealed_at=common.NOW, lift_href="#", work=work
    )


def page(**changes: Any) -> shield.SealedPage:
    return dataclasses.replace(
        shield.SealedPage(
            ask_href="#",
            requests=(request(), request("Jan Nowak", is_own=True)),
            held=(held(), held(common.LONG_NAME, ("The name sounds alike.", common.LONG_TEXT))),
            children=(sealed(work=_WORK[:1]), sealed("Jan Nowak", None), sealed(common.LONG_NAME, work=_WORK)),
            message=presenters.Message(heading="Another shield officer is asked to agree."),
        ),
        **changes,
    )


def ask(errors: bool = False) -> shield.AskPage:
    number = presenters.Field(
        name="number",
        label="Child number",
        hint="It stands on the child's page",
        value="nonsense" if errors else "7K3 M9Q 2XR",
        error="This is no child number: it has nine letters and digits" if errors else "",
    )
    reason = presenters.Field(
        name="reason",
        label="Why?",
        error="Choose a reason" if errors else "",
        choices=(
            presenters.Choice(value="violence_at_home", text=_REASON),
            presenters.Choice(value="adoption", text="The child was adopted, or is to be", is_chosen=not errors),
        ),
    )
    words = presenters.Field(
        name="words",
        label="In your words",
        hint="The officer who is asked to agree reads it",
        error="Say why" if errors else "",
    )
    return shield.AskPage(
        heading="Seal a child's record",
        what_happens=_WHAT_HAPPENS,
        button="Ask another officer to agree",
        action_href="#",
        back_href="#",
        number=number,
        reason=reason,
        words=words,
        errors=presenters.errors_of(number, reason, words),
    )


def asked(is_own: bool = False, long: bool = False) -> shield.RequestPage:
    return shield.RequestPage(
        heading="Seal the record?",
        back_href="#",
        action_href="#",
        rows=(
            ("Child", common.LONG_NAME if long else "Katarzyna Ahmed"),
            ("Reason", _REASON),
            ("In their words", common.LONG_TEXT + " " + common.LONG_WORD if long else "He asks at every school"),
        ),
        what_happens="You asked for this yourself: another officer must agree." if is_own else _WHAT_HAPPENS,
        agree="" if is_own else "Agree: seal the record now",
        refuse="Take it back" if is_own else "Refuse",
        work=_WORK if long else (),
    )


def states() -> dict[str, common.State]:
    listed, form, one = "shield/sealed.jinja", "shield/ask.jinja", "shield/request.jinja"
    place = "Sealed children"
    return {
        "sealed": (listed, page(), place),
        "sealed_none": (listed, page(requests=(), held=(), children=(), message=None), place),
        "seal_ask": (form, ask(), place),
        "seal_ask_error": (form, ask(errors=True), place),
        "seal_request": (one, asked(), place),
        "seal_request_own": (one, asked(is_own=True), place),
        "seal_request_long": (one, asked(long=True), place),
    }
