"""Sealed events as raw bytes, in the order of the seal: what the database says now beside what was sealed.

Belongs here: the asking and the cutting up. Not here: judging (verifying).
The database only hands over what it holds; all hashing is done here, since whoever owns the database owns its functions.
"""

import dataclasses
import struct
from typing import Any

import psycopg

from joinedup.foundation.audit.rules import entries

#: Rows asked for at a time; each goes through the primary keys, so that nothing has to be sorted.
PIECE = 20_000

_SIGNATURE = b"PGCOPY\n\xff\r\n\x00"
_PREAMBLE_BYTES = len(_SIGNATURE) + 8
_END = b"\xff\xff"
_SEALED = struct.Struct(">hiqi16siqihi32si32si")
_AT_AND_LENGTH = struct.Struct(">qi")
_EVENT_STARTS = _SEALED.size + _AT_AND_LENGTH.size
_COLUMNS = 8 + len(entries.FIELDS)

_QUERY = f"""
COPY (
    SELECT s.position, s.event_id, s.event_at, s.form, s.event_hash, s.subjects_hash, e.at,
        coalesce(
            (SELECT string_agg(uuid_send(b.subject_id), ''::bytea ORDER BY b.subject_id)
            FROM public.audit_auditsubject b WHERE b.event_id = s.event_id),
            ''::bytea
        ),
        {", ".join(f"e.{name}" for name in entries.FIELDS)}
    FROM public.audit_sealedevent s LEFT JOIN public.audit_auditevent e ON e.id = s.event_id
    WHERE s.position >= {{first}} AND s.position < {{after}} ORDER BY s.position
) TO STDOUT (FORMAT binary)
"""  # noqa: S608  (our own words and two numbers)


class NotUnderstood(Exception):
    """The database answers in another form than this program reads."""


@dataclasses.dataclass(slots=True)
class Row:
    """One sealed event: what its seal says, and what the event itself says now; `at` is None when it is gone."""

    position: int
    event_id: bytes
    sealed_at: int
    form: int
    event_hash: bytes
    subjects_hash: bytes
    at: int | None
    subjects: bytes
    event: bytes


def between(connection: psycopg.Connection[Any], first: int, after: int) -> list[Row]:
    """Return the sealed events from one position on, as far as they go, before another.

    They are all fetched before the first is given: a fault found on the way must not leave the connection in the middle.
    Errors: NotUnderstood.
    """
    query = _QUERY.format(first=int(first), after=int(after))
    with connection.cursor() as cursor, cursor.copy(query.encode()) as copy:
        blocks = [bytes(block) for block in copy]
    if blocks and blocks[0].startswith(_SIGNATURE):
        blocks[0] = blocks[0][_PREAMBLE_BYTES:]
    return [_row(block) for block in blocks if block and block != _END]


def _row(block: bytes) -> Row:
    columns, _, position, _, event_id, _, sealed_at, _, form, _, event_hash, _, subjects_hash, length = (
        _SEALED.unpack_from(block)
    )
    if columns != _COLUMNS:
        raise NotUnderstood(f"A sealed event has {columns} columns and not {_COLUMNS}.")
    if length < 0:
        return Row(position, event_id, sealed_at, form, event_hash, subjects_hash, None, b"", b"")
    at, subjects_bytes = _AT_AND_LENGTH.unpack_from(block, _SEALED.size)
    ends = _EVENT_STARTS + subjects_bytes
    return Row(
        position, event_id, sealed_at, form, event_hash, subjects_hash, at, block[_EVENT_STARTS:ends], block[ends:]
    )
