"""Sealing: every event that is committed gets its place in the tree, and the tree's head is signed outside the database.

Belongs here: one run of sealing, and the declaration of a restore. Not here: when it runs (jobs).

The database commits first and the head is written after it. A stop in between leaves events that are sealed and not
under a head; the next run signs them before it takes more. A head that the database has no events for can therefore only
come of events that were lost or taken away, and then nothing is signed.
"""

import dataclasses
import datetime
import uuid
from typing import Any

import psycopg

from joinedup.foundation.audit import keeping
from joinedup.foundation.audit.queries import kept
from joinedup.foundation.audit.rules import heads, tree

#: As many at once as fit into memory and into one transaction with ease.
MOST = 50_000


class SealRefused(Exception):
    """Nothing is signed, because what is there does not follow from the last head; the words say what to do."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What a run of sealing came to."""

    events: int
    head: heads.Head


def seal(connection: psycopg.Connection[Any], *, place: keeping.Place, most: int = MOST) -> Sealed:
    """Seal all events that are committed and not sealed yet; the time of each head is the database's.

    The connection commits by itself (autocommit), under the batch role.
    Errors: SealRefused; KeyUnusable; HeadFault when the last head cannot be read.
    """
    sealed = 0
    with keeping.locked(place):
        key = keeping.signing_key(place)
        head = _last_head(connection, place, key)
        while True:
            grown = _grow(connection, head, most)
            if grown is None:
                return Sealed(events=sealed, head=head)
            batch, root = grown
            sealed += batch.size - head.size
            head = key.signed(_head(batch, head, key, kind=heads.Kind.SEALED, root=root))
            keeping.append(place, head)


def declare_restored(connection: psycopg.Connection[Any], *, place: keeping.Place, why: str) -> heads.Head:
    """Sign that an older state of the database was restored, so that sealing may go on; it is said for ever.

    Errors: SealRefused when no event is missing, or what is there was not sealed here; KeyUnusable; HeadFault.
    """
    with keeping.locked(place):
        key = keeping.signing_key(place)
        last = keeping.last_head(place)
        batch = kept.last_batch(connection)
        if last is None or batch is None or batch.size >= last.size:
            raise SealRefused("The database has all the events that the heads know. There is nothing to declare.")
        known = [
            head
            for head in heads.check(keeping.head_lines(place.heads), is_signed=key.public.is_signed, key=key.public.id)
            if head.size <= batch.size and head.log == str(batch.log_id)
        ]
        if not known or tree.frontier(known[-1].size, kept.Reader(connection)).root() != known[-1].root:
            raise SealRefused("What is in the database is not an earlier state of what was sealed. Nothing was signed.")
        restored = _head(
            batch, last, key, kind=heads.Kind.RESTORED, root=tree.frontier(batch.size, kept.Reader(connection)).root()
        )
        restored = key.signed(dataclasses.replace(restored, why=why, time=_now(connection)))
        keeping.append(place, restored)
        return restored


def _last_head(connection: psycopg.Connection[Any], place: keeping.Place, key: keeping.SigningKey) -> heads.Head:
    """Return the last head, after making sure that it is ours and that the database still agrees with it."""
    head = keeping.last_head(place)
    batch = kept.last_batch(connection)
    if head is None and batch is None:
        connection.execute("SELECT audit_seal(%s, 0)", [uuid.uuid4()])
        batch = kept.last_batch(connection)
    if head is None:
        return _first_head(batch, place, key)
    if not key.public.is_signed(head.signature, head.message()):
        raise SealRefused(f"The last head in {place.heads} is not signed with the key in {place.key}.")
    _check_agrees(connection, head, batch, place)
    return head


def _first_head(batch: kept.Batch | None, place: keeping.Place, key: keeping.SigningKey) -> heads.Head:
    if batch is None or batch.size:
        raise SealRefused(
            f"The database has sealed events, and {place.heads} has no head for them. Put the file back from where "
            "you keep its copy, or name its place with JOINEDUP_AUDIT_HEADS."
        )
    head = key.signed(_head(batch, None, key, kind=heads.Kind.FIRST, root=tree.EMPTY))
    keeping.append(place, head)
    return head


def _check_agrees(
    connection: psycopg.Connection[Any], head: heads.Head, batch: kept.Batch | None, place: keeping.Place
) -> None:
    if batch is None or str(batch.log_id) != head.log:
        raise SealRefused(f"The heads in {place.heads} are those of another database.")
    if batch.size < head.size:
        raise SealRefused(
            f"The heads know {head.size:,} events and the database {batch.size:,}. If an older backup was restored, "
            'say so: joinedup audit declare "why". If not, events were taken away: joinedup audit verify.'
        )
    try:
        agrees = tree.frontier(head.size, kept.Reader(connection)).root() == head.root
    except kept.Incomplete:
        agrees = False
    if not agrees:
        raise SealRefused(
            "What is sealed in the database is not what the last head says. Nothing was signed. "
            "See what was changed: joinedup audit verify."
        )


def _grow(connection: psycopg.Connection[Any], head: heads.Head, most: int) -> tuple[kept.Batch, bytes] | None:
    """Let the database seal what waits, keep the roots that this completes, and return the new root; None if none waited."""
    with connection.transaction():
        batch = kept.last_batch(connection)
        if batch is not None and batch.size == head.size:
            connection.execute("SELECT audit_seal(%s, %s)", [batch.log_id, most])
            batch = kept.last_batch(connection)
        if batch is None or batch.size == head.size:
            return None
        grown = tree.frontier(head.size, kept.Reader(connection))
        for leaf in kept.leaves(connection, head.size, batch.size - head.size):
            grown.add(leaf.hash())
        if grown.completed:
            kept.keep_nodes(connection, grown.completed)
    return batch, grown.root()


def _head(  # the five things a head is made of
    batch: kept.Batch, before: heads.Head | None, key: keeping.SigningKey, *, kind: heads.Kind, root: bytes
) -> heads.Head:
    return heads.Head(
        log=str(batch.log_id),
        kind=kind,
        size=batch.size,
        root=root,
        time=batch.sealed_at.astimezone(datetime.UTC),
        floor=batch.floor,
        ceiling=batch.ceiling,
        server=batch.server,
        previous=before.fingerprint() if before else b"",
        key=key.public.id,
    )


def _now(connection: psycopg.Connection[Any]) -> datetime.datetime:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    if row is None:
        raise SealRefused("The database does not say what time it is.")
    return row[0].astimezone(datetime.UTC)  # type: ignore[no-any-return]
