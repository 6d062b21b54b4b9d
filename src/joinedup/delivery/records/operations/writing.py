"""The set-based writes behind loading: which rows are new, which replace another, and their COPY into the tables."""

import dataclasses
import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence

from django.db import connection

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import models, rules
from joinedup.foundation import ids
from joinedup.foundation.database import copying

_SAYINGS = ("records_identitystatement", "records_involvement", "records_chronologyentry", "records_relative")

IDENTITY_FIELDS = tuple(field.name for field in dataclasses.fields(rules.Identity))


@dataclasses.dataclass(slots=True)
class Entry:
    """One row about to be written, under the identifier it will have."""

    id: uuid.UUID
    message_hash: bytes
    reading: rules.Reading
    superseded_by: uuid.UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class SortedOut:
    """The rows to write, the stored ones they replace, those that say again what is said, and the counts.

    Shapes: `repeats` leads from the row that was said before to the reading that says it again.
    """

    to_write: Sequence[Entry]
    superseded: Sequence[tuple[uuid.UUID, uuid.UUID]]
    repeats: Sequence[tuple[uuid.UUID, rules.Reading]]
    changed: int
    duplicate: int


def sort_out(agency_id: uuid.UUID, hashed: Sequence[tuple[bytes, rules.Reading]]) -> SortedOut:
    """Tell new rows from changed and from known ones, in file order.

    Shapes: of rows that are one message the last counts; an earlier one is kept as superseded by it.
    """
    stored = _current_messages(agency_id, [key for key, _ in hashed])
    entries: list[Entry] = []
    latest: dict[bytes, Entry] = {}
    superseded: list[tuple[uuid.UUID, uuid.UUID]] = []
    repeats: list[tuple[uuid.UUID, rules.Reading]] = []
    changed = duplicate = 0
    for key, reading in hashed:
        earlier = latest.get(key)
        known = stored.get(key)
        content = earlier.reading.content_hash if earlier else known[1] if known else None
        if content == reading.content_hash:
            duplicate += 1
            if earlier is None and known is not None:
                repeats.append((known[0], reading))
            continue
        entry = Entry(ids.uuid7(), key, reading)
        if earlier is not None:
            earlier.superseded_by = entry.id
        elif known is not None:
            superseded.append((known[0], entry.id))
        changed += content is not None
        entries.append(entry)
        latest[key] = entry
    return SortedOut(entries, superseded, repeats, changed, duplicate)


def _current_messages(agency_id: uuid.UUID, keys: Sequence[bytes]) -> dict[bytes, tuple[uuid.UUID, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message_hash, id, content_hash FROM records_sourcerecord "
            "WHERE agency_id = %s AND is_current AND message_hash = ANY(%s)",
            [agency_id, list(keys)],
        )
        return {bytes(key): (source_id, bytes(content)) for key, source_id, content in cursor.fetchall()}


def supersede(sorted_out: SortedOut) -> None:
    """Let the stored rows that a newer message replaces, and what they say, count no longer."""
    if not sorted_out.superseded:
        return
    old = [pair[0] for pair in sorted_out.superseded]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_sourcerecord s SET is_current = false, superseded_by_id = pair.newer "
            "FROM unnest(%s::uuid[], %s::uuid[]) AS pair(older, newer) WHERE s.id = pair.older",
            [old, [pair[1] for pair in sorted_out.superseded]],
        )
    set_sayings_current(old, is_current=False)


def set_sayings_current(source_record_ids: Sequence[uuid.UUID], *, is_current: bool) -> None:
    """Let all that these source records say count, or count no longer."""
    with connection.cursor() as cursor:
        for table in _SAYINGS:
            cursor.execute(
                f"UPDATE {table} SET is_current = %s WHERE source_record_id = ANY(%s)",  # noqa: S608 (our own names)
                [is_current, list(source_record_ids)],
            )


def write_readings(
    *, batch: models.Batch, entries: Sequence[Entry], at: datetime.datetime
) -> list[tuple[uuid.UUID, rules.Identity]]:
    """Write source records and what they say; return whom they state, for the index.

    Shapes: rows that were replaced within the piece are among them, so that a child is found by an old name too.
    """
    if not entries:
        return []
    persons = _person_records(batch.agency_id, [person_key(entry.reading) for entry in entries], at)
    placed = [(entry, persons[person_key(entry.reading)]) for entry in entries]
    copying.copy_rows(
        "records_sourcerecord",
        ["id", "batch_id", "agency_id", "person_record_id", "table", "message_hash", "content_hash", "line_number"]
        + ["byte_start", "byte_length", "notes", "is_current", "superseded_by_id"],
        (_source_row(batch, entry, person_id) for entry, person_id in placed),
    )
    _write_identities(placed)
    _write_involvements(batch.agency_id, placed)
    _write_chronology(placed)
    _write_relatives(placed)
    return [(person_id, entry.reading.identity) for entry, person_id in placed if entry.reading.identity is not None]


def _source_row(batch: models.Batch, entry: Entry, person_id: uuid.UUID) -> tuple[object, ...]:
    reading, place = entry.reading, entry.reading.place
    return (
        entry.id,
        batch.id,
        batch.agency_id,
        person_id,
        reading.table,
        entry.message_hash,
        reading.content_hash,
        place.line_number,
        place.byte_start,
        place.byte_length,
        json.dumps(reading.notes, ensure_ascii=False) if reading.notes else None,
        entry.superseded_by is None,
        entry.superseded_by,
    )


