"""Proving that one event is under the seal, without reading more than a few blocks of fingerprints.

Belongs here: gathering a proof. Not here: its words and its check (rules).
"""

import uuid
from typing import Any

import psycopg

from joinedup.foundation.audit.queries import kept, rows
from joinedup.foundation.audit.rules import heads, proofs, tree


class NoSuchEvent(Exception):
    """There is no such event, or it is not sealed yet."""


class NotAsSigned(Exception):
    """The event cannot be proved, since the database no longer agrees with the head."""


def prove(
    connection: psycopg.Connection[Any], event_id: uuid.UUID, head: heads.Head, *, with_event: bool = False
) -> proofs.Proof:
    """Return the proof that an event is in the tree of a head; with the event's own fields only if they are asked for.

    Shapes: without the fields at most 2,048 bytes as text.
    Errors: NoSuchEvent when it is not under this head; NotAsSigned.
    """
    found = connection.execute(
        "SELECT position FROM public.audit_sealedevent WHERE event_id = %s AND position < %s", [event_id, head.size]
    ).fetchone()
    if found is None:
        raise NoSuchEvent(event_id)
    (position,) = found
    reader = kept.Reader(connection)
    try:
        (leaf,) = kept.leaves(connection, position, 1)
        path = tree.inclusion_path(position, head.size, reader)
    except kept.Incomplete as lacking:
        raise NotAsSigned(str(lacking)) from None
    if tree.root_by_inclusion(leaf.hash(), place=position, size=head.size, path=path) != head.root:
        raise NotAsSigned(event_id)
    event = subjects = None
    if with_event:
        (row,) = rows.between(connection, position, position + 1)
        event, subjects = row.event, row.subjects
    return proofs.Proof(number=position + 1, leaf=leaf, path=tuple(path), head=head, event=event, subjects=subjects)
