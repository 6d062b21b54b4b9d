"""Loading a file: kept byte for byte, then stored piece by piece with its search keys, and able to go on after a stop."""

import dataclasses
import itertools
import pathlib
import uuid
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import transaction

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import operations as records_operations
from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.intake import preview as intake_preview
from joinedup.exchange.intake import registry
from joinedup.exchange.opening import formats, packing
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import operations as childindex_operations

#: Told how far loading has come, after each piece.
Progress = Callable[["Loaded"], None]


class NotRecognised(Exception):
    """No standard fits the file; the message says what we looked for."""


class LoadedElsewhere(Exception):
    """Another load of the same file went on at the same time, or it was taken back; the message says what became of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What loading has come to so far.

    Shapes: of the person records that say something new, `matched` were matched on arrival, `left` wait for a link run.
    Units: `read_bytes` of `size_bytes`.
    """

    batch_id: uuid.UUID
    state: str
    message: str
    rows: int
    new: int
    changed: int
    duplicate: int
    refused: int
    read_bytes: int
    size_bytes: int
    was_loaded_before: bool = False
    matched: int = 0
    left: int = 0


def sources_of(path: pathlib.Path, *, name: str = "") -> Iterator[formats.Source]:
    """Return the files in a file: itself, or what an archive holds.

    Errors: packing.Unsafe when it would swell beyond the limits.
    """
    with packing.unpacked(path, name=name) as sources:
        yield from sources


def recognise(source: formats.Source) -> formats.Recognised:
    """Return which standard a file follows.

    Errors: NotRecognised.
    """
    recognised = registry.recognise(source.head())
    if recognised is None:
        known = "; ".join(registry.titles())
        raise NotRecognised(
            f"{source.name} is not a file we know. We looked for: {known}. "
            "Nothing was stored. Check that its first row holds the column names of one of these."
        )
    return recognised


def load(
    *,
    source: formats.Source,
    recognised: formats.Recognised,
    agency: agencies_queries.AgencyCard,
    by: access_rules.Viewer,
    progress: Progress = lambda _loaded: None,
) -> Loaded:
    """Load a file, or go on with it where an earlier load stopped.

    Shapes: rows = new + changed + duplicate + refused. A file that is loaded already changes nothing.
    Errors: LoadedElsewhere when another load of the same file overtakes this one.
    """
    batch_id, _ = receive(source=source, recognised=recognised, agency=agency, by=by)
    return _go_on(source, recognised, batch_id, by, progress)


def receive(
    *,
    source: formats.Source,
    recognised: formats.Recognised,
    agency: agencies_queries.AgencyCard,
    by: access_rules.Viewer,
) -> tuple[uuid.UUID, bool]:
    """Keep a file and open its batch, or find the batch it has already.

    Shapes: the batch's identifier, and whether it is a new one.
    """
    with source.open_at(0) as content:
        file_id = records_operations.keep_file(content=content, name=source.name, by=by, at=clock.now())
    return records_operations.begin_batch(
        agency_id=agency.id,
        file_id=file_id,
        file_name=source.name,
        format_code=recognised.format.code,
        recognised={
            "title": recognised.format.title,
            "table": recognised.table,
            "why": recognised.why,
            "notes": [*source.notes, *recognised.notes],
        },
        legal_basis=agency.legal_basis,
        by=by,
        at=clock.now(),
    )


def load_batch(*, batch_id: uuid.UUID, by: access_rules.Viewer, progress: Progress = lambda _loaded: None) -> Loaded:
    """Load a batch whose file is kept already: handed in by page, or stopped half-way. A closed one stays as it is.

    Errors: NoSuchBatch; NotRecognised; LoadedElsewhere when another load of it overtakes this one.
    """
    batch = records_queries.get_batch(batch_id=batch_id)
    with records_queries.open_file(file_id=batch.file_id) as kept:
        source = formats.Source.of_file(batch.file_name, kept)
        return _go_on(source, recognise(source), batch_id, by, progress)


def resume_all(*, by: access_rules.Viewer, progress: Progress = lambda _loaded: None) -> list[Loaded]:
    """Go on with every batch that stopped half-way; one that another load takes care of is left to it."""
    finished = []
    for batch in records_queries.get_batches(first=0, count=1_000, state="loading"):
        try:
            finished.append(load_batch(batch_id=batch.id, by=by, progress=progress))
        except LoadedElsewhere:
            continue
        except NotRecognised as unknown:
            # A newer version may know a file no longer; what it stored stands, and the rest of the files go on.
            records_operations.fail_batch(batch_id=batch.id, message=str(unknown), by=by, at=clock.now())
    return finished


