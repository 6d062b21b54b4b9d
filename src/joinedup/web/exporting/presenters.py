"""What the pages of exports show: the list of them, the question why, one of them, and a page to print.

Belongs here: frozen values for exporting/*.jinja. Not here: what an export is (governance.exports).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One export in a list."""

    number: str
    href: str
    what: str
    why: str
    asked_by: str
    asked_at: datetime.datetime
    state: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExportsPage:
    """exporting/exports.jinja: what waits for this person's word, what they asked for, and what they can ask for."""

    waiting: tuple[ExportRow, ...]
    mine: tuple[ExportRow, ...]
    empty: presenters.EmptyState
    roll: presenters.Link | None = None
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """exporting/ask.jinja: which list, and the question why; posted to `action_href`."""

    what: str
    action_href: str
    back: presenters.Link
    reason: presenters.Field
    why: presenters.Field
    most_alone: int
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TakingRow:
    """One taking of an export."""

    taken_by: str
    taken_at: datetime.datetime
    format: str
    rows: int
    fingerprint: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """exporting/export.jinja: one export; each address is empty where this person cannot do it now."""

    number: str
    state: presenters.Tag
    words: str
    facts: tuple[tuple[str, str], ...]
    takings: tuple[TakingRow, ...]
    back_href: str
    formats: tuple[presenters.Choice, ...] = ()
    take_href: str = ""
    decide_href: str = ""
    withdraw_href: str = ""
    message: presenters.Message | None = None
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """exporting/print.jinja: the table to print, with its mark above, below and on each row."""

    title: str
    notice: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    back_href: str
