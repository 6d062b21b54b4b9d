"""Reads of one item whole: what was sent, where its clocks stand, what was done, and what agencies were asked and said.

Belongs here: one item for those whose in-basket it is in. Not here: what its sender may know (sent).
"""

import dataclasses
import datetime
import uuid

from django.db import transaction

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.foundation.timescales import rules as timescales
from joinedup.processes.inbasket import models, rules
from joinedup.processes.inbasket.queries import people


class NoSuchItem(Exception):
    """There is no such item, or it is not for this viewer."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MessageCard:
    """What a sender wrote, as they wrote it, and how to ring them back."""

    sender_name: str
    sender_role: str
    sender_agency: str
    ring_back: str
    name: str
    birth_date: datetime.date | None
    expected_date: datetime.date | None
    address: str
    postcode: str
    number: str
    words: str
    consent: rules.Consent | None
    consent_why: str
    basis: rules.Basis | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActCard:
    """One act on an item."""

    act: str
    at: datetime.datetime
    by_name: str
    before: str
    after: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AskedCard:
    """What one agency was asked, and what it said or why it said nothing."""

    id: uuid.UUID
    agency_name: str
    state: rules.State
    outcome: rules.Outcome | None
    asked_at: datetime.datetime
    due_at: datetime.datetime | None
    question: str
    basis: rules.Basis | None
    answer: str
    answer_basis: rules.Basis | None
    why: str
    by_name: str
    at: datetime.datetime | None
    may_withdraw: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """One item whole.

    Shapes: `acts` oldest first; `asked` in the order of the asking; `allowed` is what the viewer may do with it now;
    `answer` is what was said to a request, whoever reads it.
    """

    id: uuid.UUID
    kind: rules.Kind
    state: rules.State
    name: str
    child_id: uuid.UUID | None
    child_number: str
    child_is_unknown: bool
    urgency: rules.Urgency | None
    received_at: datetime.datetime
    due_at: datetime.datetime | None
    clocks: tuple[timescales.Due, ...]
    agency_id: uuid.UUID
    team_id: int
    team_name: str
    holder_name: str
    is_mine: bool
    is_own: bool
    about_id: uuid.UUID | None
    level: int | None
    outcome: rules.Outcome | None
    owner_name: str
    closed_at: datetime.datetime | None
    message: MessageCard
    acts: tuple[ActCard, ...]
    asked: tuple[AskedCard, ...]
    parts: tuple[tuple[uuid.UUID, str], ...]
    answer: AskedCard | None
    told_words: str
    allowed: frozenset[rules.Act]


@transaction.atomic
def get_item(*, viewer: access_rules.Viewer, item_id: uuid.UUID) -> ItemCard:
    """Return one item for someone whose in-basket it is in, or who has just handed it on.

    Shapes: 9 queries whatever was asked and done, 10 for a request; written into the audit with the child it is about.
    Errors: NoSuchItem.
    """
    event_id = audit_operations.open_view(viewer=viewer, act="inbasket.item.seen", record_ref=str(item_id))
    item = (
        models.Item.objects.select_related("message", "team", "receipt", "disclosure", "child")
        .filter(pk=item_id)
        .first()
    )
    if item is None or not hasattr(item, "message"):
        raise NoSuchItem(item_id)
    if item.child_id is not None:
        audit_operations.add_subjects(event_id=event_id, subjects=[item.child_id])
    person = people.get_person(viewer=viewer)
    return _card(item, person)


def get_first_due(*, received_at: datetime.datetime) -> datetime.datetime | None:
    """Return by when what came in at a moment must be decided and its sender told: what a sender may know of the clocks.

    Shapes: nothing where the profile in force has no such clock.
    """
    times = rules.Times(
        received_at=received_at,
        profile=timescales_queries.get_profile(),
        calendar=timescales_queries.get_calendar(),
        zone=clock.local(received_at).tzinfo or datetime.UTC,
    )
    return rules.next_due_at(rules.Kind.CONTACT, rules.State.NEW, times)


def get_times(item: models.Item) -> rules.Times:
    """Return by which profile and calendar an item's clocks are counted, and from when."""
    return rules.Times(
        received_at=item.received_at,
        profile=timescales_queries.get_profile(),
        calendar=timescales_queries.get_calendar(),
        zone=clock.local(item.received_at).tzinfo or datetime.UTC,
        urgency=rules.Urgency(item.urgency) if item.urgency else None,
        urgency_set_at=item.urgency_set_at,
    )


