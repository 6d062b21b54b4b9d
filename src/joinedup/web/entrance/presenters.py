"""What the first pages show: sign-in with demonstration people, and Home.

Belongs here: frozen values for entrance/*.jinja. Not here: who may do what (foundation.access).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A made-up person as whom a visitor may look around; `value` is what the button posts."""

    value: str
    name: str
    role: str
    agency: str
    does: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonaGroup:
    """Demonstration people who do the same kind of work."""

    heading: str
    personas: tuple[Persona, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """entrance/sign_in.jinja: posts `persona` (and `next`) to `action_href`."""

    action_href: str
    groups: tuple[PersonaGroup, ...]
    next_href: str = ""
    error: str = ""
    notice: str = ""
    own_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFeed:
    """What one agency has sent, and when it last did."""

    agency: str
    files: int
    records: int
    refused: int
    last_received_at: datetime.datetime | None
    href: str = ""
    tag: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """entrance/home.jinja: what this person can do now, counts that mean something, and how fresh the records are.

    `find_href` is empty for someone who may not look children up.
    """

    greeting: str
    figures: tuple[presenters.Figure, ...]
    feeds: tuple[AgencyFeed, ...]
    on: datetime.date
    find_href: str = ""
    tasks: tuple[presenters.Link, ...] = ()
    empty: presenters.EmptyState | None = None
