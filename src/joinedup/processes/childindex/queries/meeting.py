"""Meeting: the known records that share a key with a new one, and how alike each is.

Belongs here: look-ups by key and their weighing. Not here: what becomes of the new record (rules.arriving).
"""

import dataclasses
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import matchkeys

if TYPE_CHECKING:
    from joinedup.processes.childindex.linkage.scoring.online import Candidate, Scorer

Alias = dict[str, Any]
#: Why a pair of records waits for a steward, as a link run says it; and that a steward has parted it.
MAY_BE_ONE, PARTED = "may_be_one", "parted"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A known person record: whose it is, and its aliases as the scorer takes them.

    `child_id` is None where it is nobody's yet; `held_for` is the sealed child for whom it waits.
    """

    person_record_id: uuid.UUID
    child_id: uuid.UUID | None
    is_sealed: bool
    held_for: uuid.UUID | None
    aliases: tuple[Alias, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike a known record is to the new one, with its evidence."""

    known: Known
    weighed: "Candidate"

    def as_rule(self) -> rules.Likeness[uuid.UUID]:
        """Return what the rule weighs; a record of nobody's stands for itself."""
        return rules.likeness_of(self.known.child_id or self.known.person_record_id, self.weighed.evidence())


def weigh(record: Sequence[Alias], known: Iterable[Known], scorer: "Scorer") -> list[Likeness]:
    """Return how alike each known record is to a new one, the closest first.

    Shapes: one for each known record.
    """
    of_person = {each.person_record_id: each for each in known}
    aliases = [alias for each in of_person.values() for alias in each.aliases]
    matchkeys.one_number(record, aliases)
    return [
        Likeness(known=of_person[each.person_record_id], weighed=each) for each in scorer.score_one(record, aliases)
    ]


def get_aliases(*, person_record_id: uuid.UUID) -> tuple[list[Alias], list[int]]:
    """Return the aliases of a known record and all its keys; for the batch role.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, said, home, keys FROM childindex_knownalias WHERE person_record_id = %s ORDER BY id",
            [person_record_id],
        )
        rows = cursor.fetchall()
    aliases = [matchkeys.unpack(said, home, person=person_record_id, record=number) for number, said, home, _ in rows]
    return aliases, sorted({key for *_, keys in rows for key in keys})


def get_child_of_record(*, person_record_id: uuid.UUID) -> uuid.UUID | None:
    """Return the child whose a record is at present; for the batch role.

    Shapes: 1 query.
    """
    now = models.Link.objects.filter(person_record_id=person_record_id, ended_at=None)
    return now.values_list("child_id", flat=True).first()


def meet(keys: Sequence[int], *, but: uuid.UUID) -> list[Known]:
    """Return the known records that share a key, all but one; for the batch role, which sees every record.

    Shapes: 1 query; of each key at most `matchkeys.MOST_OF_ONE_KEY` aliases, the oldest.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MEET, [list(keys), matchkeys.MOST_OF_ONE_KEY, but])
        return _known(cursor.fetchall())


def get_known(*, child_ids: Sequence[uuid.UUID]) -> list[Known]:
    """Return all records that are linked to these children; for the batch role.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_CHILDREN, [list(child_ids)])
        return _known(cursor.fetchall())


def meet_as_viewer(keys: Sequence[int], *, things: int) -> list[Known]:
    """Return the known records that share a key and of whose child the viewer may know, under an open view.

    Shapes: 1 query. `things` is how many things are stated: who must know two finds by one their own children alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_record_id, alias_id, said, home, child_id, false, NULL FROM childindex_alike(%s::bigint[], %s, %s)",
            [list(keys), settings.INDEX_SCOPE == "all", things],
        )
        return _known(cursor.fetchall())


def _known(rows: Iterable[Sequence[Any]]) -> list[Known]:
    found: dict[uuid.UUID, tuple[Sequence[Any], list[Alias]]] = {}
    for row in rows:
        person, alias_id, said, home, *_ = row
        _, aliases = found.setdefault(person, (row, []))
        aliases.append(matchkeys.unpack(said, home, person=person, record=alias_id))
    return [
        Known(
            person_record_id=person,
            child_id=row[4],
            is_sealed=bool(row[5]),
            held_for=row[6],
            aliases=tuple(sorted(aliases, key=lambda alias: alias["record_id"])),
        )
        for person, (row, aliases) in found.items()
    ]


_KNOWN = """
SELECT a.person_record_id, a.id, a.said, a.home, c.id, c.is_sealed, h.child_id
FROM {met}
LEFT JOIN childindex_link l ON l.person_record_id = a.person_record_id AND l.ended_at IS NULL
LEFT JOIN people_child c ON c.id = l.child_id
LEFT JOIN childindex_heldrecord h ON h.person_record_id = a.person_record_id AND h.outcome = 'waiting'
"""
_BY_KEY = """
WITH met AS MATERIALIZED (
    SELECT DISTINCT m.alias_id FROM unnest(%s::bigint[]) AS asked(key), LATERAL (
        SELECT k.alias_id FROM childindex_matchkey k WHERE k.key = asked.key ORDER BY k.alias_id LIMIT %s
    ) m
)
"""
_MEET = _BY_KEY + _KNOWN.format(
    met="met JOIN childindex_knownalias a ON a.id = met.alias_id AND a.person_record_id <> %s"
)
_OF_CHILDREN = _KNOWN.format(
    met="(SELECT person_record_id FROM childindex_link WHERE child_id = ANY(%s) AND ended_at IS NULL) own "
    "JOIN childindex_knownalias a ON a.person_record_id = own.person_record_id"
)