def get_standing(item: models.Item) -> rules.Standing:
    """Return how an item stands, as the table of acts asks it.

    Shapes: no query; 1 for a request.
    """
    askers = {item.sent_by_id} if item.kind == rules.Kind.INFORMATION_REQUEST else set()
    if item.about_id is not None and askers:
        holders = models.Item.objects.filter(pk=item.about_id).values_list("holder__user_id", flat=True)
        askers |= {user_id for user_id in holders if user_id is not None}
    return rules.Standing(
        kind=rules.Kind(item.kind),
        state=rules.State(item.state),
        team_id=item.team_id,
        agency_id=item.agency_id,
        holder_id=item.holder_id,
        giver_id=item.giver_id,
        asker_ids=frozenset(askers),
    )


def _card(item: models.Item, person: rules.Person) -> ItemCard:
    times = get_times(item)
    asked = tuple(_asked(one, person) for one in _requests_about(item))
    is_asked = item.kind == rules.Kind.INFORMATION_REQUEST
    return ItemCard(
        id=item.id,
        kind=rules.Kind(item.kind),
        state=rules.State(item.state),
        name=item.name,
        child_id=item.child_id,
        child_number=item.child.number if item.child_id is not None and item.child is not None else "",
        child_is_unknown=item.child_is_unknown,
        urgency=times.urgency,
        received_at=item.received_at,
        due_at=item.due_at,
        clocks=_clocks(item, times),
        agency_id=item.agency_id,
        team_id=item.team_id,
        team_name=item.team.name,
        holder_name=item.holder_name,
        is_mine=item.holder_id is not None and item.holder_id == person.practitioner_id,
        is_own=item.sent_by_id == person.user_id,
        about_id=item.about_id,
        level=item.level,
        outcome=rules.Outcome(item.outcome) if item.outcome else None,
        owner_name=item.owner_name,
        closed_at=item.closed_at,
        message=message_card(item.message),
        acts=tuple(_act(act) for act in item.acts.order_by("at", "id")),
        asked=asked,
        parts=tuple(models.Item.objects.filter(split_from_id=item.id).order_by("id").values_list("id", "name")),
        answer=_asked(item, person) if is_asked else None,
        told_words=item.receipt.told_words if hasattr(item, "receipt") else "",
        allowed=rules.allowed(get_standing(item), person),
    )


def _requests_about(item: models.Item) -> list[models.Item]:
    if item.kind not in rules.FROM_OUTSIDE:
        return []
    asked = item.asked.filter(kind=rules.Kind.INFORMATION_REQUEST).select_related("message", "disclosure", "agency")
    return list(asked.order_by("id"))


def _clocks(item: models.Item, times: rules.Times) -> tuple[timescales.Due, ...]:
    if item.kind == rules.Kind.REPLY:
        return ()
    if item.kind == rules.Kind.INFORMATION_REQUEST:
        found = [rules.answer_clock(times, asked_at=item.received_at)]
    else:
        found = [rules.urgency_clock(times), rules.decision_clock(times)]
    return tuple(due for due in found if due is not None)


def message_card(row: models.Message) -> MessageCard:
    """Return what a sender wrote, as a card."""
    return MessageCard(
        **{
            name: getattr(row, name)
            for name in (
                *("sender_name", "sender_role", "sender_agency", "ring_back", "name", "birth_date", "expected_date"),
                *("address", "postcode", "number", "words", "consent_why"),
            )
        },
        consent=rules.Consent(row.consent) if row.consent else None,
        basis=rules.Basis(row.basis) if row.basis else None,
    )


def _act(row: models.ItemAct) -> ActCard:
    return ActCard(act=row.act, at=row.at, by_name=row.by_name, before=row.before, after=row.after, why=row.why)


def _asked(item: models.Item, person: rules.Person) -> AskedCard:
    said = item.disclosure if hasattr(item, "disclosure") else None
    return AskedCard(
        id=item.id,
        agency_name=item.agency.name,
        state=rules.State(item.state),
        outcome=rules.Outcome(item.outcome) if item.outcome else None,
        asked_at=item.received_at,
        due_at=item.due_at,
        question=item.message.words,
        basis=rules.Basis(item.message.basis) if item.message.basis else None,
        answer=said.words if said else "",
        answer_basis=rules.Basis(said.basis) if said else None,
        why=said.why if said else "",
        by_name=said.by_name if said else "",
        at=said.at if said else item.closed_at,
        may_withdraw=item.state != rules.State.CLOSED and item.sent_by_id == person.user_id,
    )
