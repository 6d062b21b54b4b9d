"""Many children at once: what ties the viewer to each, and opening those who may be shown.

Belongs here: what is asked of a list of children. Not here: one child whole (wholechild), who fits a search (finding).
"""

import collections
import dataclasses
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.queries import stated


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """One child of a list, and what ties the viewer to them."""

    card: people_queries.ChildCard
    grounds: frozenset[str]
    is_sealed: bool
    is_past_seal: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRecord:
    """One linked person record of an opened child that the viewer may read."""

    child_id: uuid.UUID
    person_record_id: uuid.UUID
    agency_id: uuid.UUID


def tie_children(*, child_ids: Sequence[uuid.UUID]) -> list[Tied]:
    """Return, of these children, those of whom the viewer may know, and what ties the viewer to each.

    Shapes: 2 queries; by name, then number. A view must be open.
    """
    cards = people_queries.get_children(child_ids=child_ids)
    in_scope = {card.number: card for card in cards.values() if settings.INDEX_SCOPE == "all" or card.has_targeted_help}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.number, r.grounds, r.is_sealed, r.is_past_seal "
            "FROM unnest(%s::text[]) AS asked(number), LATERAL childindex_relate(asked.number) r",
            [list(in_scope)],
        )
        tied = [
            Tied(card=in_scope[number], grounds=frozenset(grounds), is_sealed=is_sealed, is_past_seal=is_past_seal)
            for number, grounds, is_sealed, is_past_seal in cursor.fetchall()
        ]
    return sorted(tied, key=lambda one: (one.card.family_name, one.card.given_name, one.card.number))


def get_children_of_own_circles(*, most: int) -> list[uuid.UUID]:
    """Return the children who are the viewer's team's or agency's own at present, at most one more than `most`.

    Shapes: 1 query. A view must be open.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id FROM people_childsummary WHERE circles && (SELECT access_circles()) "
            "ORDER BY sort_name, child_id LIMIT %s",
            [most + 1],
        )
        return [row[0] for row in cursor.fetchall()]


def open_children(*, child_ids: Sequence[uuid.UUID], given: frozenset[str] = frozenset()) -> list[OpenedRecord]:
    """Open children whom the event of this view names; return the records that the viewer may read of them.

    Shapes: 1 query; in the order of the records. `given` holds the conditions of the matrix that the viewer meets: what
    is sensitive is opened to those who have shown their second factor anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.child_id, o.person_record_id, o.agency_id "
            "FROM unnest(%s::uuid[]) AS asked(child_id), LATERAL childindex_open(asked.child_id, %s) o "
            "ORDER BY o.person_record_id",
            [list(child_ids), sorted(given)],
        )
        return [OpenedRecord(child_id=row[0], person_record_id=row[1], agency_id=row[2]) for row in cursor.fetchall()]


def get_facts_of_children(*, records: Sequence[OpenedRecord]) -> dict[uuid.UUID, tuple[rules.Fact, ...]]:
    """Return what these records say of who each child is.

    Shapes: 1 query.
    """
    child_of = {record.person_record_id: record.child_id for record in records}
    said: dict[uuid.UUID, list[records_queries.StatementLine]] = collections.defaultdict(list)
    for line in records_queries.get_sayings_of_identity(person_record_ids=list(child_of)):
        said[child_of[line.person_record_id]].append(line)
    return {child_id: rules.facts_of(stated.sayings_of(lines)) for child_id, lines in said.items()}
