"""What reviewing unusual looking shows: the queue, one alert, and the published rates.

Belongs here: frozen values for assurance/*.jinja. Not here: reading them (views), who may review (assurance).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One alert in the queue: whose week, where they work, and the first reason; no child."""

    looker: str
    href: str
    role: str
    agency: str
    week: datetime.date
    points: str
    reason: str
    more_reasons: int
    state: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """assurance/queue.jinja: alerts of people outside the reviewer's team."""

    columns: tuple[presenters.SortLink, ...]
    alerts: tuple[AlertRow, ...]
    empty: presenters.EmptyState
    rates_href: str
    filters: presenters.Filters | None = None
    pager: presenters.Pager | None = None
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AlertReason:
    """What one rule found, in words, and how surprising it is."""

    words: str
    points: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AlertLook:
    """One look: when, at which child - by a number of this page until the case is opened - why, and whether work explains it."""

    at: datetime.datetime
    child: str
    purpose: str
    has_involvement: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """That somebody opened or decided the case: who, when and in which words."""

    who: str
    at: datetime.datetime | None
    words: str
    outcome: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AlertPage:
    """assurance/alert.jinja: one alert; `opening` is asked first, then `outcome` and `note`; what is decided stands."""

    looker: str
    role: str
    agency: str
    team: str
    week: datetime.date
    points: str
    state: presenters.Tag
    reasons: tuple[AlertReason, ...]
    looks: tuple[AlertLook, ...]
    back: presenters.Link
    open_href: str = ""
    decide_href: str = ""
    opening: presenters.Field | None = None
    outcome: presenters.Field | None = None
    note: presenters.Field | None = None
    opened: Said | None = None
    decided: Said | None = None
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """How often the looks of one group were questioned; words where a number would be too small to print."""

    group: str
    looks: str
    questioned: str
    per_thousand: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RateTable:
    """Rates by one thing."""

    heading: str
    first_column: str
    rows: tuple[RateRow, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RatesPage:
    """assurance/rates.jinja: how often looking was questioned in a year; for everyone to read."""

    tables: tuple[RateTable, ...]
    empty: presenters.EmptyState
