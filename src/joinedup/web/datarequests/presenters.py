"""What the pages of data requests show.

Belongs here: frozen values for datarequests/*.jinja. Not here: deciding anything (governance.rights).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request in the list."""

    number: str
    href: str
    kind: str
    child_number: str
    asked_on: datetime.date
    due_on: datetime.date
    state: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestsPage:
    """datarequests/requests.jinja: what was asked, what is due first."""

    rows: tuple[RequestRow, ...]
    new_href: str
    empty: presenters.EmptyState
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """datarequests/form.jinja: a form by its questions, in order; each is radios, a date, one line or several."""

    heading: str
    words: str
    action_href: str
    back: presenters.Link
    button: str
    questions: tuple[tuple[str, presenters.Field | presenters.DateField], ...]
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """One disputed fact; `decide_href` is empty where it is decided."""

    what: str
    words: str
    state: presenters.Tag
    decided: str = ""
    decide_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """datarequests/request.jinja: one request; each address is empty where this person cannot do it now."""

    number: str
    state: presenters.Tag
    words: str
    facts: tuple[tuple[str, str], ...]
    disputes: tuple[DisputeRow, ...]
    back: presenters.Link
    actions: tuple[presenters.Link, ...] = ()
    confirm_href: str = ""
    message: presenters.Message | None = None
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """One line of the record that a person decides on; `state` is None where nobody has."""

    field: str
    words: str
    why: str
    state: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PackPage:
    """datarequests/pack.jinja: lines that wait, those decided, and the copy; `take_href` is empty while any waits."""

    number: str
    words: str
    waiting: tuple[HeldRow, ...]
    decided: tuple[HeldRow, ...]
    why: presenters.Field
    rule_href: str
    take_href: str
    back: presenters.Link
    message: presenters.Message | None = None
    errors: tuple[presenters.FormError, ...] = ()
