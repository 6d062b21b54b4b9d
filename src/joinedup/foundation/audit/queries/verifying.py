"""Checking the whole seal: every event against its fingerprint, every head against the tree, and nothing left outside.

Belongs here: finding the first thing that is wrong. Not here: the heads' own signatures (rules), naming a fault (naming).
"""

import dataclasses
import datetime
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import psycopg

from joinedup.foundation.audit.queries import kept, naming, rows
from joinedup.foundation.audit.rules import bounds, entries, heads, tree

#: Told how many events have been checked, and of how many.
Progress = Callable[[int, int], None]

#: Clocks are set right now and then; an event that says a moment this much too early is not called back-dated.
SLACK = datetime.timedelta(minutes=1)

_LONG_AGO = -(1 << 62)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found in order: events under the heads, sealed but not under a head yet, and not sealed yet."""

    events: int
    head_count: int
    unsigned: int
    waiting: int
    restored: tuple[heads.Head, ...]


def verify(
    connection: psycopg.Connection[Any], signed: Sequence[heads.Head], *, progress: Progress = lambda done, of: None
) -> Verified:
    """Check everything that is sealed against heads whose signatures have been checked; the connection may read it all.

    Errors: Fault for the first thing wrong, in the order of the seal.
    """
    batch = kept.last_batch(connection)
    log = str(batch.log_id) if batch else ""
    if not signed or signed[-1].log != log:
        raise naming.not_these_heads(signed, batch)
    limits = bounds.Bounds(signed)
    next_bound = limits.of_the_next(**_server(connection))
    check = _Check(connection, signed, limits, next_bound)
    total = max(batch.size if batch else 0, signed[-1].size)
    for first in range(0, total + 1, rows.PIECE):
        for row in rows.between(connection, first, first + rows.PIECE):
            check.add(row)
        progress(check.frontier.size, total)
    _check_size(connection, check.frontier.size, signed[-1])
    _check_nodes(connection, check.frontier.completed)
    return Verified(
        events=signed[-1].size,
        head_count=len(signed),
        unsigned=check.frontier.size - signed[-1].size,
        waiting=_check_waiting(connection, next_bound),
        restored=tuple(head for head in signed if head.kind is heads.Kind.RESTORED),
    )


class _Check:
    """Takes sealed events in order, compares each with its seal, and the tree with each head of its size."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        signed: Sequence[heads.Head],
        limits: bounds.Bounds,
        next_bound: bounds.Bound,
    ) -> None:
        self.frontier = tree.Frontier()
        self._connection, self._limits, self._next_bound = connection, limits, next_bound
        self._due = heads.still_true(signed)[::-1]
        self._agreed = 0
        self._look_ahead()

    def add(self, row: rows.Row) -> None:
        """Take the next event.

        Errors: Fault.
        """
        if row.position != self.frontier.size:
            raise naming.seal_missing(self.frontier.size, row)
        if (
            row.at != row.sealed_at
            or sha256(row.event).digest() != row.event_hash
            or sha256(row.subjects).digest() != row.subjects_hash
            or row.form != entries.FORM
        ):
            raise naming.different(self._connection, row)
        if row.sealed_at < self._earliest or int.from_bytes(row.event[-8:]) < self._floor:
            raise naming.too_early(row.position, row.event_id, row.sealed_at)
        leaf = entries.pack_leaf(row.form, row.event_id, row.sealed_at, row.event_hash, row.subjects_hash)
        self.frontier.add(sha256(tree.LEAF + leaf).digest())
        if self.frontier.size == self._size:
            self._compare()

    def _compare(self) -> None:
        root = self.frontier.root()
        while self._due and self._due[-1][1].size == self.frontier.size:
            _, head = self._due.pop()
            if head.root != root:
                raise naming.root_differs(self._connection, self._agreed, head)
        self._agreed = self.frontier.size
        self._look_ahead()

    def _look_ahead(self) -> None:
        place, head = self._due[-1] if self._due else (-1, None)
        bound = self._limits.of(place) if head else self._next_bound
        self._size = head.size if head else -1
        self._floor = bound.floor
        self._earliest = entries.microseconds(bound.earliest - SLACK) if bound.earliest else _LONG_AGO


def _server(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    row = connection.execute(
        "SELECT system_identifier::text, pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM pg_control_system()"
    ).fetchone()
    return {"server": row[0], "oldest_running": row[1]} if row else {"server": "", "oldest_running": 0}


def _check_size(connection: psycopg.Connection[Any], size: int, last: heads.Head) -> None:
    if size < last.size:
        raise naming.truncated(size, last)
    batches = kept.batches_after(connection, last.size)
    sealed = batches[-1].size if batches else last.size
    row = connection.execute("SELECT min(position), max(position) + 1 FROM public.audit_sealedevent").fetchone()
    first, after = row if row and row[1] else (0, 0)
    if first != 0 or not size == after == sealed:
        raise naming.in_no_batch(sealed, max(size, after))
    if len(batches) > 1:
        raise naming.heads_missing(last, len(batches))


def _check_nodes(connection: psycopg.Connection[Any], completed: Sequence[tuple[int, int, bytes]]) -> None:
    """Compare the roots that are kept for quick proofs with those just worked out."""
    query = "SELECT height, place, hash FROM public.audit_sealnode"
    found = {(height, place): bytes(node) for height, place, node in connection.execute(query, binary=True)}
    ours = {(height, place): node for height, place, node in completed}
    wrong = [key for key in found.keys() | ours.keys() if found.get(key) != ours.get(key)]
    if wrong:
        raise naming.kept_root_differs(*min(wrong))


def _check_waiting(connection: psycopg.Connection[Any], bound: bounds.Bound) -> int:
    """Return how many events wait to be sealed.

    Errors: Fault when one of them must have been sealed long ago.
    """
    earliest = bound.earliest - SLACK if bound.earliest else datetime.datetime.min.replace(tzinfo=datetime.UTC)
    row = connection.execute(
        "SELECT count(*), (array_agg(e.id ORDER BY e.at) FILTER (WHERE e.xact_id < %(floor)s OR e.at < %(earliest)s))[1] "
        "FROM public.audit_auditevent e "
        "WHERE NOT EXISTS (SELECT FROM public.audit_sealedevent s WHERE s.event_id = e.id)",
        {"floor": bound.floor, "earliest": earliest},
    ).fetchone()
    count, wrong = row or (0, None)
    if wrong is not None:
        raise naming.inserted(wrong)
    return int(count)
