"""The words of exports: lists, reasons, states, refusals, and what can be done next.

Belongs here: turning exports into presenters. Not here: deciding anything (governance.exports).
"""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundation import clock, sheets
from joinedup.governance.exports import operations as exports_operations
from joinedup.governance.exports import queries as exports_queries
from joinedup.governance.exports import rules as exports_rules
from joinedup.web import filled, presenters, words
from joinedup.web.exporting import forms
from joinedup.web.exporting import presenters as exporting

_KINDS = {
    exports_rules.Kind.CHILD: "One child's page",
    exports_rules.Kind.FOUND: "The children found by a search of yours",
    exports_rules.Kind.ROLL: "The children who are your own team's or agency's now",
}
_LISTED = {
    exports_rules.Kind.CHILD: "one child's page",
    exports_rules.Kind.FOUND: "found by a search",
    exports_rules.Kind.ROLL: "of the team or agency",
}
_FORMATS = {
    exports_rules.Format.CSV: "Table (CSV)",
    exports_rules.Format.WORKBOOK: "Excel workbook",
    exports_rules.Format.PRINT: "Page to print",
}
_STATES = {
    exports_rules.State.WAITING: presenters.Tag(text="Waits for a second person", tone=presenters.Tone.CARE),
    exports_rules.State.READY: presenters.Tag(text="Can be taken", tone=presenters.Tone.GOOD),
    exports_rules.State.REFUSED: presenters.Tag(text="Refused", tone=presenters.Tone.ALARM),
    exports_rules.State.WITHDRAWN: presenters.Tag(text="Called back", tone=presenters.Tone.ALARM),
    exports_rules.State.EXPIRED: presenters.Tag(text="Over", tone=presenters.Tone.QUIET),
}
_NOTHING = "None of these children may be taken out by you. Ask whoever leads their plan."
_ONE_CHILD = "You may take out one child at a time. Open the child's page and take that."


def _what(card: exports_queries.ExportCard) -> str:
    return f"{words.count(card.child_count, 'child', 'children')}, {_LISTED[card.kind]}"


def _row(card: exports_queries.ExportCard) -> exporting.ExportRow:
    return exporting.ExportRow(
        number=card.number,
        href=reverse("export", args=[card.id]),
        what=_what(card),
        why=f"{forms.REASONS[card.reason]}: {card.why}",
        asked_by=card.asked_by_name,
        asked_at=card.asked_at,
        state=_STATES[card.state],
    )


def exports_page(
    *,
    waiting: Sequence[exports_queries.ExportCard],
    mine: Sequence[exports_queries.ExportCard],
    may_find: bool,
    message: presenters.Message | None,
) -> exporting.ExportsPage:
    """Show what waits, what was asked for, and what can be."""
    roll = presenters.Link(text="Take out your own children's list", href=reverse("export-ask", args=["roll"]))
    return exporting.ExportsPage(
        waiting=tuple(_row(card) for card in waiting),
        mine=tuple(_row(card) for card in mine),
        empty=presenters.EmptyState(
            heading="You have taken nothing out",
            words="Begin on a child's page or on a list of children found."
            if may_find
            else "What you count can be taken where it is shown; you see no child, so no child can be taken out.",
        ),
        roll=roll if may_find else None,
        message=message,
    )


def ask_page(
    form: forms.Ask, *, kind: exports_rules.Kind, of: str, back: presenters.Link, refusal: str = ""
) -> exporting.AskPage:
    """Ask why, with what was answered before and what is wrong with it."""
    reason = presenters.Field(
        name="reason",
        label="What is it for?",
        error=filled.error(form, "reason"),
        choices=filled.choices(forms.REASONS, filled.given(form, "reason")),
    )
    why = presenters.Field(
        name="why",
        label="In your own words",
        hint="It stands on every page that you take, and whoever checks can read it. Name no child in it.",
        value=filled.given(form, "why"),
        error=filled.error(form, "why"),
    )
    whole = (presenters.FormError(text=refusal),) if refusal else ()
    query = f"?of={of}" if of else ""
    return exporting.AskPage(
        what=_KINDS[kind],
        action_href=f"{reverse('export-ask', args=[kind.value])}{query}",
        back=back,
        reason=reason,
        why=why,
        most_alone=exports_rules.MOST_FOR_ONE_PERSON,
        errors=whole + presenters.errors_of(reason, why),
    )


