"""Telling new rows from changed and from known ones, and which of several rows of one message counts.

Belongs here: the order of a message's rows. Not here: writing them (writing), taking them back (undoing).
"""

import dataclasses
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from joinedup.delivery.records import rules
from joinedup.foundation import ids


@dataclasses.dataclass(slots=True)
class Entry:
    """One row about to be written, under the identifier it will have."""

    id: str
    message_hash: bytes
    reading: rules.Reading
    superseded_by: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class SortedOut:
    """The rows to write, the stored ones they replace, those that say again what is said, and the counts.

    Shapes: `repeats` leads from the row that was said before to the reading that says it again.
    """

    to_write: Sequence[Entry]
    superseded: Sequence[tuple[uuid.UUID, str]]
    repeats: Sequence[tuple[uuid.UUID, rules.Reading]]
    changed: int
    duplicate: int


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """One row of a message: stored, or an entry that will be."""

    version: int
    content_hash: bytes
    stored: uuid.UUID | None = None
    entry: Entry | None = None

    @property
    def id(self) -> str:
        return self.stored.hex if self.stored else self.entry.id if self.entry else ""


def sort_out(agency_id: uuid.UUID, hashed: Sequence[tuple[bytes, rules.Reading]]) -> SortedOut:
    """Tell new rows from changed and from known ones, in file order.

    Shapes: of rows that are one message the last counts; an earlier one is kept as superseded by it. Where the sender
    counts how often it has said a message, the highest count is the last, whenever it comes.
    """
    said = {key: [current] for key, current in _current(agency_id, [key for key, _ in hashed]).items()}
    late = _late(said, hashed)
    said |= _whole([said[key][0] for key in late if key in said])
    sorting = _Sorting(said)
    for (key, reading), new_id in zip(hashed, ids.uuid7_block(len(hashed)), strict=True):
        sorting.take(Entry(new_id, key, reading))
    return SortedOut(
        sorting.entries, list(sorting.superseded.items()), sorting.repeats, sorting.changed, sorting.duplicate
    )


class _Sorting:
    """Puts each entry in its place among the rows of its message.

    Shapes: `said` holds each message's rows, oldest first; the last counts.
    """

    def __init__(self, said: dict[bytes, list[_Said]]) -> None:
        self.said = said
        self.entries: list[Entry] = []
        self.superseded: dict[uuid.UUID, str] = {}
        self.repeats: list[tuple[uuid.UUID, rules.Reading]] = []
        self.changed = self.duplicate = 0

    def take(self, entry: Entry) -> None:
        rows, reading = self.said.setdefault(entry.message_hash, []), entry.reading
        place = len(rows)
        while place and 0 < reading.version < rows[place - 1].version:
            place -= 1
        before = rows[place - 1] if place else None
        if before is not None and before.content_hash == reading.content_hash:
            self.duplicate += 1
            if before.stored is not None:
                self.repeats.append((before.stored, reading))
            return
        if place < len(rows):
            entry.superseded_by = rows[place].id
        if before is not None:
            self._supersede(before, entry)
        self.changed += bool(rows)
        self.entries.append(entry)
        rows.insert(place, _Said(reading.version, reading.content_hash, entry=entry))

    def _supersede(self, before: _Said, entry: Entry) -> None:
        if before.stored is not None:
            self.superseded[before.stored] = entry.id
        elif before.entry is not None:
            before.entry.superseded_by = entry.id


def _late(said: Mapping[bytes, Sequence[_Said]], hashed: Iterable[tuple[bytes, rules.Reading]]) -> set[bytes]:
    """Return the messages of which an older version comes after a newer one."""
    newest = {key: rows[-1].version for key, rows in said.items()}
    late = set()
    for key, reading in hashed:
        if 0 < reading.version < newest.get(key, 0):
            late.add(key)
        else:
            newest[key] = reading.version
    return late


def _current(agency_id: uuid.UUID, keys: Sequence[bytes]) -> dict[bytes, _Said]:
    # One long text goes over as it is; an array of bytes would be quoted one by one.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message_hash, version, content_hash, id FROM records_sourcerecord WHERE agency_id = %s AND is_current "
            "AND message_hash = ANY(ARRAY(SELECT decode(key, 'hex') FROM string_to_table(%s, ' ') AS key))",
            [agency_id, " ".join(map(bytes.hex, keys))],
        )
        return {bytes(key): _Said(version, bytes(content), found) for key, version, content, found in cursor.fetchall()}


def _whole(current: Sequence[_Said]) -> dict[bytes, list[_Said]]:
    """Return all stored rows of the messages that these count for, oldest first; what was taken back is left out."""
    if not current:
        return {}
    found: dict[bytes, list[_Said]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WHOLE, [[said.stored for said in current]])
        for key, version, content, stored in cursor.fetchall():
            found.setdefault(bytes(key), []).append(_Said(version, bytes(content), stored))
    return found


_WHOLE = """
WITH RECURSIVE said AS (
    SELECT id, message_hash, version, content_hash, 1 AS step FROM records_sourcerecord WHERE id = ANY(%s)
  UNION ALL
    SELECT older.id, older.message_hash, older.version, older.content_hash, said.step + 1
    FROM said
    JOIN records_sourcerecord older ON older.superseded_by_id = said.id
    JOIN records_batch b ON b.id = older.batch_id AND b.state <> 'undone'
)
SELECT message_hash, version, content_hash, id FROM said ORDER BY step DESC, id
"""
