"""What the pages of emergency looks are given.

Belongs here: the shapes that templates/emergencies read. Not here: their words (wording), requests (views).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BreakPage:
    """emergencies/break.jinja: asked before an emergency look; posts `reason`, `words` and `household` to `action_href`."""

    what_happens: str
    action_href: str
    back: presenters.Link
    reason: presenters.Field
    words: presenters.Field
    asks_household: bool
    is_household: bool
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One emergency look in the list for review."""

    href: str
    who: str
    reason: str
    started_at: datetime.datetime
    due_at: datetime.datetime
    tag: presenters.Tag | None
    found: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage:
    """emergencies/reviews.jinja: what waits for review, or what was reviewed."""

    looks: tuple[Look, ...]
    is_waiting: bool
    other: presenters.Link
    pager: presenters.Pager | None
    message: presenters.Message | None = None
    empty: presenters.EmptyState | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """emergencies/review.jinja: one emergency look; posts `outcome` and `note` to `action_href` unless it is reviewed."""

    back_href: str
    rows: tuple[tuple[str, str], ...]
    action_href: str = ""
    outcome: presenters.Field | None = None
    note: presenters.Field | None = None
    errors: tuple[presenters.FormError, ...] = ()
