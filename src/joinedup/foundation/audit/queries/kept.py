"""What the database keeps of the tree: leaves, roots of complete parts, and the runs of sealing.

Belongs here: reading fingerprints. Not here: whether they are right (verifying), what events say.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg

from joinedup.foundation.audit.rules import entries, tree

_BLOCK = 1 << tree.KEPT_HEIGHTS


class Incomplete(Exception):
    """A fingerprint that must be there is not: someone has been at the seal's tables."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One run of sealing."""

    size: int
    log_id: uuid.UUID
    sealed_at: datetime.datetime
    floor: int
    ceiling: int
    server: str


_BATCHES = "SELECT size, log_id, sealed_at, floor, ceiling, server FROM public.audit_sealbatch"
_NEWEST = f"{_BATCHES} ORDER BY size DESC LIMIT 1"
_AFTER = f"{_BATCHES} WHERE size > %s ORDER BY size"


def last_batch(connection: psycopg.Connection[Any]) -> Batch | None:
    """Return the newest run of sealing, or None before the first."""
    found = _batches(connection, _NEWEST)
    return found[0] if found else None


def batches_after(connection: psycopg.Connection[Any], size: int) -> list[Batch]:
    """Return the runs of sealing that made the tree larger than this, oldest first."""
    return _batches(connection, _AFTER, size)


def _batches(connection: psycopg.Connection[Any], query: LiteralString, *given: object) -> list[Batch]:
    rows = connection.execute(query, given).fetchall()
    names = [field.name for field in dataclasses.fields(Batch)]
    return [Batch(**dict(zip(names, row, strict=True))) for row in rows]


def leaves(connection: psycopg.Connection[Any], first: int, count: int) -> list[entries.Leaf]:
    """Return leaves as they were sealed, in order.

    Errors: Incomplete.
    """
    rows = connection.execute(
        "SELECT form, event_id, event_at, event_hash, subjects_hash FROM public.audit_sealedevent "
        "WHERE position >= %s AND position < %s ORDER BY position",
        [first, first + count],
        binary=True,
    ).fetchall()
    if len(rows) != count:
        raise Incomplete(f"{count:,} sealed events from number {first + 1:,} on are {len(rows):,}.")
    return [
        entries.Leaf(form=form, event_id=event_id, at=at, event_hash=event_hash, subjects_hash=subjects_hash)
        for form, event_id, at, event_hash, subjects_hash in rows
    ]


class Reader:
    """Reads what is kept of the tree in blocks, each once."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._blocks: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, height: int, first: int, count: int) -> Sequence[bytes]:
        """Return the hashes of so many places of one height, which all lie in one block.

        Errors: Incomplete.
        """
        block, offset = divmod(first, _BLOCK)
        if (height, block) not in self._blocks:
            self._blocks[height, block] = self._read(height, block * _BLOCK)
        found = self._blocks[height, block][offset : offset + count]
        if len(found) != count:
            raise Incomplete(f"The kept roots of height {height} end before place {first + count:,}.")
        return found

    def _read(self, height: int, first: int) -> list[bytes]:
        table, columns, place = (
            ("audit_sealnode", "hash, place", "place")
            if height
            else ("audit_sealedevent", "form, event_id, event_at, event_hash, subjects_hash, position", "position")
        )
        rows = self._connection.execute(
            f"SELECT {columns} FROM public.{table} WHERE {place} >= %s AND {place} < %s "  # noqa: S608  (our own words)
            f"{'AND height = %s ' if height else ''}ORDER BY {place}",
            [first, first + _BLOCK, *([height] if height else [])],
            binary=True,
        ).fetchall()
        unbroken = [row[:-1] for number, row in enumerate(rows) if row[-1] == first + number]
        if height:
            return [row[0] for row in unbroken]
        names = ("form", "event_id", "at", "event_hash", "subjects_hash")
        return [entries.Leaf(**dict(zip(names, row, strict=True))).hash() for row in unbroken]


def keep_nodes(connection: psycopg.Connection[Any], completed: Sequence[tuple[int, int, bytes]]) -> None:
    """Keep roots of complete parts of the tree; what is kept already stays."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO public.audit_sealnode (height, place, hash) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            completed,
        )
