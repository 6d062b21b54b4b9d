"""What the pages of casework are given.

Belongs here: the shapes that templates/casework read. Not here: their words (wording, asking), requests (views).
"""

import dataclasses
import datetime

from joinedup.web import presenters

Question = tuple[str, presenters.Field | presenters.DateField]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """casework/form.jinja: one act by its questions; each is a choice, a date, one line or several."""

    heading: str
    words: str
    action_href: str
    back: presenters.Link
    button: str
    questions: tuple[Question, ...]
    facts: tuple[tuple[str, str], ...] = ()
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One need, person, review or the like: a heading, a tag, what is said of it, and what can be done."""

    heading: str
    lines: tuple[str, ...] = ()
    quiet: str = ""
    tag: presenters.Tag | None = None
    act: presenters.Link | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is wanted, by which aim, how anyone will know, and what will be done."""

    heading: str
    aim: str
    how: str
    actions: tuple[Piece, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the plan's page; `empty` says what it means that there is nothing in it."""

    anchor: str
    heading: str
    pieces: tuple[Piece, ...]
    empty: str
    acts: tuple[presenters.Link, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """casework/plan.jinja: one episode whole, as it is taken to the meeting."""

    name: str
    number: str
    heading: str
    state: presenters.Tag
    facts: tuple[tuple[str, str], ...]
    outcomes: tuple[Outcome, ...]
    outcome_acts: tuple[presenters.Link, ...]
    before: tuple[Section, ...]
    after: tuple[Section, ...]
    acts: tuple[presenters.Link, ...]
    back: presenters.Link
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwedRow:
    """One thing that is owed."""

    what: str
    words: str
    who: str
    href: str
    due_on: datetime.date | None
    is_late: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """casework/work.jinja: everything one owes over all children, most overdue first."""

    rows: tuple[OwedRow, ...]
    late: int
    empty: presenters.EmptyState
    board_href: str = ""
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One open episode of the team."""

    number: str
    href: str
    kind: str
    level: str
    lead: str
    tags: tuple[presenters.Tag, ...]
    opened_at: datetime.datetime
    review_due_on: datetime.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """casework/board.jinja: the open episodes of one's team."""

    rows: tuple[BoardRow, ...]
    pager: presenters.Pager | None
    empty: presenters.EmptyState
