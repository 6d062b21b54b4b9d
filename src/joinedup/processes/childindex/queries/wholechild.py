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
from joinedup.processes.childindex.queries import happened, helping, linked, opening, stated

#: A child at the same address, the agency that says so, and the source record.
_Near = tuple[uuid.UUID, str, uuid.UUID]
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
    tiers: frozenset[str]
    grounds: frozenset[str]
    needs_second_factor: bool
    may_break_glass: bool
    is_sealed: bool


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
    help_of_child = helping.helping_of(person_record_ids=records, on=on)
    return ChildPage(
        card=opened.card,
        facts=rules.facts_of(stated.sayings_of(statements)),
        help_now=help_of_child.now,
        help_before=help_of_child.before,
        answers=help_of_child.answers,
        relatives=tuple(records_queries.get_relatives(person_record_ids=records)),
        others_at_home=others_at_home(opened),
        chronology=happened.get_chronology(person_record_ids=records, asked=chronology),
        records=tuple(linked.get_linked_records(child_id=opened.card.id)),
        purpose=opened.purpose,
        tiers=opened.tiers,
        grounds=opened.grounds,
        needs_second_factor=opened.needs_second_factor,
        may_break_glass=opened.may_break_glass,
        is_sealed=opened.is_sealed,
    )


def get_household(
    *, viewer: access_rules.Viewer, number: str, purpose: str, reason: str, is_whole: bool
) -> list[uuid.UUID]:
    """Return a child and, where the whole household is asked for, the other children at the same address.

    Shapes: the child first; at most 13.
    Errors: NoSuchChild; NotInScope; NotForThisViewer.
    """
    opened = opening.open_child(
        viewer=viewer, number=number, purpose=purpose, reason=reason, act="childindex.household.seen"
    )
    others = sorted(_cards_at_home(opened)[1]) if is_whole else []
    return [opened.card.id, *others]


def others_at_home(opened: opening.Opened) -> tuple[Sibling, ...]:
    """Return children whom records place at the same address; shown as living there, not as kin.

    They are shown, so the event names them too. Whoever may read their own agency's records alone is shown none.
    """
    near, cards = _cards_at_home(opened)
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


def _cards_at_home(opened: opening.Opened) -> tuple[Sequence[_Near], dict[uuid.UUID, people_queries.ChildCard]]:
    """Return who is near, and the cards of those who may be seen; they are shown, so the event names them too."""
    card = opened.card
    if opened.is_own_alone or not card.address or not card.postcode:
        return [], {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, agency_name, source_record_id FROM childindex_at_home(%s, %s, %s, %s)",
            [card.id, card.postcode.replace(" ", ""), card.address, settings.INDEX_SCOPE == "all"],
        )
        near: list[_Near] = cursor.fetchall()
    if not near:
        return [], {}
    cards = people_queries.get_children(child_ids=[child_id for child_id, _, _ in near])
    audit_operations.add_subjects(event_id=opened.event_id, subjects=list(cards))
    return near, cards
