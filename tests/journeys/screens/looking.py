"""Who looked and the review of unusual looking, in every state."""

import dataclasses
from typing import Any

from joinedup.web import presenters
from joinedup.web.assurance import presenters as assurance
from joinedup.web.family import presenters as family
from tests.journeys.screens import common

TO_REVIEW = presenters.Tag(text="To review", tone=presenters.Tone.CARE)
WORDS = "Looked at 2 children of their own surname, which one person in 11,111 bears here"


def queue(empty: bool = False) -> assurance.QueuePage:
    column = presenters.SortLink
    rows = tuple(
        assurance.AlertRow(
            looker=name,
            href="#",
            role="Social worker",
            agency=common.LONG_TEXT if n else "Northshire council",
            week=common.TODAY,
            points="12.0",
            reason=f"{WORDS} {common.LONG_WORD}" if n else WORDS,
            more_reasons=n,
            state=TO_REVIEW,
        )
        for n, name in enumerate(("Rukhsana Peel", common.LONG_NAME))
    )
    return assurance.QueuePage(
        columns=(
            column(text="Whose week"),
            column(text="Agency", href="#"),
            column(text="Week of", href="#"),
            column(text="Why"),
            column(text="Bits", href="#", direction="descending", is_number=True),
            column(text="State"),
        ),
        alerts=() if empty else rows,
        empty=presenters.EmptyState(heading="Nothing to review", words="What stands out will be here."),
        rates_href="#",
        filters=presenters.Filters(
            action_href="#alerts",
            label="Filter the weeks to review",
            target="alerts",
            fields=(common.narrowing("state", "State", "Any state", "To review", chosen="To review"),),
            clear_href="#",
        )
        if not empty
        else None,
        pager=None if empty else presenters.Pager(first=1, last=2, total=2, noun="week", plural="weeks"),
        message=None if empty else presenters.Message(heading="Your decision is kept."),
    )


def alert(**changes: Any) -> assurance.AlertPage:
    page = assurance.AlertPage(
        looker="Rukhsana Peel",
        role="Social worker",
        agency="Northshire council",
        team="Family support team",
        week=common.TODAY,
        points="12.0",
        state=TO_REVIEW,
        reasons=(
            assurance.AlertReason(words=WORDS, points="12.0"),
            assurance.AlertReason(words=f"{common.LONG_TEXT} {common.LONG_WORD}", points="4.0"),
        ),
        looks=tuple(
            assurance.AlertLook(
                at=common.NOW, child=f"Child {n}", purpose="A worry, or a request for help", has_involvement=n == 2
            )
            for n in (1, 2, 1)
        ),
        back=common.link("Back to the weeks to review"),
        open_href="#",
        opening=presenters.Field(name="reason", label="Why do you open this case?", hint="Your reason is kept."),
    )
    return dataclasses.replace(page, **changes)


def wrongly(field: presenters.Field, error: str) -> presenters.Field:
    return dataclasses.replace(field, error=error)


SAID = assurance.Said(who="Morwenna Sykes", at=common.NOW, words="Routine review of the queue")
OUTCOME = presenters.Field(
    name="outcome",
    label="What did you find?",
    choices=(
        presenters.Choice(value="chance", text="In order: chance", hint="A shared name, and nothing else"),
        presenters.Choice(
            value="data_breach", text="Concern: a personal data breach", hint="The officer has been told"
        ),
    ),
)
NOTE = presenters.Field(name="note", label="What did you do to find out?", hint="What you decide stands.")


def rates() -> assurance.RatesPage:
    row = assurance.RateRow
    rows = (
        row(group="Social worker", looks="12,400", questioned="14", per_thousand="1.13"),
        row(group=common.LONG_WORD, looks="fewer than 6", questioned="fewer than 6", per_thousand="not printed"),
    )
    tables = tuple(
        assurance.RateTable(heading=heading, first_column="Role", rows=rows) for heading in ("By role", "By agency")
    )
    empty_words = presenters.EmptyState(heading="No rates yet", words="They are counted each night.")
    return assurance.RatesPage(tables=tables, empty=empty_words)


def who_looked() -> family.WhoLookedPage:
    look = family.Look(
        on=common.TODAY, role="Social worker", agency=common.LONG_TEXT, purpose="Their agency helps the child"
    )
    return family.WhoLookedPage(is_on=True, about="your child", after_days=28, looks=(look,) * 3)


def states() -> dict[str, common.State]:
    place, named = "Review looking", "Amina Warsame-Okonkwo, 7K3 M9Q 2XR"
    opened = alert(
        opened=SAID,
        opening=None,
        outcome=OUTCOME,
        note=NOTE,
        looks=tuple(dataclasses.replace(look, child=named) for look in alert().looks),
    )
    unanswered = wrongly(OUTCOME, "Choose what you found"), wrongly(NOTE, "Enter what you did to find out")
    wrong = dataclasses.replace(
        opened, outcome=unanswered[0], note=unanswered[1], errors=presenters.errors_of(*unanswered)
    )
    decided = dataclasses.replace(
        opened, decided=dataclasses.replace(SAID, words=common.LONG_TEXT * 3, outcome="In order: chance")
    )
    return {
        "looking": ("assurance/queue.jinja", queue(), place),
        "looking_empty": ("assurance/queue.jinja", queue(empty=True), place),
        "unusual_look": ("assurance/alert.jinja", alert(), place),
        "unusual_look_opened_error": ("assurance/alert.jinja", wrong, place),
        "unusual_look_decided": ("assurance/alert.jinja", decided, place),
        "looking_rates": ("assurance/rates.jinja", rates(), place),
        "who_looked": ("family/who_looked.jinja", who_looked(), ""),
    }