def _go_on(
    source: formats.Source,
    recognised: formats.Recognised,
    batch_id: uuid.UUID,
    by: access_rules.Viewer,
    progress: Progress,
) -> Loaded:
    before = _loaded(batch_id)
    if before.state not in {"received", "loading"}:
        return dataclasses.replace(before, was_loaded_before=before.state == "loaded")
    try:
        if recognised.refusal:
            records_operations.fail_batch(batch_id=batch_id, message=recognised.refusal, by=by, at=clock.now())
            return _loaded(batch_id)
        # Waits for the last word of a load that was killed; only then is the checkpoint read.
        records_operations.start_batch(batch_id=batch_id)
        done = _store(source, recognised, _loaded(batch_id), by, progress)
        records_operations.finish_batch(batch_id=batch_id, by=by, at=clock.now(), message=_matching_of(done))
    except records_operations.BatchMoved:
        raise LoadedElsewhere(_what_became_of(source.name, _loaded(batch_id))) from None
    return dataclasses.replace(done, state="loaded")


def _store(
    source: formats.Source,
    recognised: formats.Recognised,
    done: Loaded,
    by: access_rules.Viewer,
    progress: Progress,
) -> Loaded:
    context = formats.Context.of(source.name, on=clock.today())
    rows = itertools.islice(intake_preview.rows_of(source, recognised, context), done.rows, None)
    for piece in intake_preview.in_pieces(rows):
        childindex_operations.learn_words(
            row.identity for row in piece if isinstance(row, records_rules.Reading) and row.identity is not None
        )
        # One transaction: the rows, their keys, whose they are and the checkpoint stand or fall together.
        with transaction.atomic():
            stored = records_operations.store_rows(
                batch_id=done.batch_id, rows=piece, rows_before=done.rows, at=clock.now()
            )
            childindex_operations.index_identities(stored.identities)
            done = _matched(done, stored, by)
        done = _after(done, stored, read_bytes=piece[-1].place.byte_start + piece[-1].place.byte_length)
        progress(done)
    return done


def _matched(done: Loaded, stored: records_operations.Stored, by: access_rules.Viewer) -> Loaded:
    """Match what is stored at once where it is little; the rest is left to a link run."""
    people = list(dict.fromkeys(person for person, _ in stored.identities))
    if done.left or done.matched + len(people) > settings.ARRIVAL_MOST_RECORDS:
        return dataclasses.replace(done, left=done.left + len(people))
    arrived = childindex_operations.arrive(person_record_ids=people, by=by, at=clock.now())
    return dataclasses.replace(done, matched=done.matched + len(people) - arrived.left, left=done.left + arrived.left)


def _matching_of(done: Loaded) -> str:
    """Say whether the persons of a file are matched with children already."""
    if done.left:
        return (
            f"{done.left:,} {'person' if done.left == 1 else 'persons'} in this file will be matched with children by the "
            "next link run: it says something new of more than are matched at once, or a link run was at work."
        )
    return "Every person in this file was matched with a child as it was loaded." if done.matched else ""


def _what_became_of(name: str, now: Loaded) -> str:
    if now.state == "undone":
        return (
            f"{name} was taken back while it was being loaded (batch {now.batch_id}). Load it again if it should stay."
        )
    if now.state == "loaded":
        return f"{name} was loaded by someone else at the same time (batch {now.batch_id}). Nothing is doubled."
    return f"{name} is being loaded by someone else just now (batch {now.batch_id}). Nothing is doubled; that load goes on."


def _after(done: Loaded, stored: records_operations.Stored, *, read_bytes: int) -> Loaded:
    return dataclasses.replace(
        done,
        rows=done.rows + stored.new + stored.changed + stored.duplicate + stored.refused,
        new=done.new + stored.new,
        changed=done.changed + stored.changed,
        duplicate=done.duplicate + stored.duplicate,
        refused=done.refused + stored.refused,
        read_bytes=read_bytes,
    )


def _loaded(batch_id: uuid.UUID) -> Loaded:
    batch = records_queries.get_batch(batch_id=batch_id)
    return Loaded(
        batch_id=batch.id,
        state=batch.state,
        message=batch.message,
        rows=batch.rows_read,
        new=batch.rows_new,
        changed=batch.rows_changed,
        duplicate=batch.rows_duplicate,
        refused=batch.rows_refused,
        read_bytes=batch.read_through_byte,
        size_bytes=batch.size_bytes,
    )
