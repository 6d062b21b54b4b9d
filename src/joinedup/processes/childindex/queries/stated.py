"""Who a child is by the word of some records: as sayings, and as a card for those who may read no more than these.

Belongs here: turning statements into the values that the rules sort. Not here: which records may be read (opening).
"""

import datetime
import uuid
from collections.abc import Sequence

from joinedup.delivery.records import queries as records_queries
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules

_WORDS = ("given_name", "middle_names", "family_name", "sex", "nhs_number", "upn", "address", "postcode")


def sayings_of(statements: Sequence[records_queries.StatementLine]) -> list[rules.Saying]:
    """Return each field that is stated as a saying of its own."""
    return [
        rules.Saying(
            field=field,
            value=str(value),
            agency_id=line.agency_id,
            agency_name=line.agency_name,
            agency_kind=line.agency_kind,
            source_record_id=line.source_record_id,
            received_at=line.received_at,
        )
        for line in statements
        for field in rules.FIELDS
        if (value := getattr(line.identity, field))
    ]


def card_by(card: people_queries.ChildCard, *, person_record_ids: Sequence[uuid.UUID]) -> people_queries.ChildCard:
    """Return the card as these records alone would have it: what other agencies know of the child is not in it.

    Shapes: 1 query.
    """
    stated = records_queries.get_sayings_of_identity(person_record_ids=person_record_ids)
    said = rules.summary_of(sayings_of(stated))
    return people_queries.ChildCard(
        id=card.id,
        number=card.number,
        **{field: said.of(field) for field in _WORDS},
        known_as=said.of("preferred_name"),
        birth_date=_day(said.of("birth_date")),
        death_date=_day(said.of("death_date")),
        has_targeted_help=False,
        record_count=len(person_record_ids),
        agency_count=len({line.agency_id for line in stated}),
    )


def _day(written: str) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
