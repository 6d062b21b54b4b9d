"""The protection page and its forms, in every state."""

from joinedup.web import presenters
from joinedup.web.casework import presenters as casework
from joinedup.web.protection import presenters as protection
from tests.journeys.screens import common

LATE = presenters.Tag(text="Late", tone=presenters.Tone.ALARM)
RUNNING = presenters.Tag(text="Running", tone=presenters.Tone.CARE)
CORRECTED = presenters.Tag(text="Corrected later", tone=presenters.Tone.QUIET)


def concern(number: int = 1, *, is_over: bool = False) -> protection.Concern:
    clocks = tuple(
        protection.ClockRow(
            what=what, since="3 March 2026, referral received", until="24 March 2026", rule=common.LONG_TEXT, tag=tag
        )
        for what, tag in (("Initial child protection conference", LATE), (common.LONG_TEXT, RUNNING))
    )
    events = tuple(
        protection.Event(
            when=f"{day} March 2026 at 14:05",
            heading="Strategy discussion",
            lines=(
                ("Outcome", common.LONG_TEXT),
                ("Took part", common.LONG_NAME),
                ("", f"{common.LONG_TEXT}\n\n{common.LONG_WORD}"),
            ),
            quiet=f"Written down by {common.LONG_NAME}",
            tag=tag,
            act=None if tag else common.link("Correct this"),
        )
        for day, tag in ((3, None), (2, CORRECTED))
    )
    return protection.Concern(
        anchor=f"concern-{number}",
        heading=f"Concern of {number} March 2026",
        tag=presenters.Tag(text="Conference to be held", tone=presenters.Tone.CARE),
        facts=(("Child protection plan", common.LONG_TEXT), ("Child last seen", "3 March 2026")),
        next_act=None if is_over else common.link("Write down the conference"),
        next_words="" if is_over else "Initial child protection conference: 24 March 2026 at the latest.",
        clocks=clocks,
        acts=()
        if is_over
        else (common.link("Write down that the child was seen"), common.link("Ask someone to take part")),
        events=events,
    )


def spans(anchor: str, *, is_empty: bool) -> protection.Spans:
    span = protection.Span(
        heading=f"{common.LONG_TEXT} (U4)",
        lines=("From 3 March 2026", common.LONG_TEXT),
        quiet=f"Written down by {common.LONG_NAME}",
        tag=presenters.Tag(text="Now", tone=presenters.Tone.CARE),
        acts=(common.link("End it"), common.link("Correct this")),
    )
    over = protection.Span(
        heading="Children's home (K2)", lines=("From 3 March 2024 to 3 March 2025",), quiet="Written down"
    )
    return protection.Spans(
        anchor=anchor,
        heading="Placement in care",
        spans=() if is_empty else (span, over),
        empty="None is written down.",
        act=common.link("Write down a placement"),
    )


def page(*, is_empty: bool = False) -> protection.ProtectionPage:
    return protection.ProtectionPage(
        name=common.LONG_NAME,
        number="9XG5 C7M1 9",
        tag=RUNNING,
        said=common.LONG_TEXT,
        concerns=() if is_empty else (concern(), concern(2, is_over=True)),
        spans=(spans("placement", is_empty=is_empty),),
        worry=common.link("Call a strategy discussion"),
        back=common.link("The child's page"),
        message=None if is_empty else presenters.Message(heading="The discussion is kept."),
    )


def form(*, has_errors: bool = False) -> casework.FormPage:
    def said(words: str) -> str:
        return words if has_errors else ""

    choices = (presenters.Choice(value="joint", text=common.LONG_TEXT), presenters.Choice(value="again", text="Again"))
    day = presenters.DateField(name="happened_on", label="On which day?", error=said("Give a day, a month and a year"))
    time = presenters.Field(name="happened_time", label="At what time?", hint="14:30", error=said("Give a time"))
    who = presenters.Field(
        name="present", label="Who took part?", hint="name, agency", error=said("Name who took part")
    )
    outcome = presenters.Field(name="outcome", label="What was the outcome?", choices=choices, error=said("Choose one"))
    words = presenters.Field(name="words", label="What was decided?", value=common.LONG_TEXT)
    return casework.FormPage(
        heading="Write down the strategy discussion",
        words=common.LONG_TEXT,
        action_href="#",
        back=common.link("Child protection"),
        button="Keep the discussion",
        questions=(("date", day), ("line", time), ("lines", who), ("radios", outcome), ("lines", words)),
        errors=presenters.errors_of(day, time, who, outcome, words),
    )


def states() -> dict[str, common.State]:
    return {
        "protection": ("protection/page.jinja", page(), ""),
        "protection_empty": ("protection/page.jinja", page(is_empty=True), ""),
        "protection_act": ("casework/form.jinja", form(), ""),
        "protection_act_error": ("casework/form.jinja", form(has_errors=True), ""),
    }
