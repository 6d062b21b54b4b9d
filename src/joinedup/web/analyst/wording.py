"""The words of bringing in files: states, counts, reasons, and the refused rows as a file.

Belongs here: turning batches and previews into presenters. Not here: reading files (exchange.intake).
"""

import collections
import csv
import datetime
import io
from collections.abc import Iterable, Sequence

from django.urls import reverse

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import queries as records_queries
from joinedup.exchange.intake import preview as intake_preview
from joinedup.exchange.intake import registry
from joinedup.foundation import clock
from joinedup.web import presenters, words
from joinedup.web.analyst import presenters as analyst

PAGE_BATCHES = 25
SHOWN_REFUSALS = 50
COUNTED_REFUSALS = 1_000
_MOST_REASONS = 15
#: What a spreadsheet would take for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_STATES = {
    "received": presenters.Tag(text="Not loaded", tone=presenters.Tone.CARE),
    "loading": presenters.Tag(text="Loading"),
    "loaded": presenters.Tag(text="Loaded", tone=presenters.Tone.GOOD),
    "failed": presenters.Tag(text="Cannot be read", tone=presenters.Tone.ALARM),
    "undone": presenters.Tag(text="Undone", tone=presenters.Tone.QUIET),
}
_COLUMNS = (
    presenters.SortLink(text="File"),
    presenters.SortLink(text="Agency"),
    presenters.SortLink(text="Received", direction="descending"),
    presenters.SortLink(text="Taken", is_number=True),
    presenters.SortLink(text="Had already", is_number=True),
    presenters.SortLink(text="Refused", is_number=True),
    presenters.SortLink(text="State"),
)


def _title(batch: records_queries.BatchCard) -> str:
    return _capital(str(batch.recognised.get("title", batch.format)))


def _capital(words_given: str) -> str:
    return words_given[:1].upper() + words_given[1:]


def _when(at: datetime.datetime | None) -> str:
    return words.moment(None if at is None else clock.local(at))


def _row(batch: records_queries.BatchCard) -> analyst.BatchRow:
    return analyst.BatchRow(
        file_name=batch.file_name,
        href=reverse("batch", args=[batch.id]),
        agency=batch.agency_name,
        format_title=_title(batch),
        received_at=batch.received_at,
        accepted=batch.rows_accepted,
        duplicate=batch.rows_duplicate,
        refused=batch.rows_refused,
        state=_STATES[batch.state],
    )


def bring_in_page(  # what fills the page, and what was wrong with the form
    *,
    batches: Sequence[records_queries.BatchCard],
    first: int,
    agencies: Sequence[agencies_queries.AgencyCard],
    chosen_agency: str = "",
    file_error: str = "",
    agency_error: str = "",
    message: presenters.Message | None = None,
) -> analyst.BringInPage:
    """Show the form and the batches of before; one batch more than a page tells that there is a next page."""
    file = presenters.Field(
        name="file",
        label="Choose a file",
        hint="CSV, XML, JSON or Excel, or any of these in a zip or gz",
        error=file_error,
    )
    agency = presenters.Field(
        name="agency",
        label="Which agency sent it?",
        hint="Leave it as it is where only one agency sends such files",
        error=agency_error,
        choices=(
            presenters.Choice(value="", text="The one that sends such files"),
            *(
                presenters.Choice(value=card.code, text=card.name, is_chosen=card.code == chosen_agency)
                for card in agencies
            ),
        ),
    )
    here, shown = reverse("files"), batches[:PAGE_BATCHES]
    pager = presenters.Pager(
        first=first,
        last=first + len(shown) - 1,
        noun="file",
        plural="files",
        previous_href=f"{here}?from={max(first - PAGE_BATCHES, 1)}" if first > 1 else "",
        next_href=f"{here}?from={first + PAGE_BATCHES}" if len(batches) > PAGE_BATCHES else "",
    )
    return analyst.BringInPage(
        action_href=here,
        file=file,
        agency=agency,
        formats=tuple(_capital(title) for title in registry.titles()),
        columns=_COLUMNS,
        batches=tuple(_row(batch) for batch in shown),
        pager=pager if shown else None,
        errors=presenters.errors_of(file, agency),
        message=message,
    )


def _by_reason(rows: Iterable[Sequence[str]]) -> tuple[analyst.ReasonCount, ...]:
    counted = collections.Counter(reason for reasons in rows for reason in reasons)
    return tuple(analyst.ReasonCount(reason=reason, rows=rows) for reason, rows in counted.most_common(_MOST_REASONS))


def preview_page(batch: records_queries.BatchCard, looked: intake_preview.Preview) -> analyst.PreviewPage:
    """Show what loading would do."""
    rows = [(refused.place.line_number, refused.reasons) for refused in looked.refusals]
    return analyst.PreviewPage(
        file_name=batch.file_name,
        format_title=_capital(looked.recognised.format.title),
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


def batch_page(
    batch: records_queries.BatchCard,
    refusals: Sequence[records_queries.RefusalCard],
    *,
    message: presenters.Message | None = None,
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
        format_title=_title(batch),
        agency=batch.agency_name,
        legal_basis=batch.legal_basis or "not stated",
        state=_STATES["loading" if is_going else batch.state],
        received_at=batch.received_at,
        brought_in_by=batch.received_by_name,
        counts=analyst.RowCounts(
            new=batch.rows_new, changed=batch.rows_changed, unchanged=batch.rows_duplicate, refused=batch.rows_refused
        ),
        refusals=_refusals(batch, refusals),
        list_href=reverse("files"),
        refresh_href=here,
        undo_href=reverse("batch-undo", args=[batch.id]) if can_undo else "",
        progress=_progress(batch) if is_going else None,
        message=message,
        undone=undone,
        fault=batch.message,
    )


def _refusals(batch: records_queries.BatchCard, refusals: Sequence[records_queries.RefusalCard]) -> analyst.Refusals:
    is_all = len(refusals) == batch.rows_refused
    return analyst.Refusals(
        total=batch.rows_refused,
        by_reason=_by_reason(row.reasons for row in refusals) if is_all else (),
        first=tuple(
            analyst.RefusedRow(line_number=row.line_number, reasons=row.reasons) for row in refusals[:SHOWN_REFUSALS]
        ),
        download_href=reverse("batch-refused", args=[batch.id]),
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


def refused_csv(refusals: Iterable[records_queries.RefusalCard], content_of: dict[int, bytes] | None) -> str:
    """Write refused rows as a file for a spreadsheet, with nothing in it that a spreadsheet would run.

    Shapes: `content_of` maps the first byte of a row to the row; None where the rows themselves may not be shown.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["line", "reasons", *(["row"] if content_of is not None else [])])
    for refusal in refusals:
        row = [str(refusal.line_number), " ".join(refusal.reasons)]
        if content_of is not None:
            row.append(content_of[refusal.byte_start].decode("utf-8", errors="replace").rstrip("\r\n"))
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
