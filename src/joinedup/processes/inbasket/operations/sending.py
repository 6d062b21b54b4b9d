"""Sending something to the front door: what was typed is kept as it was, and whoever sends it has a receipt.

Belongs here: what comes in. Not here: what is done with it (the other modules).
"""

import datetime
import uuid

from django.db import IntegrityError, transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation import ids
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.processes.inbasket import models, queries, rules
from joinedup.processes.inbasket.operations import writing

_WRITE = "write"


def send(  # what, about whom, by whom, and the page's key
    *,
    kind: rules.Kind,
    said: rules.Said,
    key: uuid.UUID,
    by: access_rules.Viewer,
    at: datetime.datetime,
    number: str = "",
) -> uuid.UUID:
    """Send a contact or a notification to the front door; sent twice with one key, it is sent once.

    Shapes: the item's identifier. `number` is the child's, where the sender writes from the child's page: then it is about
    that child by the sender's own word; else no child is chosen.
    Errors: NotAllowed for someone whose role writes nothing; NoSuchChild and ReasonNeeded of the index; NoFrontDoor.
    """
    if by.user_id is None or not access_queries.get_policy().may_ever(by.roles, _WRITE):
        raise rules.NotAllowed(_WRITE)
    try:
        with transaction.atomic():
            already = find_sent(key=key, by=by)
            return already or _send(kind=kind, said=said, key=key, by=by, at=at, number=number)
    except IntegrityError:
        # Both presses at once: the other was a moment quicker.
        with transaction.atomic():
            sent = find_sent(key=key, by=by)
        if sent is None:
            raise
        return sent


def find_sent(*, key: uuid.UUID, by: access_rules.Viewer) -> uuid.UUID | None:
    """Return what this person sent with this key, if they did."""
    audit_operations.open_view(viewer=by, act="inbasket.send.asked", record_ref=str(key))
    return (
        models.Message.objects.filter(sent_by_id=writing.user_of(by), key=key).values_list("item_id", flat=True).first()
    )


def _send(
    *,
    kind: rules.Kind,
    said: rules.Said,
    key: uuid.UUID,
    by: access_rules.Viewer,
    at: datetime.datetime,
    number: str,
) -> uuid.UUID:
    chosen = _chosen(number, by) if number else None
    front = queries.get_front_door()
    sender = addressees.find_person(user_id=by.user_id)
    item = models.Item(
        id=ids.uuid7(),
        kind=kind,
        state=rules.State.NEW,
        name=rules.title(said.name, birth_date=said.birth_date, expected_date=said.expected_date),
        child_id=chosen.child_id if chosen else None,
        received_at=at,
        agency_id=front.agency_id,
        team_id=front.id,
        circles=front.circles,
        sent_by_id=writing.user_of(by),
        sender=_from(by.name, sender),
    )
    item.due_at = rules.next_due_at(kind, rules.State.NEW, queries.get_times(item))
    item.save(force_insert=True)
    _message(item, said=said, key=key, by=by, sender=sender).save(force_insert=True)
    models.Receipt(
        item=item,
        sent_by_id=writing.user_of(by),
        name=item.name,
        state=rules.State.NEW,
        sent_at=at,
        ring_name=front.name,
        ring_phone=front.phone,
    ).save(force_insert=True)
    writing.add_act(item, act="send", by=by, at=at)
    return item.id


def _chosen(number: str, by: access_rules.Viewer) -> rules.Chosen:
    """Open the child from whose page it is sent: the sender says which child it is, and has the child before them."""
    opened = childindex_queries.open_child(
        viewer=by, number=number, purpose=childindex_rules.Purpose.REFERRAL, act="inbasket.send"
    )
    return rules.Chosen(child_id=opened.card.id, number=opened.card.number)


def _from(name: str, sender: addressees.PersonCard | None) -> str:
    return f"{name}, {sender.agency_name}" if sender else name


def _message(
    item: models.Item,
    *,
    said: rules.Said,
    key: uuid.UUID,
    by: access_rules.Viewer,
    sender: addressees.PersonCard | None,
) -> models.Message:
    return models.Message(
        item=item,
        key=key,
        sent_by_id=item.sent_by_id,
        sender_name=by.name,
        sender_role=sender.job_title if sender else "",
        sender_agency=sender.agency_name if sender else "",
        ring_back=said.ring_back,
        name=said.name,
        birth_date=said.birth_date,
        expected_date=said.expected_date,
        address=said.address,
        postcode=said.postcode,
        number=said.number,
        words=said.words,
        consent=said.consent,
        consent_why=said.consent_why,
    )
