"""What bringing in files shows: choosing a file, the preview, the load, the batches and the undoing of one.

Belongs here: frozen values for analyst/*.jinja. Not here: reading a file (exchange.intake).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One batch in the list."""

    file_name: str
    href: str
    agency: str
    format_title: str
    received_at: datetime.datetime | None
    accepted: int
    duplicate: int
    refused: int
    state: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BringInPage:
    """analyst/bring_in.jinja: a file is chosen and posted to `action_href`; below stand the batches of before."""

    action_href: str
    file: presenters.Field
    agency: presenters.Field
    formats: tuple[str, ...]
    columns: tuple[presenters.SortLink, ...]
    batches: tuple[BatchRow, ...]
    empty: presenters.EmptyState
    filters: presenters.Filters | None = None
    pager: presenters.Pager | None = None
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """One row that could not be taken, and every reason why."""

    line_number: int
    reasons: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many rows share one reason."""

    reason: str
    rows: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """components/refusals.jinja: what was refused and why; without a `pager` only the first rows can be shown."""

    total: int
    by_reason: tuple[ReasonCount, ...]
    first: tuple[RefusedRow, ...]
    pager: presenters.Pager | None = None
    download_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """Every row of the file, once: the four add up to `total`."""

    new: int
    changed: int
    unchanged: int
    refused: int

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged + self.refused


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """analyst/preview.jinja: what would happen, before anything does; the load is posted to `load_href`."""

    file_name: str
    format_title: str
    why_recognised: str
    agency: str
    legal_basis: str
    counts: RowCounts
    refusals: Refusals
    load_href: str
    discard_href: str
    notes: tuple[presenters.Figure, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage:
    """analyst/batch.jinja: one batch while it loads (`progress`), when it is in, and after it was undone (`undone`)."""

    file_name: str
    format_title: str
    agency: str
    legal_basis: str
    state: presenters.Tag
    received_at: datetime.datetime | None
    brought_in_by: str
    counts: RowCounts
    refusals: Refusals
    list_href: str
    refresh_href: str = ""
    undo_href: str = ""
    progress: presenters.Progress | None = None
    message: presenters.Message | None = None
    undone: str = ""
    fault: str = ""
    matching: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UndoPage:
    """analyst/undo.jinja: says what undoing takes away, and asks once; posted to `action_href`."""

    file_name: str
    action_href: str
    back_href: str
    records: int
    stays: tuple[str, ...] = ()
