"""Exports, in every state."""

import dataclasses
from typing import Any

from joinedup.web import presenters
from joinedup.web.exporting import presenters as exporting
from tests.journeys.screens import common

WAITS = presenters.Tag(text="Waits for a second person", tone=presenters.Tone.CARE)
READY = presenters.Tag(text="Can be taken", tone=presenters.Tone.GOOD)
BACK = presenters.Tag(text="Called back", tone=presenters.Tone.ALARM)


def row(number: str, state: presenters.Tag) -> exporting.ExportRow:
    return exporting.ExportRow(
        number=number,
        href="#",
        what="31 children, of the team or agency",
        why=f"A meeting about the child or children: {common.LONG_TEXT}",
        asked_by=common.LONG_NAME,
        asked_at=common.NOW,
        state=state,
    )


def exports(empty: bool = False) -> exporting.ExportsPage:
    return exporting.ExportsPage(
        waiting=() if empty else (row("260303-4KQ7TX", WAITS),),
        mine=() if empty else (row("260303-9PMAC2", READY), row("260302-TTXRQ3", BACK)),
        empty=presenters.EmptyState(heading="You have taken nothing out", words="Begin on a child's page."),
        roll=common.link("Take out your own children's list"),
        message=None if empty else presenters.Message(heading="You agreed."),
    )


def ask(errors: bool = False) -> exporting.AskPage:
    reason = presenters.Field(
        name="reason",
        label="What is it for?",
        error="Choose a reason" if errors else "",
        choices=(
            presenters.Choice(value="meeting", text="A meeting about the child or children"),
            presenters.Choice(value="court", text="A court or a tribunal asked for it"),
        ),
    )
    why = presenters.Field(
        name="why",
        label="In your own words",
        hint="It stands on every page that you take. Name no child in it.",
        value="so" if errors else "",
        error="Say in a few words what it is for" if errors else "",
    )
    whole = (presenters.FormError(text="These are more children than one export may hold."),) if errors else ()
    return exporting.AskPage(
        what="The children found by a search of yours",
        action_href="#",
        back=common.link("Back to the children found"),
        reason=reason,
        why=why,
        most_alone=25,
        errors=whole + presenters.errors_of(reason, why),
    )


def export(**changes: Any) -> exporting.ExportPage:
    page = exporting.ExportPage(
        number="260303-4KQ7TX",
        state=READY,
        words="You can take it until 4 March 2026 at 14:05.",
        facts=(
            ("What", "31 children, of the team or agency"),
            ("In words", common.LONG_TEXT),
            ("Asked by", common.LONG_NAME),
        ),
        takings=(
            exporting.TakingRow(
                taken_by=common.LONG_NAME,
                taken_at=common.NOW,
                format="Table (CSV)",
                rows=31,
                fingerprint="0a1b2c3d4e5f",
            ),
        ),
        back_href="#",
        formats=(
            presenters.Choice(value="csv", text="Table (CSV)"),
            presenters.Choice(value="print", text="Page to print"),
        ),
        take_href="#",
        withdraw_href="#",
    )
    return dataclasses.replace(page, **changes)


PRINT = exporting.PrintPage(
    title="Children",
    notice="Export 260303-4KQ7TX, taken by Dilys Hart on 2026-03-03 14:05, because: A review. Not to be passed on.",
    columns=("Child number", "First name", "Family name", "Address", "Export"),
    rows=(("7K3M9Q2XR", "Ayesha", common.LONG_NAME, common.LONG_WORD, "Export 260303-4KQ7TX"),),
    back_href="#",
)


def states() -> dict[str, common.State]:
    refused = (presenters.FormError(text="Meanwhile something else became of it: see below."),)
    one = "exporting/export.jinja"
    waiting = export(state=WAITS, takings=(), take_href="", decide_href="#")
    return {
        "exports": ("exporting/exports.jinja", exports(), "Exports"),
        "exports_empty": ("exporting/exports.jinja", exports(empty=True), "Exports"),
        "export_ask": ("exporting/ask.jinja", ask(), "Exports"),
        "export_ask_error": ("exporting/ask.jinja", ask(errors=True), "Exports"),
        "export": (one, export(), "Exports"),
        "export_waiting": (one, waiting, "Exports"),
        "export_called_back": (one, export(state=BACK, take_href="", withdraw_href="", errors=refused), "Exports"),
        "export_print": ("exporting/print.jinja", PRINT, "Exports"),
    }
