"""What the protection page is given.

Belongs here: the shapes that templates/protection read. Not here: their words (wording, asking), requests (views).
"""

import dataclasses

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """One clock: what, from when, until when, by which rule, where it stands."""

    what: str
    since: str
    until: str
    rule: str
    tag: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step as the chronology shows it."""

    when: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    quiet: str
    tag: presenters.Tag | None = None
    act: presenters.Link | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One concern: where it stands, what is next, its clocks, what else can be done, what happened."""

    anchor: str
    heading: str
    tag: presenters.Tag
    facts: tuple[tuple[str, str], ...]
    next_act: presenters.Link | None
    next_words: str
    clocks: tuple[ClockRow, ...]
    acts: tuple[presenters.Link, ...]
    events: tuple[Event, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One legal status or placement."""

    heading: str
    lines: tuple[str, ...]
    quiet: str
    tag: presenters.Tag | None = None
    acts: tuple[presenters.Link, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """All spans of one kind, newest first."""

    anchor: str
    heading: str
    spans: tuple[Span, ...]
    empty: str
    act: presenters.Link | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPage:
    """protection/page.jinja: all that is done to protect one child, as it is taken to the conference."""

    name: str
    number: str
    tag: presenters.Tag
    said: str
    concerns: tuple[Concern, ...]
    spans: tuple[Spans, ...]
    worry: presenters.Link | None
    back: presenters.Link
    message: presenters.Message | None = None