def refusal(error: Exception) -> str:
    """Say why an export is refused, and what to do."""
    if isinstance(error, exports_rules.TooManyChildren):
        _, most = error.args
        return (
            f"These are more children than one export may hold, which is {words.number(most)}. Narrow the list first."
        )
    if isinstance(error, exports_rules.OneChildOnly):
        return _ONE_CHILD
    if isinstance(error, exports_rules.OwnExport):
        return "You asked for this yourself, so another person must decide."
    if isinstance(error, exports_rules.NotOpen):
        return "Meanwhile something else became of it: see below."
    return _NOTHING


def export_page(  # what it is, who took it, what this person may do with it now
    card: exports_queries.ExportCard,
    takings: Sequence[exports_queries.TakingCard],
    *,
    is_mine: bool,
    may_decide: bool,
    message: presenters.Message | None = None,
    refused: str = "",
) -> exporting.ExportPage:
    """Show one export."""
    can_take = is_mine and card.state is exports_rules.State.READY
    can_withdraw = card.state not in {exports_rules.State.WITHDRAWN, exports_rules.State.REFUSED}
    can_decide = may_decide and not is_mine and card.state is exports_rules.State.WAITING
    return exporting.ExportPage(
        number=card.number,
        state=_STATES[card.state],
        words=_next(card, is_mine=is_mine),
        facts=tuple((label, value) for label, value in _facts(card) if value),
        takings=tuple(
            exporting.TakingRow(
                taken_by=taking.taken_by_name,
                taken_at=taking.taken_at,
                format=_FORMATS[taking.format],
                rows=taking.row_count,
                fingerprint=taking.sha256[:12],
            )
            for taking in takings
        ),
        back_href=reverse("exports"),
        formats=tuple(presenters.Choice(value=one.value, text=text) for one, text in _FORMATS.items()),
        take_href=reverse("export-take", args=[card.id]) if can_take else "",
        decide_href=reverse("export-decide", args=[card.id]) if can_decide else "",
        withdraw_href=reverse("export-withdraw", args=[card.id]) if can_withdraw else "",
        message=message,
        errors=(presenters.FormError(text=refused),) if refused else (),
    )


def _facts(card: exports_queries.ExportCard) -> list[tuple[str, str]]:
    decision = "Refused by" if card.state is exports_rules.State.REFUSED else "Agreed by"
    return [
        ("What", _what(card)),
        ("Left out", _left_out(card.left_out_count)),
        ("For", forms.REASONS[card.reason]),
        ("In words", card.why),
        ("Asked by", f"{card.asked_by_name}, {_when(card.asked_at)}"),
        (decision, f"{card.decided_by_name}, {_when(card.decided_at)}" if card.decided_at else ""),
        ("Called back by", f"{card.withdrawn_by_name}, {_when(card.withdrawn_at)}" if card.withdrawn_at else ""),
    ]


def _left_out(count: int) -> str:
    return f"{words.count(count, 'child', 'children')} of the list, whom you may not take out" if count else ""


def _when(at: datetime.datetime | None) -> str:
    return words.moment(None if at is None else clock.local(at))


def _next(card: exports_queries.ExportCard, *, is_mine: bool) -> str:
    until = _when(card.expires_at)
    if card.state is exports_rules.State.WAITING:
        who = "Another person of your agency" if is_mine else "A second person"
        return f"{who} must agree by {until}, since more than {exports_rules.MOST_FOR_ONE_PERSON} children are in it."
    if card.state is exports_rules.State.READY:
        own = "You can take it" if is_mine else "It can be taken by who asked for it"
        return f"{own} until {until}. Each time it is read afresh and written into the audit of each child."
    if card.state is exports_rules.State.WITHDRAWN:
        return "It can no longer be taken. Whoever took it, below, must destroy what they have."
    if card.state is exports_rules.State.REFUSED:
        return "The second person did not agree. Ask them why, and ask again for less."
    return "Its day is over. Ask again if it is still needed."


def print_page(taken: exports_operations.Taken, *, back_href: str) -> exporting.PrintPage:
    """Show a table to print."""
    return exporting.PrintPage(
        title=taken.sheet.title,
        notice=taken.sheet.notice,
        columns=taken.sheet.columns,
        rows=tuple(tuple(_cell(cell) for cell in row) for row in taken.sheet.rows),
        back_href=back_href,
    )


def _cell(cell: sheets.Cell) -> str:
    if isinstance(cell, datetime.date):
        return words.day(cell)
    return "" if cell is None else str(cell)
