"""Bringing in files: upload, look first, load, see what was refused, take back.

Belongs here: translating requests. Not here: words (listing, wording), reading files (exchange.intake).
"""

import pathlib
import uuid
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import queries as records_queries
from joinedup.exchange.intake import jobs as intake_jobs
from joinedup.exchange.intake import loading, senders
from joinedup.exchange.intake import preview as intake_preview
from joinedup.exchange.opening import formats, packing
from joinedup.foundation import clock, sheets
from joinedup.web import bodies, context, doors, lists, middleware, presenters
from joinedup.web.analyst import listing, wording

_MEGABYTE = 1024 * 1024
_MOST_REFUSED_ROWS = 200_000


def _batch(batch_id: uuid.UUID) -> records_queries.BatchCard:
    try:
        return records_queries.get_batch(batch_id=batch_id)
    except records_queries.NoSuchBatch:
        raise Http404 from None


def _message(request: middleware.Request) -> presenters.Message | None:
    said = [str(message) for message in messages.get_messages(request)]
    return presenters.Message(heading=" ".join(said)) if said else None


@require_http_methods(["GET", "HEAD", "POST"])
@bodies.takes_files_from(lambda viewer: context.may(viewer, context.FILES))
@doors.may(context.FILES)
@doors.opens("records.batches.seen")
def bring_in(request: middleware.Request) -> HttpResponse:
    """Take a file in, or show the form and the files of before."""
    if request.method != "POST":
        return _bring_in_page(request)
    chosen = request.POST.get("agency", "")
    upload = request.FILES.get("file")
    if upload is None or not upload.size:
        return _bring_in_page(request, agency=chosen, file_error="Choose a file that holds something")
    if upload.size > settings.UPLOAD_LIMIT_BYTES:
        most = f"Choose a file of at most {settings.UPLOAD_LIMIT_BYTES // _MEGABYTE} megabytes, or load it by command"
        return _bring_in_page(request, agency=chosen, file_error=most)
    try:
        received = _receive(request, cast(TemporaryUploadedFile, upload), chosen)
    except (loading.NotRecognised, packing.Unsafe) as refusal:
        return _bring_in_page(request, agency=chosen, file_error=str(refusal))
    except senders.AgencyNotSaid as refusal:
        return _bring_in_page(request, agency=chosen, agency_error=str(refusal))
    except agencies_queries.NoSuchAgency:
        return _bring_in_page(request, agency_error="Choose one of the agencies")
    if len(received) == 1:
        return redirect("batch", received[0])
    messages.success(request, f"{len(received)} files were found inside. Open each to see what it holds and load it.")
    return redirect("files")


def _receive(request: middleware.Request, upload: TemporaryUploadedFile, agency: str) -> list[uuid.UUID]:
    """Keep each file inside the upload as a batch of its own; all of them, or none."""
    path = pathlib.Path(upload.temporary_file_path())
    with packing.unpacked(path, name=upload.name or "upload") as sources:
        recognised = [(source, loading.recognise(source)) for source in sources]
        senders_of = [senders.agency_for(found, code=agency) for _, found in recognised]
        return [
            loading.receive(source=source, recognised=found, agency=sender, by=request.viewer)[0]
            for (source, found), sender in zip(recognised, senders_of, strict=True)
        ]


def _bring_in_page(
    request: middleware.Request, *, agency: str = "", file_error: str = "", agency_error: str = ""
) -> HttpResponse:
    agencies = agencies_queries.get_agencies()
    wanted = listing.batches_asked(request.GET, agencies)
    agency_code, state = wanted.narrowed_to("agency"), wanted.narrowed_to("state")
    total = records_queries.count_batches(agency_code=agency_code, state=state)
    first = lists.within(wanted.first, total=total, size=listing.PAGE_BATCHES)
    page = listing.bring_in_page(
        batches=records_queries.get_batches(
            first=first - 1,
            count=listing.PAGE_BATCHES,
            agency_code=agency_code,
            state=state,
            order=records_queries.BatchOrder(wanted.sort.lstrip("-")),
            is_descending=wanted.is_descending,
        ),
        first=first,
        total=total,
        wanted=wanted,
        agencies=agencies,
        chosen_agency=agency,
        file_error=file_error,
        agency_error=agency_error,
        message=_message(request),
    )
    status = 422 if file_error or agency_error else 200
    return render(request, "analyst/bring_in.jinja", {"page": page}, status=status)


