"""The words of one file brought in: states, counts, reasons, and the refused rows as a file.

Belongs here: turning a batch or a preview into presenters. Not here: the list of files (listing), reading one (exchange.intake).
"""

import collections
import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from joinedup.delivery.records import queries as records_queries
from joinedup.exchange.intake import preview as intake_preview
from joinedup.foundation import clock, sheets
from joinedup.web import lists, presenters, words
from joinedup.web.analyst import presenters as analyst

PAGE_REFUSALS = 50
MOST_REASONS = 15

STATES = {
    "received": presenters.Tag(text="Not loaded", tone=presenters.Tone.CARE),
    "loading": presenters.Tag(text="Loading"),
    "loaded": presenters.Tag(text="Loaded", tone=presenters.Tone.GOOD),
    "failed": presenters.Tag(text="Cannot be read", tone=presenters.Tone.ALARM),
    "undone": presenters.Tag(text="Undone", tone=presenters.Tone.QUIET),
}


def title(batch: records_queries.BatchCard) -> str:
    """Name the format of a batch, as the file says it or as we know it."""
    return capital(str(batch.recognised.get("title", batch.format)))


def capital(words_given: str) -> str:
    """Begin with a capital letter."""
    return words_given[:1].upper() + words_given[1:]


def _when(at: datetime.datetime | None) -> str:
    return words.moment(None if at is None else clock.local(at))


def _by_reason(rows: Iterable[Sequence[str]]) -> tuple[analyst.ReasonCount, ...]:
    counted = collections.Counter(reason for reasons in rows for reason in reasons)
    return tuple(analyst.ReasonCount(reason=reason, rows=rows) for reason, rows in counted.most_common(MOST_REASONS))


def preview_page(batch: records_queries.BatchCard, looked: intake_preview.Preview) -> analyst.PreviewPage:
    """Show what loading would do."""
    rows = [(refused.place.line_number, refused.reasons) for refused in looked.refusals]
    return analyst.PreviewPage(
        file_name=batch.file_name,
        format_title=capital(looked.recognised.format.title),
        why_recognised=looked.recognised.why,
        agency=batch.agency_name,
        legal_basis=batch.legal_basis or "not stated",
        counts=analyst.RowCounts(
            new=looked.new, changed=looked.changed, unchanged=looked.unchanged, refused=looked.refused
        ),
        refusals=analyst.Refusals(
            total=looked.refused,
            by_reason=_by_reason(reasons for _, reasons in rows) if len(rows) == looked.refused else (),
            first=tuple(analyst.RefusedRow(line_number=line, reasons=reasons) for line, reasons in rows),
        ),
        load_href=reverse("batch-load", args=[batch.id]),
        discard_href=reverse("files"),
        notes=tuple(presenters.Figure(value=count, words=note) for note, count in looked.notes),
    )


def refusals_asked(given: Mapping[str, str], batch: records_queries.BatchCard) -> lists.Asked:
    """Read which part of the refused rows an address asks for."""
    path = reverse("batch", args=[batch.id])
    return lists.asked(given, path=path, sorts=("line",), anchor="refused-rows")


def refusals_of(  # which rows, out of how many, and why all of them were refused
    batch: records_queries.BatchCard,
    rows: Sequence[records_queries.RefusalCard],
    reasons: Sequence[records_queries.ReasonCount],
    *,
    wanted: lists.Asked,
    first: int,
) -> analyst.Refusals:
    """Show a page of the refused rows of a batch, and all reasons."""
    return analyst.Refusals(
        total=batch.rows_refused,
        by_reason=tuple(analyst.ReasonCount(reason=counted.reason, rows=counted.rows) for counted in reasons),
        first=tuple(analyst.RefusedRow(line_number=row.line_number, reasons=row.reasons) for row in rows),
        pager=lists.pager(
            wanted,
            first=first,
            shown=len(rows),
            total=batch.rows_refused,
            size=PAGE_REFUSALS,
            noun="refused row",
            plural="refused rows",
        ),
        download_href=reverse("batch-refused", args=[batch.id]),
    )


def batch_page(
    batch: records_queries.BatchCard, refusals: analyst.Refusals, *, message: presenters.Message | None = None
) -> analyst.BatchPage:
    """Show one batch, whatever became of it."""
    here = reverse("batch", args=[batch.id])
    is_going, can_undo = batch.state in {"received", "loading"}, batch.state == "loaded"
    undone = ""
    if batch.state == "undone":
        by = f" by {batch.undone_by_name}" if batch.undone_by_name else ""
        undone = f"This file was taken back{by} on {_when(batch.undone_at)}. Nothing it said counts any longer."
    return analyst.BatchPage(
        file_name=batch.file_name,
        format_title=title(batch),
        agency=batch.agency_name,
        legal_basis=batch.legal_basis or "not stated",
        state=STATES["loading" if is_going else batch.state],
        received_at=batch.received_at,
        brought_in_by=batch.received_by_name,
        counts=analyst.RowCounts(
            new=batch.rows_new, changed=batch.rows_changed, unchanged=batch.rows_duplicate, refused=batch.rows_refused
        ),
        refusals=refusals,
        list_href=reverse("files"),
        refresh_href=here,
        undo_href=reverse("batch-undo", args=[batch.id]) if can_undo else "",
        progress=_progress(batch) if is_going else None,
        message=message,
        undone=undone,
        fault=batch.message if batch.state == "failed" else "",
        matching=batch.message if batch.state == "loaded" else "",
    )


def _progress(batch: records_queries.BatchCard) -> presenters.Progress:
    share = f"{100 * batch.read_through_byte // max(batch.size_bytes, 1)} per cent of the file"
    waits = "Waiting for its turn" if batch.state == "received" else f"{words.count(batch.rows_read, 'row')}, {share}"
    return presenters.Progress(
        label="Loading", done=batch.read_through_byte, total=max(batch.size_bytes, 1), words=waits
    )


def undo_page(batch: records_queries.BatchCard) -> analyst.UndoPage:
    """Say what taking a batch back means."""
    return analyst.UndoPage(
        file_name=batch.file_name,
        action_href=reverse("batch-undo", args=[batch.id]),
        back_href=reverse("batch", args=[batch.id]),
        records=batch.rows_accepted,
        stays=(
            "The file itself, and that it was brought in and taken back, by whom and when",
            "What stewards decided about links",
        ),
    )


def refused_sheet(refusals: Iterable[records_queries.RefusalCard], content_of: dict[int, bytes] | None) -> sheets.Sheet:
    """Return refused rows as a table for a spreadsheet.

    Shapes: `content_of` maps the first byte of a row to the row; None where the rows themselves may not be shown.
    """
    rows = []
    for refusal in refusals:
        row: list[sheets.Cell] = [refusal.line_number, " ".join(refusal.reasons)]
        if content_of is not None:
            row.append(content_of[refusal.byte_start].decode("utf-8", errors="replace").rstrip("\r\n"))
        rows.append(tuple(row))
    columns = ("line", "reasons", "row") if content_of is not None else ("line", "reasons")
    return sheets.Sheet(title="Refused rows", columns=columns, rows=tuple(rows))
