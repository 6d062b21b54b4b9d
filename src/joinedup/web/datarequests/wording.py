"""The words of data requests: the list, and one of them.

Belongs here: turning requests into presenters. Not here: forms (asking), deciding anything (governance.rights).
"""

import datetime
import uuid
from collections.abc import Sequence

from django.urls import reverse

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.governance.rights import queries as rights_queries
from joinedup.governance.rights import rules as rights_rules
from joinedup.web import presenters, words
from joinedup.web.datarequests import forms
from joinedup.web.datarequests import presenters as datarequests
from joinedup.web.practitioner import showing

_LATE = presenters.Tag(text="Late", tone=presenters.Tone.ALARM)
_RECORDED = presenters.Tag(text="Waits for a second person", tone=presenters.Tone.CARE)
_OPEN = presenters.Tag(text="Open", tone=presenters.Tone.CARE)
_CLOSED = presenters.Tag(text="Answered", tone=presenters.Tone.QUIET)
_DECIDED = {
    rights_rules.Decision.WAITING: presenters.Tag(text="Being looked into", tone=presenters.Tone.CARE),
    rights_rules.Decision.NOTED: presenters.Tag(text="Stands beside it", tone=presenters.Tone.PLAIN),
    rights_rules.Decision.CORRECTED: presenters.Tag(text="The agency puts it right", tone=presenters.Tone.GOOD),
    rights_rules.Decision.UPHELD: presenters.Tag(text="Checked, and kept", tone=presenters.Tone.PLAIN),
}
_KINDS = {str(kind): text for kind, text in showing.KINDS.items()}
ALL = "Data requests"


def _state(card: rights_queries.RequestCard, on: datetime.date) -> presenters.Tag:
    if card.state is not rights_rules.State.CLOSED and card.is_late(on=on):
        return _LATE
    return {
        rights_rules.State.RECORDED: _RECORDED,
        rights_rules.State.OPEN: _OPEN,
        rights_rules.State.CLOSED: _CLOSED,
    }[card.state]


def requests_page(
    cards: Sequence[rights_queries.RequestCard], *, on: datetime.date, message: presenters.Message | None
) -> datarequests.RequestsPage:
    """Show what was asked, what is due first."""
    return datarequests.RequestsPage(
        rows=tuple(
            datarequests.RequestRow(
                number=card.number,
                href=reverse("request", args=[card.id]),
                kind=forms.KINDS[card.kind],
                child_number=card.child_number,
                asked_on=card.asked_on,
                due_on=card.due_on,
                state=_state(card, on),
            )
            for card in cards
        ),
        new_href=reverse("request-new"),
        empty=presenters.EmptyState(
            heading="Nobody has asked",
            words="Write a request down when someone asks for their data, or that something is put right or used no longer.",
        ),
        message=message,
    )


def request_page(  # what it is, what it disputes, and what this person may do with it now
    card: rights_queries.RequestCard,
    disputes: Sequence[rights_queries.DisputeCard],
    *,
    viewer_id: uuid.UUID | None,
    on: datetime.date,
    message: presenters.Message | None = None,
    refused: str = "",
) -> datarequests.RequestPage:
    """Show one request."""
    is_mine = card.recorded_by_id == viewer_id
    can_confirm = card.state is rights_rules.State.RECORDED and not is_mine
    return datarequests.RequestPage(
        number=card.number,
        state=_state(card, on),
        words=_next(card, is_mine=is_mine),
        facts=tuple((label, value) for label, value in _facts(card) if value),
        disputes=tuple(_dispute(card, one) for one in disputes),
        back=presenters.Link(text=ALL, href=reverse("requests")),
        actions=tuple(_actions(card, on)),
        confirm_href=reverse("request-confirm", args=[card.id]) if can_confirm else "",
        message=message,
        errors=(presenters.FormError(text=refused),) if refused else (),
    )


def _actions(card: rights_queries.RequestCard, on: datetime.date) -> list[presenters.Link]:
    named: list[tuple[str, str]] = []
    if card.state is rights_rules.State.OPEN and card.kind is not rights_rules.Kind.ACCESS:
        named.append(("Choose what is disputed", "request-dispute"))
    if card.state is rights_rules.State.OPEN and card.kind is rights_rules.Kind.ACCESS:
        named.append(("Make the copy", "request-pack"))
    if card.state is not rights_rules.State.CLOSED:
        if not card.extended_why and on <= card.due_on:
            named.append(("Take two more months", "request-extend"))
        named.append(("Write the answer", "request-answer"))
    return [presenters.Link(text=text, href=reverse(name, args=[card.id])) for text, name in named]


