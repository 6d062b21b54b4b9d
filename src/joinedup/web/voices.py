"""What a child or parent thinks, and what a child wants known, as workers read it wherever it stands: plan, child's page.

Belongs here: words for cards of participation. Not here: who may read them (participation), answering and inviting (voice).
"""

import dataclasses
from collections.abc import Sequence

from joinedup.foundation import clock
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import presenters, words

HEADING = "What the child thinks"
NOTHING = "Nothing that you may see has been said yet. Ask the child, or invite them to a page of their own."
_SHOWN = {
    participation_rules.ShownTo.LEAD: "Whoever leads the plan may see this",
    participation_rules.ShownTo.HELPERS: "Everyone who helps may see this",
    participation_rules.ShownTo.NAMED: "You alone may see this",
}
_OCCASIONS = {
    participation_rules.Occasion.ANY_TIME: "Said because they wanted to",
    participation_rules.Occasion.ASSESSMENT: "Said for an assessment",
    participation_rules.Occasion.REVIEW: "Said for a review",
}
_VOICES = {participation_rules.Voice.CHILD: "The child", participation_rules.Voice.PARENT: "A parent"}
_LATE = presenters.Tag(text="Answer late", tone=presenters.Tone.ALARM)
_OWED = presenters.Tag(text="Answer due", tone=presenters.Tone.CARE)
_ANSWERED = presenters.Tag(text="Answered", tone=presenters.Tone.GOOD)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One view as a worker reads it: who said it and when, the words, what was done, and who may see it."""

    heading: str
    words: str
    answer: str
    quiet: str
    tag: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The part of a page that says what the child thinks; `href` leads to answering and inviting, empty where one may not."""

    views: tuple[Said, ...]
    about: tuple[tuple[str, str], ...]
    about_quiet: str = ""
    href: str = ""


def heard(
    views: Sequence[participation_queries.ViewCard], about: participation_queries.AboutCard | None, *, href: str
) -> Heard:
    """Gather what was said and what the child wants known."""
    return Heard(
        views=tuple(map(said, views)),
        about=() if about is None else about_lines(about),
        about_quiet=""
        if about is None
        else f"In the child's own words, {words.day(clock.local(about.written_at).date())}",
        href=href,
    )


def said(card: participation_queries.ViewCard) -> Said:
    """Show one view."""
    by_whom = f"{_VOICES[card.voice]}, {words.day(clock.local(card.given_at).date())}"
    answered = ""
    if card.answered_at is not None:
        answered = f"{card.answered_by_name}, {words.day(clock.local(card.answered_at).date())}: {card.answer}"
    due = "" if answered else f". Answer due by {words.day(card.answer_due_on)}"
    return Said(
        heading=by_whom,
        words=card.words,
        answer=answered,
        quiet=f"{_OCCASIONS[card.occasion]}. {_SHOWN[card.shown_to]}{due}",
        tag=_ANSWERED if answered else _LATE if card.is_late else _OWED,
    )


def about_lines(about: participation_queries.AboutCard) -> tuple[tuple[str, str], ...]:
    """Return what a child wants known, each part that they wrote under its question."""
    lines = (
        ("What I want you to know", about.know),
        ("What I like", about.like),
        ("What helps", about.helps),
        ("What does not", about.hinders),
    )
    return tuple((label, text) for label, text in lines if text)
