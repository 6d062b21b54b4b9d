"""`joinedup import`: bring agencies' files in, look first, go on after a stop, take a batch back."""

import pathlib
import uuid
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from joinedup.commands import session

# Django must be set up before these can be imported; commands import them when they run.
if TYPE_CHECKING:
    from joinedup.delivery.agencies.queries import AgencyCard
    from joinedup.exchange.intake.loading import Loaded
    from joinedup.exchange.opening.formats import Recognised, Source

_REFUSALS_SHOWN = 10
_MOST_SHOWN_BYTES = 64 * 1024


def import_files(
    files: Annotated[list[pathlib.Path] | None, typer.Argument(help="The files to bring in")] = None,
    agency: Annotated[str, typer.Option(help="The code of the agency that sent them")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Say what would happen; store nothing")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with loads that were cut off")] = False,
    undo: Annotated[str, typer.Option(help="Take back the batch with this identifier")] = "",
    refused: Annotated[str, typer.Option(help="Print the refused rows of this batch with their reasons, as CSV")] = "",
) -> None:
    """Bring agencies' files in. Each row is new, changed, unchanged or refused with reasons; nothing is lost."""
    session.begin()
    if undo:
        _undo(undo)
        return
    if refused:
        _print_refused(refused)
        return
    if resume:
        _resume()
        return
    if not files:
        raise session.fail("Name at least one file, or --resume, or --undo BATCH.")
    failed = [file for file in files if not _take(file, agency, preview=preview)]
    if failed:
        raise session.fail(f"{len(failed)} of {len(files)} files could not be taken; see above.")


def _take(file: pathlib.Path, agency_code: str, *, preview: bool) -> bool:
    from joinedup.delivery.agencies import queries as agencies_queries
    from joinedup.exchange.intake import loading, senders
    from joinedup.exchange.opening import packing

    if not file.is_file():
        session.console.print(f"{file}: there is no such file.", style="red")
        return False
    try:
        for source in loading.sources_of(file):
            recognised = loading.recognise(source)
            sender = senders.agency_for(recognised, code=agency_code)
            session.say(f"{source.name}: {recognised.format.title}, from {sender.name}. {recognised.why}")
            if preview:
                _show_preview(source, recognised, sender)
            else:
                _load(source, recognised, sender)
    except agencies_queries.NoSuchAgency as unknown:
        session.console.print(f"No agency has the code {unknown}. See: joinedup agencies list", style="red")
        return False
    except (loading.NotRecognised, loading.LoadedElsewhere, senders.AgencyNotSaid, packing.Unsafe) as refusal:
        session.console.print(str(refusal), style="red")
        return False
    return True


def _show_preview(source: "Source", recognised: "Recognised", sender: "AgencyCard") -> None:
    from joinedup.exchange.intake import preview as intake_preview
    from joinedup.exchange.opening import formats
    from joinedup.foundation import clock

    looked = intake_preview.preview(
        source=source,
        recognised=recognised,
        context=formats.Context.of(source.name, on=clock.today()),
        agency_id=sender.id,
    )
    session.say(
        f"  {looked.rows:,} rows: {looked.new:,} new, {looked.changed:,} changed, "
        f"{looked.unchanged:,} unchanged, {looked.refused:,} refused. Nothing was stored."
    )
    for note, count in looked.notes:
        session.say(f"  {count:,} x {note}")
    for refused in looked.refusals[:_REFUSALS_SHOWN]:
        session.say(f"  line {refused.place.line_number}: {' '.join(refused.reasons)}")


def _load(source: "Source", recognised: "Recognised", sender: "AgencyCard") -> None:
    from joinedup.exchange.intake import loading

    with bar() as progress:
        task = progress.add_task(f"  {source.name}", total=max(source.size_bytes, 1))
        loaded = loading.load(
            source=source,
            recognised=recognised,
            agency=sender,
            by=session.viewer("import"),
            progress=lambda done: progress.update(task, completed=done.read_bytes),
        )
        progress.update(task, completed=max(source.size_bytes, 1))
    say_loaded(loaded)


def bar() -> Progress:
    """Return a progress bar as all commands show it."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn()
    )


def say_loaded(loaded: "Loaded") -> None:
    """Say what a load came to."""
    if loaded.state == "failed":
        session.console.print(f"  {loaded.message} Nothing was stored.", style="red")
        return
    if loaded.was_loaded_before:
        session.say(f"  This very file was loaded before as batch {loaded.batch_id}. Nothing has changed.")
        return
    session.say(
        f"  Batch {loaded.batch_id}: {loaded.rows:,} rows = {loaded.new:,} new + {loaded.changed:,} changed + "
        f"{loaded.duplicate:,} unchanged + {loaded.refused:,} refused."
    )
    if loaded.matched:
        session.say(f"  {loaded.matched:,} persons in it were matched at once.")
    if loaded.left:
        session.say(f"  {loaded.left:,} persons in it are left to the next link run: joinedup link")
    if loaded.refused:
        session.say(f"  The refused rows and why: joinedup import --refused {loaded.batch_id}")


def _resume() -> None:
    from joinedup.exchange.intake import loading

    done = loading.resume_all(by=session.viewer("import --resume"))
    if not done:
        session.say("No load was cut off.")
    for loaded in done:
        say_loaded(loaded)


def _undo(batch: str) -> None:
    from joinedup.delivery.records import operations as records_operations
    from joinedup.delivery.records import queries as records_queries
    from joinedup.exchange.intake import undoing

    try:
        undone = undoing.undo(batch_id=uuid.UUID(batch), by=session.viewer("import --undo"))
    except (ValueError, records_queries.NoSuchBatch):
        raise session.fail(f"There is no batch {batch}.") from None
    except records_operations.BatchNotLoaded as state:
        raise session.fail(f"That batch is {state}; only a loaded one can be taken back.") from None
    session.say(f"Taken back: {undone.withdrawn:,} rows no longer count, {undone.restored:,} earlier ones count again.")


def _print_refused(batch: str) -> None:
    from django.db import transaction

    from joinedup.foundation.audit import operations as audit_operations

    with transaction.atomic():
        # The rows are those of people: who printed them is written down before they are read.
        audit_operations.record(
            by=session.viewer("import --refused"), act="records.batch.refused-rows-seen", record_ref=batch
        )
        printed = _refused_as_csv(batch)
    typer.echo(printed, nl=False)


def _refused_as_csv(batch: str) -> str:
    from joinedup.delivery.records import queries as records_queries
    from joinedup.foundation import sheets
    from joinedup.web.analyst import wording

    try:
        found = records_queries.get_batch(batch_id=uuid.UUID(batch))
    except (ValueError, records_queries.NoSuchBatch):
        raise session.fail(f"There is no batch {batch}.") from None
    refusals = records_queries.get_refusals(batch_id=found.id, first=0, count=max(found.rows_refused, 1))
    rows: dict[int, bytes] = {}
    with records_queries.open_file(file_id=found.file_id) as kept:
        for refusal in refusals:
            kept.seek(refusal.byte_start)
            rows[refusal.byte_start] = kept.read(min(refusal.byte_length, _MOST_SHOWN_BYTES))
    return sheets.as_csv(wording.refused_sheet(refusals, rows))