def _facts(card: rights_queries.RequestCard) -> list[tuple[str, str]]:
    asked_by = f"{card.asker_name}: {forms.ASKERS[card.asker][:1].lower()}{forms.ASKERS[card.asker][1:]}"
    outcome = forms.OUTCOMES[rights_rules.Outcome(card.outcome)] if card.outcome else ""
    return [
        ("Asked for", forms.KINDS[card.kind]),
        ("In their words", card.asked),
        ("Child number", card.child_number),
        ("Asked by", asked_by),
        ("How that was checked", card.identity_checked),
        ("Asked on", words.day(card.asked_on)),
        ("To be answered by", words.day(card.due_on)),
        ("Two more months because", card.extended_why),
        ("Written down by", f"{card.recorded_by_name}, {_when(card.recorded_at)}"),
        ("Confirmed by", f"{card.confirmed_by_name}, {_when(card.confirmed_at)}" if card.confirmed_at else ""),
        ("Copy made by", f"{card.pack_made_by_name}, {_when(card.pack_made_at)}" if card.pack_made_at else ""),
        (
            "Fingerprint of the copy",
            " ".join(card.pack_sha256[at : at + 8] for at in range(0, len(card.pack_sha256), 8)),
        ),
        ("Answered by", f"{card.closed_by_name}, {_when(card.closed_at)}" if card.closed_at else ""),
        ("Answer", f"{outcome}. {card.answer}" if outcome else ""),
    ]


def _when(at: datetime.datetime | None) -> str:
    return words.moment(None if at is None else clock.local(at))


def _next(card: rights_queries.RequestCard, *, is_mine: bool) -> str:
    if card.state is rights_rules.State.RECORDED:
        who = "Another person who answers for rights" if is_mine else "You"
        return (
            f"{who} must confirm that whoever asked is who they say. Until then nobody sees the record by this request."
        )
    if card.state is rights_rules.State.OPEN:
        return (
            "Whoever wrote it down and whoever confirmed it may look at this one record until it is answered. "
            "Each look is written down."
        )
    return "It is answered. Nobody looks at the record by it any longer."


def _dispute(card: rights_queries.RequestCard, one: rights_queries.DisputeCard) -> datarequests.DisputeRow:
    is_open = one.decided_at is None and card.state is rights_rules.State.OPEN
    return datarequests.DisputeRow(
        what=mark_words(one.mark),
        words=one.mark.words,
        state=_DECIDED[one.mark.decision],
        decided=f"{one.decided_by_name}, {_when(one.decided_at)}: {one.why}" if one.decided_at else "",
        decide_href=reverse("request-decide", args=[card.id, one.id]) if is_open else "",
    )


def label_of(part: str, kind: str) -> str:
    """Return what a line of a record is, in words."""
    known = {"identity": showing.FACTS, "help": _KINDS}.get(part, {})
    return known.get(kind) or kind.replace("_", " ").capitalize()


def mark_words(mark: rights_rules.Mark) -> str:
    """Return what is disputed, in words."""
    value = showing.value_words(mark.kind, mark.value) if mark.part == "identity" else mark.value
    return f"{label_of(mark.part, mark.kind)}: {value} ({mark.agency_name})"


def line_words(line: records_queries.KeptLine) -> str:
    """Return a line of a record in one sentence, with who says so."""
    days = [f"since {words.day(line.started_date)}" if line.started_date and line.part != "event" else ""]
    if line.part == "event":
        days = [words.day(line.started_date)]
    days.append(f"until {words.day(line.ended_date)}" if line.ended_date and line.part != "event" else "")
    what = showing.value_words(line.kind, line.words) if line.part == "identity" else line.words
    said = ", ".join(part for part in (what, line.person, line.phone, *days) if part)
    still = "" if line.is_current else ", no longer counted"
    return f"{label_of(line.part, line.kind)}: {said} ({line.agency_name}{still})"
