"""Naming a fault: which kind it is, which event it is about, and plain words.

Belongs here: the words, and the second look that tells kinds apart. Not here: finding that something is wrong (verifying).
"""

import uuid
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import psycopg

from joinedup.foundation.audit.queries import kept, rows
from joinedup.foundation.audit.rules import entries, heads
from joinedup.foundation.audit.rules.faults import Fault, Kind


def not_these_heads(signed: Sequence[heads.Head], batch: kept.Batch | None) -> Fault:
    """The heads are none, or those of another database."""
    if not signed:
        sealed = f"{batch.size:,}" if batch else "no"
        return Fault(Kind.HEADS_MISSING, f"There is no head, and the database has {sealed} sealed events.")
    if batch is None:
        return truncated(0, signed[-1])
    return Fault(Kind.OTHER_LOG, "The heads are those of another database.")


def seal_missing(expected: int, row: rows.Row) -> Fault:
    """The next seal is not the next number's."""
    if row.position < expected:
        words = f"Number {row.position + 1:,} is sealed twice."
        return Fault(Kind.INSERTED, words, number=row.position + 1, event_id=uuid.UUID(bytes=row.event_id))
    words = f"Number {expected + 1:,} is missing: its event and its seal were deleted."
    return Fault(Kind.DELETED, words, number=expected + 1)


def different(connection: psycopg.Connection[Any], row: rows.Row) -> Fault:
    """An event is not what was sealed under its number."""
    number, event_id = row.position + 1, uuid.UUID(bytes=row.event_id)
    if row.at is None:
        words = f"Number {number:,}, event {event_id}, is missing: it was deleted."
        return Fault(Kind.DELETED, words, number=number, event_id=event_id)
    elsewhere = connection.execute(
        "SELECT position FROM public.audit_sealedevent WHERE event_hash = %s AND position <> %s LIMIT 1",
        [sha256(row.event).digest(), row.position],
    ).fetchone()
    if elsewhere:
        words = f"Number {number:,} is now the event {event_id}, which was sealed as number {elsewhere[0] + 1:,}."
        return Fault(Kind.REORDERED, words, number=number, event_id=event_id)
    if sha256(row.event).digest() != row.event_hash or row.form != entries.FORM:
        words = f"Number {number:,}, event {event_id}, was altered: it says something else than when it was sealed."
        return Fault(Kind.ALTERED, words, number=number, event_id=event_id)
    if row.at != row.sealed_at:
        said, sealed = entries.moment(row.at), entries.moment(row.sealed_at)
        words = f"Number {number:,}, event {event_id}, says it happened at {said}; it was sealed as of {sealed}."
        return Fault(Kind.BACK_DATED, words, number=number, event_id=event_id)
    words = f"Number {number:,}, event {event_id}, names other subjects than when it was sealed."
    return Fault(Kind.SUBJECTS_ALTERED, words, number=number, event_id=event_id)


def too_early(position: int, event: bytes, at: int) -> Fault:
    """An event was sealed that says it is older than the heads before it allow."""
    event_id = uuid.UUID(bytes=event)
    words = (
        f"Number {position + 1:,}, event {event_id}, says it happened at {entries.moment(at)}, or in a transaction that "
        "had ended before; then it would have been sealed earlier. It was put in afterwards."
    )
    return Fault(Kind.BACK_DATED, words, number=position + 1, event_id=event_id)


def inserted(event_id: uuid.UUID) -> Fault:
    """An event without a seal is older than what was sealed."""
    words = f"Event {event_id} has no seal, though it says it is older than what was sealed. It was put in afterwards."
    return Fault(Kind.INSERTED, words, event_id=event_id)


def root_differs(connection: psycopg.Connection[Any], agreed: int, head: heads.Head) -> Fault:
    """Events agree with their seals, and the seals not with the head: find out whether they only changed places."""
    swapped = connection.execute(
        "SELECT position, id FROM (SELECT s.position, e.id, (e.xact_id, e.id) < lag((e.xact_id, e.id)) OVER "
        "(ORDER BY s.position) AS is_before FROM public.audit_sealedevent s JOIN public.audit_auditevent e "
        "ON e.id = s.event_id WHERE s.position >= %s AND s.position < %s) AS placed WHERE is_before "
        "ORDER BY position LIMIT 1",
        [agreed, head.size],
    ).fetchone()
    signed = f"the head signed at {head.time:%Y-%m-%d %H:%M:%S} UTC"
    if swapped:
        words = f"Number {swapped[0] + 1:,}, event {swapped[1]}, stands in another place than {signed} says."
        return Fault(Kind.REORDERED, words, number=swapped[0] + 1, event_id=swapped[1])
    words = (
        f"The events from number {agreed + 1:,} to {head.size:,} are not those of {signed}: "
        "at least one was changed together with its seal."
    )
    return Fault(Kind.REWRITTEN, words, number=agreed + 1)


def truncated(size: int, last: heads.Head) -> Fault:
    """The newest events are gone."""
    words = (
        f"The heads know {last.size:,} events and the database {size:,}: those from number {size + 1:,} on are gone. "
        'If an older backup was restored, say so: joinedup audit declare "why".'
    )
    return Fault(Kind.TRUNCATED, words, number=size + 1)


def in_no_batch(size: int, found: int) -> Fault:
    """There are more seals than runs of sealing made."""
    words = (
        f"The database was sealed up to number {size:,} and has seals up to {found:,}: some were put in or taken out."
    )
    return Fault(Kind.INSERTED, words, number=min(size, found) + 1)


def heads_missing(last: heads.Head, runs: int) -> Fault:
    """Runs of sealing are without heads; a stop in the middle leaves one such run and no more."""
    words = f"After the last head, of {last.size:,} events, the database was sealed {runs} times: heads are missing."
    return Fault(Kind.HEADS_MISSING, words, number=last.size + 1)


def kept_root_differs(height: int, place: int) -> Fault:
    """What is kept for quick proofs is not what the events give."""
    words = (
        f"The events are as they were sealed, but the root kept for those from number {(place << height) + 1:,} to "
        f"{(place + 1) << height:,} is not theirs: it was altered, and proofs made with it are worth nothing."
    )
    return Fault(Kind.REWRITTEN, words, number=(place << height) + 1)