def identity_hash(identity: rules.Identity) -> bytes:
    """Return the fingerprint of all that is said of who a child is.

    Shapes: 16 bytes.
    """
    said = "\x1f".join(str(getattr(identity, name) or "") for name in IDENTITY_FIELDS)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def person_key(reading: rules.Reading) -> tuple[str, str]:
    """Return the agency's number for the child with its scheme, or, where it has none, the identity's fingerprint."""
    if reading.local_id:
        return reading.scheme, reading.local_id
    return "stated", identity_hash(reading.identity or rules.Identity()).hex()


def _person_records(
    agency_id: uuid.UUID, keys: Iterable[tuple[str, str]], at: datetime.datetime
) -> dict[tuple[str, str], uuid.UUID]:
    wanted = list(dict.fromkeys(keys))
    schemes, local_ids = [key[0] for key in wanted], [key[1] for key in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_personrecord (id, agency_id, scheme, local_id, first_received_at) "
            "SELECT given.id, %s, given.scheme, given.local_id, %s "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS given(id, scheme, local_id) "
            "ON CONFLICT (agency_id, scheme, local_id) DO NOTHING",
            [agency_id, at, [ids.uuid7() for _ in wanted], schemes, local_ids],
        )
        cursor.execute(
            "SELECT p.scheme, p.local_id, p.id FROM records_personrecord p "
            "JOIN unnest(%s::text[], %s::text[]) AS given(scheme, local_id) USING (scheme, local_id) "
            "WHERE p.agency_id = %s",
            [schemes, local_ids, agency_id],
        )
        return {(scheme, local_id): person_id for scheme, local_id, person_id in cursor.fetchall()}


Placed = Sequence[tuple[Entry, uuid.UUID]]


def _write_identities(placed: Placed) -> None:
    copying.copy_rows(
        "records_identitystatement",
        ["id", "source_record_id", "person_record_id", "is_current", "identity_hash", *IDENTITY_FIELDS],
        (
            (ids.uuid7(), entry.id, person_id, entry.superseded_by is None, identity_hash(said), *_identity_row(said))
            for entry, person_id in placed
            if (said := entry.reading.identity) is not None
        ),
    )


def _identity_row(identity: rules.Identity) -> list[object]:
    row: list[object] = [getattr(identity, name) for name in IDENTITY_FIELDS]
    former = IDENTITY_FIELDS.index("former_nhs_numbers")
    row[former] = json.dumps(identity.former_nhs_numbers) if identity.former_nhs_numbers else None
    return row


def _write_involvements(agency_id: uuid.UUID, placed: Placed) -> None:
    teams = agencies_queries.get_team_ids(agency_id=agency_id)
    copying.copy_rows(
        "records_involvement",
        ["id", "source_record_id", "person_record_id", "is_current", "kind", "level", "service", "team_id"]
        + ["team_code", "started_date", "ended_date", "practitioner", "phone", "answers"],
        (
            (ids.uuid7(), entry.id, person_id, entry.superseded_by is None)
            + (said.kind, said.level, said.service[:200], teams.get(said.team_code), said.team_code[:60])
            + (said.started_date, said.ended_date, said.practitioner[:200], said.phone[:40], said.answers)
            for entry, person_id in placed
            for said in entry.reading.involvements
        ),
    )


def _write_chronology(placed: Placed) -> None:
    copying.copy_rows(
        "records_chronologyentry",
        ["id", "source_record_id", "person_record_id", "is_current", "kind", "words", "happened_date", "ended_date"],
        (
            (ids.uuid7(), entry.id, person_id, entry.superseded_by is None)
            + (said.kind, said.words[:200], said.happened_date, said.ended_date)
            for entry, person_id in placed
            for said in entry.reading.chronology
        ),
    )


def _write_relatives(placed: Placed) -> None:
    copying.copy_rows(
        "records_relative",
        ["id", "source_record_id", "person_record_id", "is_current", "relationship", "name", "phone", "local_id"],
        (
            (ids.uuid7(), entry.id, person_id, entry.superseded_by is None)
            + (said.relationship[:60], said.name[:200], said.phone[:40], said.local_id[:120])
            for entry, person_id in placed
            for said in entry.reading.relatives
        ),
    )


def write_repeats(*, batch_id: uuid.UUID, repeats: Sequence[tuple[uuid.UUID, rules.Reading]]) -> None:
    """Write which stored rows this batch says again, each once, with the place where it does."""
    first = dict(reversed(repeats))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_repeatedrow (source_record_id, batch_id, line_number, byte_start, byte_length) "
            "SELECT again.id, %s, again.line, again.start, again.length "
            "FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[]) AS again(id, line, start, length) "
            "ON CONFLICT DO NOTHING",
            [
                batch_id,
                list(first),
                [reading.place.line_number for reading in first.values()],
                [reading.place.byte_start for reading in first.values()],
                [reading.place.byte_length for reading in first.values()],
            ],
        )


def write_refusals(*, batch_id: uuid.UUID, refused: Iterable[rules.Refused]) -> None:
    """Write the rows that could not be taken, with their reasons."""
    copying.copy_rows(
        "records_refusal",
        ["id", "batch_id", "line_number", "byte_start", "byte_length", "reasons"],
        (
            (
                ids.uuid7(),
                batch_id,
                row.place.line_number,
                row.place.byte_start,
                row.place.byte_length,
                json.dumps(row.reasons, ensure_ascii=False),
            )
            for row in refused
        ),
    )
