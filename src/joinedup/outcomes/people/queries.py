"""Reads of people: a child by number, and who the child is now.

Belongs here: questions about children as such. Not here: records, links, who is helping.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.outcomes.people import models


class NoSuchChild(Exception):
    """No child has this number, or none that may be seen."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChildCard:
    """Who a child is now, as far as the linked records say."""

    id: uuid.UUID
    number: str
    given_name: str
    middle_names: str
    family_name: str
    known_as: str
    birth_date: datetime.date | None
    death_date: datetime.date | None
    sex: str
    nhs_number: str
    upn: str
    address: str
    postcode: str
    has_targeted_help: bool
    record_count: int
    agency_count: int

    @property
    def full_name(self) -> str:
        """Return the name as it is read, or words that say that none is known."""
        return " ".join(part for part in (self.given_name, self.family_name) if part) or "Name not known"


_FIELDS = tuple(field.name for field in dataclasses.fields(ChildCard))
_COPIED = tuple(name for name in _FIELDS if name not in {"id", "number"})


def _card(summary: models.ChildSummary) -> ChildCard:
    return ChildCard(
        id=summary.child_id,
        number=summary.child.number,
        **{name: getattr(summary, name) for name in _COPIED},
    )


def get_child(*, number: str) -> ChildCard:
    """Return the child with this public number, or the one it leads to.

    Shapes: 1 query, 2 where the number leads on.
    Errors: NoSuchChild, for a number never given and for a withdrawn child alike.
    """
    child = models.Child.objects.select_related("summary").filter(number=number).first()
    if child is not None and child.redirect_to_id is not None:
        child = models.Child.objects.select_related("summary").filter(pk=child.redirect_to_id).first()
    if child is None or child.state != models.Child.State.ACTIVE or not hasattr(child, "summary"):
        raise NoSuchChild(number)
    return _card(child.summary)


def get_children(*, child_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, ChildCard]:
    """Return these children by identifier; those who are withdrawn or redirected are left out.

    Shapes: 1 query, written out, for a child's page asks it twice and putting it together cost more than its answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [list(child_ids)])
        found = [ChildCard(**dict(zip(_FIELDS, row, strict=True))) for row in cursor.fetchall()]
    return {card.id: card for card in found}


_CARDS = """
SELECT c.id, c.number, s.given_name, s.middle_names, s.family_name, s.known_as, s.birth_date, s.death_date, s.sex,
       s.nhs_number, s.upn, s.address, s.postcode, s.has_targeted_help, s.record_count, s.agency_count
FROM people_childsummary s JOIN people_child c ON c.id = s.child_id
WHERE s.child_id = ANY(%s::uuid[]) ORDER BY s.child_id
"""
