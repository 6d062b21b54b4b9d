"""What guarded agencies alone say of who a child is, for those who may read it.

Belongs here: filling a card where nobody else says anything. Not here: who may (guarding_functions, in the database).
"""

import dataclasses
import uuid
from collections.abc import Mapping

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import chosen


def filled(
    cards: Mapping[uuid.UUID, people_queries.ChildCard], *, viewer: access_rules.Viewer
) -> dict[uuid.UUID, people_queries.ChildCard]:
    """Return cards with what guarded agencies say where nobody else does, as far as this viewer may read it.

    Shapes: 1 query; a card of which they say nothing, or nothing for this viewer, is as it was.
    """
    filled_in = dict(cards)
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [list(cards), sorted(viewer.given)])
        for child_id, *values in cursor.fetchall():
            card = cards[child_id]
            said = dict(zip(chosen.COLUMNS, values, strict=True))
            lacking = {name: value for name, value in said.items() if value and not getattr(card, name)}
            filled_in[child_id] = dataclasses.replace(card, **lacking)
    return filled_in


def lacks_who(card: people_queries.ChildCard) -> bool:
    """Return whether a card does not say who the child is, so that it is worth asking whether guarded agencies do."""
    return not (card.given_name and card.family_name and card.birth_date)


_CARDS = (
    f"SELECT child_id, {', '.join(chosen.COLUMNS)} "  # noqa: S608  (only our own column names are put together)
    "FROM childindex_guarded_cards(%s::uuid[], %s::text[])"
)
