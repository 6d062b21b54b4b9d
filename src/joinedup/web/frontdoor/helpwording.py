"""The words of asking for help, and of what a sender may know of it: the same whether the child was known or not.

Belongs here: turning forms and receipts into presenters. Not here: deciding anything.
"""

import dataclasses
import datetime

from django.urls import reverse

from joinedup.delivery.agencies import addressees
from joinedup.foundation import clock
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.web import filled, lists, presenters, words
from joinedup.web.frontdoor import forms, texts
from joinedup.web.frontdoor import presenters as frontdoor


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the form begins with, so that nobody types what is known."""

    key: str
    ring_back: str = ""
    name: str = ""
    birth_date: datetime.date | None = None
    address: str = ""
    postcode: str = ""


def start(card: people_queries.ChildCard | None, *, sender: addressees.PersonCard | None, key: str) -> Start:
    """Return what the form begins with: the child's page, where one comes from there, and one's own number."""
    begun = Start(key=key, ring_back=sender.phone if sender else "")
    if card is None:
        return begun
    return dataclasses.replace(
        begun, name=card.full_name, birth_date=card.birth_date, address=card.address, postcode=card.postcode
    )


def help_page(
    form: forms.Help, *, start: Start, card: people_queries.ChildCard | None, number: str
) -> frontdoor.HelpPage:
    """Ask for help, with what was typed before and what is wrong with it."""
    child = _of_child(form, start)
    matter = _of_matter(form, start)
    back = (
        presenters.Link(text="Back to the child's page", href=reverse("child", args=[number]))
        if number
        else presenters.Link(text="What I sent", href=reverse("sent"))
    )
    born = _date(form, "birth_date", "Date of birth", begun=start.birth_date)
    expected = _date(form, "expected_date", "Or, for a child not born yet, the day expected")
    return frontdoor.HelpPage(
        action_href=reverse("child-help", args=[number]) if number else reverse("help"),
        back=back,
        about=card.full_name if card else "",
        key=filled.given(form, "key") or start.key,
        birth_date=born,
        expected_date=expected,
        errors=presenters.errors_of(child["name"], born, expected, *list(child.values())[1:], *matter.values()),
        **child,
        **matter,
    )


def _field(form: forms.Help, name: str, label: str, *, hint: str = "", begun: str = "") -> presenters.Field:
    value = filled.given(form, name) if form.is_bound else begun
    return presenters.Field(name=name, label=label, hint=hint, value=value, error=filled.error(form, name))


def _of_child(form: forms.Help, start: Start) -> dict[str, presenters.Field]:
    return {
        "name": _field(form, "name", "The child's name", hint="As you know it", begun=start.name),
        "address": _field(form, "address", "Where the child lives", begun=start.address),
        "postcode": _field(form, "postcode", "Postcode", begun=start.postcode),
        "number": _field(
            form, "number", "A number by which the child is known", hint="NHS number or unique pupil number"
        ),
    }


def _of_matter(form: forms.Help, start: Start) -> dict[str, presenters.Field]:
    kinds = filled.choices(texts.KINDS_TO_SEND, filled.given(form, "kind") or "contact")
    consents = filled.choices(texts.CONSENTS, filled.given(form, "consent"))
    return {
        "kind": dataclasses.replace(_field(form, "kind", "What are you sending?"), choices=kinds),
        "words": _field(
            form,
            "words",
            "What are you worried about, or what help is needed?",
            hint="What you saw and heard, when, and what the child or family say themselves",
        ),
        "consent": dataclasses.replace(
            _field(form, "consent", "Did the family agree that you send this?"), choices=consents
        ),
        "consent_why": _field(
            form,
            "consent_why",
            "If they did not agree or were not asked, why?",
            hint="For example, asking would put the child in danger",
        ),
        "ring_back": _field(form, "ring_back", "How can you be rung back?", begun=start.ring_back),
    }


def _date(form: forms.Help, name: str, label: str, *, begun: datetime.date | None = None) -> presenters.DateField:
    if form.is_bound or begun is None:
        day, month, year = (filled.given(form, f"{name}-{part}") for part in ("day", "month", "year"))
    else:
        day, month, year = str(begun.day), str(begun.month), str(begun.year)
    return presenters.DateField(name=name, label=label, day=day, month=month, year=year, error=filled.error(form, name))


def sent_page(
    receipts: list[inbasket_queries.ReceiptCard], *, wanted: lists.Asked, first: int, total: int, size: int
) -> frontdoor.SentPage:
    """List what the viewer sent."""
    empty = presenters.EmptyState(
        heading="You have sent nothing yet",
        words="When you ask for help for a child, it stands here with whom to ring and what became of it.",
        action=presenters.Link(text="Ask for help for a child", href=reverse("help")),
    )
    return frontdoor.SentPage(
        lines=tuple(
            frontdoor.SentLine(
                href=reverse("receipt", args=[card.id]),
                name=card.name,
                state=texts.SENDER_STATES[card.state],
                sent_at=card.sent_at,
                ring=", ".join(part for part in (card.ring_name, card.ring_phone) if part),
            )
            for card in receipts
        ),
        help_href=reverse("help"),
        pager=lists.pager(
            wanted, first=first, shown=len(receipts), total=total, size=size, noun="message", plural="messages"
        ),
        empty=None if receipts else empty,
    )


def receipt_page(card: inbasket_queries.ReceiptCard, *, message: presenters.Message | None) -> frontdoor.ReceiptPage:
    """Show what a sender may know."""
    return frontdoor.ReceiptPage(
        back_href=reverse("sent"),
        name=card.name,
        state=texts.SENDER_STATES[card.state],
        sent_at=card.sent_at,
        ring_name=card.ring_name,
        ring_phone=card.ring_phone,
        told_at=card.told_at,
        told_outcome=texts.OUTCOMES.get(card.told_outcome, "") if card.told_outcome else "",
        told_words=card.told_words,
        sent=(("In your words", card.message.words), *sent_rows(card.message)) if card.message else (),
        message=message,
    )


def sent_rows(message: inbasket_queries.MessageCard) -> tuple[tuple[str, str], ...]:
    """Return what was typed of the child and the family's consent, as it was typed; what was left empty is left out."""
    rows = (
        ("Name as typed", message.name),
        ("Date of birth", words.day(message.birth_date, "")),
        ("Expected", words.day(message.expected_date, "")),
        ("Address", ", ".join(part for part in (message.address, message.postcode) if part)),
        ("Number", message.number),
        ("Did the family agree?", texts.CONSENTS[message.consent] if message.consent else ""),
        ("Why not", message.consent_why),
        ("Legal basis", texts.BASES[message.basis] if message.basis else ""),
        (
            "Sent by",
            ", ".join(part for part in (message.sender_name, message.sender_role, message.sender_agency) if part),
        ),
        ("Ring back", message.ring_back),
    )
    return tuple((name, value) for name, value in rows if value)


def moment(at: datetime.datetime) -> str:
    """Write a moment as the clocks of England show it."""
    return words.moment(clock.local(at))
