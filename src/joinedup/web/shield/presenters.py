"""What the pages of sealed children are given.

Belongs here: the shapes that templates/shield read. Not here: their words (wording), requests (views).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What waits for a second officer, in the list."""

    href: str
    asks: str
    child: str
    asked_by: str
    asked_at: datetime.datetime
    tag: presenters.Tag | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record that came in and may be about a sealed child; posts `answer` to `action_href`."""

    says: str
    agency: str
    held_at: datetime.datetime
    why: tuple[str, ...]
    child: str
    child_href: str
    action_href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed child in the list; `work` is what those whose it is no longer see."""

    name: str
    href: str
    birth_date: datetime.date | None
    reason: str
    sealed_at: datetime.datetime
    lift_href: str
    work: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SealedPage:
    """shield/sealed.jinja: what waits, which records are held, who is sealed."""

    ask_href: str
    requests: tuple[Request, ...]
    held: tuple[Held, ...]
    children: tuple[Sealed, ...]
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """shield/ask.jinja: posts `number`, `reason` and `words` to `action_href`."""

    heading: str
    what_happens: str
    button: str
    action_href: str
    back_href: str
    number: presenters.Field
    reason: presenters.Field
    words: presenters.Field
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """shield/request.jinja: what another officer asked, or what one asked oneself; posts `answer` to `action_href`."""

    heading: str
    back_href: str
    action_href: str
    rows: tuple[tuple[str, str], ...]
    what_happens: str
    agree: str
    refuse: str
    work: tuple[str, ...] = ()
