"""The set-based writes behind loading: what replaces what, and the COPY of rows into the tables."""

import datetime
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from psycopg import sql

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import models, rules
from joinedup.delivery.records.operations import persons
from joinedup.delivery.records.operations.persons import IDENTITY_FIELDS, identity_hash, identity_values, person_key
from joinedup.delivery.records.operations.sorting import Entry, SortedOut
from joinedup.foundation import ids
from joinedup.foundation.database import copying

_SAYINGS = ("records_identitystatement", "records_involvement", "records_chronologyentry", "records_relative")


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
                sql.SQL("UPDATE {} SET is_current = %s WHERE source_record_id = ANY(%s)").format(sql.Identifier(table)),
                [is_current, list(source_record_ids)],
            )


def write_readings(
    *, batch: models.Batch, entries: Sequence[Entry], at: datetime.datetime
) -> list[tuple[uuid.UUID, rules.Identity]]:
    """Write source records and what they say; return whom they newly state, for the index.

    Shapes: each person and identity once, unless the person's latest rows said just that and so it is indexed already.
    Rows that were replaced within the piece are among them, so that a child is found by an old name too.
    """
    if not entries:
        return []
    keys = [person_key(entry.reading) for entry in entries]
    people = persons.keep_person_records(agency_id=batch.agency_id, keys=keys, at=at)
    placed = [(entry, people[key]) for entry, key in zip(entries, keys, strict=True)]
    stated = dict.fromkeys((person, said) for entry, person in placed if (said := entry.reading.identity) is not None)
    latest = persons.latest_identities([person for person, _ in stated])
    copying.copy_rows(
        "records_sourcerecord",
        ["id", "batch_id", "agency_id", "person_record_id", "table", "message_hash", "content_hash", "line_number"]
        + ["byte_start", "byte_length", "notes", "version", "is_current", "superseded_by_id"],
        (_source_row(batch.id.hex, batch.agency_id.hex, entry, person) for entry, person in placed),
    )
    _write_identities(placed)
    _write_involvements(batch.agency_id, placed)
    _write_chronology(placed)
    _write_relatives(placed)
    return [(uuid.UUID(person), said) for person, said in stated if identity_hash(said) not in latest.get(person, ())]


def _source_row(batch_id: str, agency_id: str, entry: Entry, person: str) -> tuple[object, ...]:
    reading, place = entry.reading, entry.reading.place
    return (
        entry.id,
        batch_id,
        agency_id,
        person,
        reading.table,
        entry.message_hash,
        reading.content_hash,
        place.line_number,
        place.byte_start,
        place.byte_length,
        json.dumps(reading.notes, ensure_ascii=False) if reading.notes else None,
        reading.version,
        entry.superseded_by is None,
        entry.superseded_by,
    )


#: Source records with the person each is about.
Placed = Sequence[tuple[Entry, str]]
Values = tuple[object, ...]


def _copy_sayings(table: str, columns: Sequence[str], said: Sequence[tuple[Entry, str, Values]]) -> None:
    """Copy what rows say, each under the columns that all sayings have."""
    copying.copy_rows(
        table,
        ["id", "source_record_id", "person_record_id", "is_current", *columns],
        (
            (saying_id, entry.id, person, entry.superseded_by is None, *values)
            for saying_id, (entry, person, values) in zip(ids.uuid7_block(len(said)), said, strict=True)
        ),
    )


def _write_identities(placed: Placed) -> None:
    # One person's rows mostly say the same, in a register of attendance hundreds of times.
    values: dict[rules.Identity, Values] = {}
    said: list[tuple[Entry, str, Values]] = []
    for entry, person in placed:
        identity = entry.reading.identity
        if identity is not None:
            if identity not in values:
                values[identity] = (identity_hash(identity), *_identity_row(identity))
            said.append((entry, person, values[identity]))
    _copy_sayings("records_identitystatement", ["identity_hash", *IDENTITY_FIELDS], said)


def _identity_row(identity: rules.Identity) -> Values:
    row = list(identity_values(identity))
    former = IDENTITY_FIELDS.index("former_nhs_numbers")
    row[former] = json.dumps(identity.former_nhs_numbers) if identity.former_nhs_numbers else None
    return tuple(row)


def _write_involvements(agency_id: uuid.UUID, placed: Placed) -> None:
    teams = agencies_queries.get_team_ids(agency_id=agency_id)
    _copy_sayings(
        "records_involvement",
        ["kind", "level", "service", "team_id", "team_code", "started_date", "ended_date", "practitioner", "phone"]
        + ["answers"],
        [
            (entry, person, _involvement_row(said, teams))
            for entry, person in placed
            for said in entry.reading.involvements
        ],
    )


def _involvement_row(said: rules.Involvement, teams: Mapping[str, int]) -> Values:
    return (
        said.kind,
        said.level,
        said.service[:200],
        teams.get(said.team_code),
        said.team_code[:60],
        said.started_date,
        said.ended_date,
        said.practitioner[:200],
        said.phone[:40],
        said.answers,
    )


def _write_chronology(placed: Placed) -> None:
    _copy_sayings(
        "records_chronologyentry",
        ["kind", "words", "happened_date", "ended_date"],
        [
            (entry, person, (said.kind, said.words[:200], said.happened_date, said.ended_date))
            for entry, person in placed
            for said in entry.reading.chronology
        ],
    )


def _write_relatives(placed: Placed) -> None:
    _copy_sayings(
        "records_relative",
        ["relationship", "name", "phone", "local_id"],
        [
            (entry, person, (said.relationship[:60], said.name[:200], said.phone[:40], said.local_id[:120]))
            for entry, person in placed
            for said in entry.reading.relatives
        ],
    )


def write_repeats(*, batch_id: uuid.UUID, repeats: Sequence[tuple[uuid.UUID, rules.Reading]]) -> None:
    """Write which stored rows of other batches this batch says again, each once, with the place where it does."""
    if not repeats:
        return
    first = dict(reversed(repeats))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_repeatedrow (source_record_id, batch_id, line_number, byte_start, byte_length) "
            "SELECT again.id, %s, again.line, again.start, again.length "
            "FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[]) AS again(id, line, start, length) "
            "JOIN records_sourcerecord s ON s.id = again.id WHERE s.batch_id <> %s ON CONFLICT DO NOTHING",
            [
                batch_id,
                list(first),
                [reading.place.line_number for reading in first.values()],
                [reading.place.byte_start for reading in first.values()],
                [reading.place.byte_length for reading in first.values()],
                batch_id,
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
