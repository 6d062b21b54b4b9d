"""What a family's own pages are given.

Belongs here: frozen values for family/*.jinja. Not here: what may be shown (participation, casework, assurance), words (wording).
"""

import dataclasses
import datetime
from collections.abc import Iterable

from joinedup.processes.participation import rules as participation_rules
from joinedup.web import presenters

Question = tuple[str, presenters.Field]
#: Words of a worker, in which hard ones stand apart with what they mean.
Words = tuple[participation_rules.Span, ...]


def hard_words(texts: Iterable[Words]) -> tuple[tuple[str, str], ...]:
    """Return the hard words of several texts, each once and in order, with what they mean."""
    return tuple(sorted({span.text.lower(): span.means for text in texts for span in text if span.means}.items()))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look: on which day, who by role and agency, and why."""

    on: datetime.date
    role: str
    agency: str
    purpose: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WhoLookedPage:
    """family/who_looked.jinja: `is_on` is false where nobody has recorded yet that the list is safe to read."""

    is_on: bool
    about: str
    after_days: int
    looks: tuple[Look, ...] = ()
    back: presenters.Link | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Someone who helps, or a service: what they do, and how to ring them."""

    name: str
    does: str
    phone: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A page that leads on from the first one, and what is on it."""

    href: str
    text: str
    words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MyPage:
    """family/mine.jinja: the first page of a child or parent."""

    heading: str
    hello: str
    ways: tuple[Way, ...]
    helpers_heading: str
    helpers: tuple[Helper, ...]
    no_helpers: str
    message: presenters.Message | None = None
    back: presenters.Link | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What someone will do, by when, or has done."""

    words: Words
    who: str
    by: str
    tag: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """What is wanted, and the steps to it."""

    words: Words
    steps: tuple[Step, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One plan in plain words."""

    heading: str
    leads: str
    strengths: tuple[Words, ...]
    needs: tuple[Words, ...]
    wants: tuple[Want, ...]
    next_meeting: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """family/plan.jinja: the plans that are open, with the hard words in them explained below."""

    heading: str
    plans: tuple[Plan, ...]
    none: str
    hard: tuple[tuple[str, str], ...]
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Something that was said or asked before, and what came of it."""

    heading: str
    words: tuple[str, ...]
    answer: Words = ()
    answered: str = ""
    tag: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """family/form.jinja: something to say, its questions, and what was said before."""

    heading: str
    words: tuple[str, ...]
    action_href: str
    button: str
    questions: tuple[Question, ...]
    back: presenters.Link
    before_heading: str = ""
    before: tuple[Before, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None

    @property
    def hard(self) -> tuple[tuple[str, str], ...]:
        """The hard words in the answers, with what they mean."""
        return hard_words(one.answer for one in self.before)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPage:
    """family/closed.jinja: a page that is not open now, or of several that are one's own, which."""

    heading: str
    words: str
    links: tuple[presenters.Link, ...] = ()
    back: presenters.Link | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InvitedPage:
    """family/invited.jinja: coming in by a link; the name to sign in by and a password are chosen here."""

    action_href: str
    words: tuple[str, ...]
    username: presenters.Field
    username_value: str
    password: presenters.Field
    again: presenters.Field
    errors: tuple[presenters.FormError, ...] = ()
    back: presenters.Link | None = None
