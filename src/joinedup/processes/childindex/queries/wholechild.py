"""One child whole: who they are by every agency's word, who is helping, who answers, what happened, who is near."""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.queries import happened, linked, opening

_NEWEST = happened.ChronologyAsked()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """Another child of the index who is linked to this one by a record."""

    number: str
    name: str
    birth_date: datetime.date | None
    relationship: str
    agency_name: str
    source_record_id: uuid.UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChildPage:
    """All that the index says of one child."""

    card: people_queries.ChildCard
    facts: tuple[rules.Fact, ...]
    help_now: tuple[records_queries.HelpLine, ...]
    help_before: tuple[records_queries.HelpLine, ...]
    answers: records_queries.HelpLine | None
    relatives: tuple[records_queries.RelativeLine, ...]
    others_at_home: tuple[Sibling, ...]
    chronology: happened.Chronology
    records: tuple[linked.LinkedRecord, ...]
    purpose: str


def get_child_page(  # who looks at whom, why, when and at which part are each their own word
    *,
    viewer: access_rules.Viewer,
    number: str,
    purpose: str = "",
    reason: str = "",
    on: datetime.date,
    chronology: happened.ChronologyAsked = _NEWEST,
) -> ChildPage:
    """Return one child whole, and write who looked and why.

    Shapes: at most 14 queries whatever the child's history; of the chronology the part asked for.
    Errors: NoSuchChild; NotInScope; NotForThisViewer; ReasonNeeded when no purpose is given and no ground holds.
    """
    opened = opening.open_child(
        viewer=viewer, number=number, purpose=purpose, reason=reason, act="childindex.child.seen"
    )
    records = opened.person_record_ids
    statements = records_queries.get_sayings_of_identity(person_record_ids=records)
    helping = records_queries.get_help(person_record_ids=records)
    now = tuple(line for line in helping if line.ended_date is None or line.ended_date >= on)
    return ChildPage(
        card=opened.card,
        facts=rules.facts_of(_sayings(statements)),
        help_now=now,
        help_before=tuple(line for line in helping if line not in now),
        answers=rules.who_answers(now),
        relatives=tuple(records_queries.get_relatives(person_record_ids=records)),
        others_at_home=_others_at_home(opened),
        chronology=happened.get_chronology(person_record_ids=records, asked=chronology),
        records=tuple(linked.get_linked_records(child_id=opened.card.id)),
        purpose=opened.purpose,
    )


def _sayings(statements: Sequence[records_queries.StatementLine]) -> list[rules.Saying]:
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


def _others_at_home(opened: opening.Opened) -> tuple[Sibling, ...]:
    """Return children whom records place at the same address; shown as living there, not as kin.

    They are shown, so the event names them too.
    """
    card = opened.card
    if not card.address or not card.postcode:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, agency_name, source_record_id FROM childindex_at_home(%s, %s, %s, %s)",
            [card.id, card.postcode.replace(" ", ""), card.address, settings.INDEX_SCOPE == "all"],
        )
        near = cursor.fetchall()
    if not near:
        return ()
    cards = people_queries.get_children(child_ids=[child_id for child_id, _, _ in near])
    audit_operations.add_subjects(event_id=opened.event_id, subjects=list(cards))
    return tuple(
        Sibling(
            number=cards[child_id].number,
            name=cards[child_id].full_name,
            birth_date=cards[child_id].birth_date,
            relationship="same address",
            agency_name=agency_name,
            source_record_id=source_record_id,
        )
        for child_id, agency_name, source_record_id in near
        if child_id in cards
    )