@require_safe
@doors.may(context.FILES)
@doors.opens("records.batch.seen")
def batch(request: middleware.Request, batch_id: uuid.UUID) -> HttpResponse:
    """Show a batch: what it would do while nothing is loaded, and what became of it afterwards."""
    found = _batch(batch_id)
    if found.state == "received" and "asked" not in request.GET:
        return _preview(request, found)
    wanted = wording.refusals_asked(request.GET, found)
    first = lists.within(wanted.first, total=found.rows_refused, size=wording.PAGE_REFUSALS)
    refusals = wording.refusals_of(
        found,
        records_queries.get_refusals(batch_id=batch_id, first=first - 1, count=wording.PAGE_REFUSALS),
        records_queries.count_refusals_by_reason(batch_id=batch_id, most=wording.MOST_REASONS),
        wanted=wanted,
        first=first,
    )
    page = wording.batch_page(found, refusals, message=_message(request))
    return render(request, "analyst/batch.jinja", {"page": page})


def _preview(request: middleware.Request, found: records_queries.BatchCard) -> HttpResponse:
    with records_queries.open_file(file_id=found.file_id) as kept:
        source = formats.Source.of_file(found.file_name, kept)
        try:
            recognised = loading.recognise(source)
        except loading.NotRecognised as refusal:
            return _bring_in_page(request, file_error=str(refusal))
        if recognised.refusal:
            return _bring_in_page(request, file_error=recognised.refusal)
        looked = intake_preview.preview(
            source=source,
            recognised=recognised,
            context=formats.Context.of(found.file_name, on=clock.today()),
            agency_id=found.agency_id,
        )
    return render(request, "analyst/preview.jinja", {"page": wording.preview_page(found, looked)})


@require_POST
@doors.may(context.FILES)
@doors.opens("records.batch.load-asked")
def load(request: middleware.Request, batch_id: uuid.UUID) -> HttpResponse:
    """Ask for a batch to be loaded; the loading itself goes on without this request."""
    found = _batch(batch_id)
    if found.state in {"received", "loading"}:
        intake_jobs.load.defer(batch_id=str(found.id))
    return redirect(f"{reverse('batch', args=[batch_id])}?asked")


@require_safe
@doors.may(context.FILES)
@doors.opens("records.batch.refused-rows-seen")
def refused(request: middleware.Request, batch_id: uuid.UUID) -> HttpResponse:
    """Give the refused rows with their reasons as a file; the rows themselves only to the agency that sent them."""
    found = _batch(batch_id)
    refusals = records_queries.get_refusals(batch_id=batch_id, first=0, count=_MOST_REFUSED_ROWS)
    rows = None
    if request.viewer.home_id == found.agency_id:
        with records_queries.open_file(file_id=found.file_id) as kept:
            rows = {}
            for refusal in refusals:
                kept.seek(refusal.byte_start)
                rows[refusal.byte_start] = kept.read(refusal.byte_length)
    name = f"refused-{pathlib.PurePath(found.file_name).stem}.csv"
    return HttpResponse(
        sheets.csv_bytes(wording.refused_sheet(refusals, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@doors.may(context.FILES)
@doors.opens("records.batch.undo-asked")
def undo(request: middleware.Request, batch_id: uuid.UUID) -> HttpResponse:
    """Ask once more, then have a batch taken back."""
    found = _batch(batch_id)
    if found.state != "loaded":
        return redirect("batch", batch_id)
    if request.method != "POST":
        return render(request, "analyst/undo.jinja", {"page": wording.undo_page(found)})
    intake_jobs.undo.defer(batch_id=str(found.id), user_id=str(request.viewer.user_id))
    messages.success(request, "The file is being taken back. Load this page again to see it done.")
    return redirect("batch", batch_id)
