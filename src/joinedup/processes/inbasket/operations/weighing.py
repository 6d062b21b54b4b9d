"""Working on a contact: its colour, the child it is about, what other agencies know, and its parts.

Belongs here: what is done before anything is decided. Not here: who has it (holding), the decision (deciding).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.processes.inbasket import models, queries, rules
from joinedup.processes.inbasket.operations import writing

_GIVEN = ("giver_id", "given_from_id")


class AskedAlready(Exception):
    """The agency has a question on this that it has not answered yet."""


class NoSuchAgency(Exception):
    """There is no such agency to ask, or it is one's own."""


@transaction.atomic
def set_urgency(
    *, item_id: uuid.UUID, urgency: rules.Urgency, why: str, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Set an item's colour, or change it, with the reason; its clock begins anew when the colour is another.

    Errors: NoSuchItem; NotInState; NotAllowed; ReasonNeeded.
    """
    acting = writing.begin(rules.Act.SET_URGENCY, item_id=item_id, by=by, at=at, why=why)
    acting.check()
    item = acting.item
    if acting.is_second_press(after=urgency):
        return
    before = item.urgency
    if before != urgency:
        item.urgency, item.urgency_set_at = urgency, at
    _worked_on(item)
    acting.keep(before=before, after=urgency, fields=["urgency", "urgency_set_at", *_GIVEN])


@transaction.atomic
def choose_child(*, item_id: uuid.UUID, number: str, why: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Say which child of the index an item is about, or with no number that none of them is; a person says so, with the reason.

    Errors: NoSuchItem; NotInState; NotAllowed; ReasonNeeded; NoSuchChild where the child is not for this viewer.
    """
    acting = writing.begin(rules.Act.CHOOSE_CHILD, item_id=item_id, by=by, at=at, why=why)
    acting.check()
    item = acting.item
    if acting.is_second_press(after=number):
        return
    before = writing.child_number(item)
    writing.untie(item)
    if number:
        opened = childindex_queries.open_child(
            viewer=by,
            number=number,
            purpose=childindex_rules.Purpose.REFERRAL,
            reason=acting.why,
            act="inbasket.choose",
        )
        item.child_id, item.child_is_unknown = opened.card.id, False
    else:
        item.child_id, item.child_is_unknown = None, True
    _worked_on(item)
    acting.keep(before=before, after=number, fields=["child_id", "child_is_unknown", *_GIVEN])
    writing.tie(item)


@transaction.atomic
def ask(
    *,
    item_id: uuid.UUID,
    team_id: int,
    question: str,
    basis: rules.Basis,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> uuid.UUID:
    """Ask another agency what it knows: it stands in the agency's own in-basket with the child as typed, not the worry.

    Shapes: the request's identifier; the same asked twice is asked once.
    Errors: NoSuchItem; NotInState; NotAllowed; NoSuchAgency; AskedAlready; ReasonNeeded where nothing is asked.
    """
    acting = writing.begin(rules.Act.ASK, item_id=item_id, by=by, at=at, why=question)
    acting.check()
    if not rules.says_something(question):
        raise writing.ReasonNeeded(rules.Act.ASK)
    item = acting.item
    team = queries.get_team(team_id=team_id)
    if team is None or team.agency_id == item.agency_id:
        raise NoSuchAgency(team_id)
    asked = models.Item.objects.filter(about=item, agency_id=team.agency_id, kind=rules.Kind.INFORMATION_REQUEST)
    waiting = asked.exclude(state=rules.State.CLOSED).values_list("id", "message__words").first()
    if waiting is not None:
        if waiting[1] == acting.why:
            return waiting[0]
        raise AskedAlready(team.agency_name)
    request = _request(acting, team)
    request.save(force_insert=True)
    _question(request, item, question=acting.why, basis=basis, by=by).save(force_insert=True)
    writing.add_act(request, act="send", by=by, at=at)
    acting.move()
    _worked_on(item)
    acting.keep(after=team.agency_name, fields=_GIVEN)
    return request.id


def _request(acting: writing.Acting, team: addressees.TeamCard) -> models.Item:
    item, person = acting.item, acting.person
    request = models.Item(
        id=ids.uuid7(),
        kind=rules.Kind.INFORMATION_REQUEST,
        state=rules.State.NEW,
        name=item.name,
        child_id=item.child_id,
        urgency=item.urgency,
        urgency_set_at=acting.at if item.urgency else None,
        received_at=acting.at,
        agency_id=team.agency_id,
        team_id=team.id,
        circles=sorted({*team.circles, *item.circles}),
        sent_by_id=acting.user_id,
        sender=person.name,
        asker_team_id=item.team_id,
        about=item,
    )
    request.due_at = rules.next_due_at(rules.Kind.INFORMATION_REQUEST, rules.State.NEW, queries.get_times(request))
    return request


def _question(
    request: models.Item, item: models.Item, *, question: str, basis: rules.Basis, by: access_rules.Viewer
) -> models.Message:
    """Return what is asked: of the child what was typed, so that the agency can look in its own system; the worry stays here."""
    said = models.Message.objects.get(pk=item.pk)
    asker = addressees.find_person(user_id=by.user_id)
    return models.Message(
        item=request,
        key=ids.uuid7(),
        sent_by_id=request.sent_by_id,
        sender_name=by.name,
        sender_role=asker.job_title if asker else "",
        sender_agency=asker.agency_name if asker else "",
        ring_back=asker.phone if asker else "",
        name=said.name,
        birth_date=said.birth_date,
        expected_date=said.expected_date,
        address=said.address,
        postcode=said.postcode,
        number=said.number,
        words=question,
        basis=basis,
    )


@transaction.atomic
def split(*, item_id: uuid.UUID, sibling: rules.Sibling, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Make an item of its own for a brother or sister, with the same message, held by the same person.

    Shapes: the new item's identifier; that of the one there is, where one was made for this name already.
    Errors: NoSuchItem; NotInState; NotAllowed; ReasonNeeded where no name is given.
    """
    acting = writing.begin(rules.Act.SPLIT, item_id=item_id, by=by, at=at)
    acting.check()
    name = " ".join(sibling.name.split())[: rules.MOST_NAME]
    if not name:
        raise writing.ReasonNeeded(rules.Act.SPLIT)
    item = acting.item
    already = models.Item.objects.filter(split_from_id=item.id, name=name).values_list("id", flat=True).first()
    if already is not None:
        return already
    part = _part(item, name)
    said = models.Message.objects.get(pk=item.pk)
    part.save(force_insert=True)
    # Written by whoever splits it: the sender reads what they wrote, and no name that others added.
    said.pk, said.item, said.key = part.pk, part, ids.uuid7()
    said.sent_by_id, said.name, said.birth_date = acting.user_id, name, sibling.birth_date
    said.expected_date, said.number = None, ""
    said.save(force_insert=True)
    _receipt(part, item)
    writing.add_act(part, act=rules.Act.SPLIT, before=item.name, after=name, by=by, at=at)
    acting.keep(after=name, fields=())
    return part.id


def _part(item: models.Item, name: str) -> models.Item:
    return models.Item(
        id=ids.uuid7(),
        kind=item.kind,
        state=rules.State.HELD,
        name=name,
        urgency=item.urgency,
        urgency_set_at=item.urgency_set_at,
        received_at=item.received_at,
        due_at=item.due_at,
        agency_id=item.agency_id,
        team_id=item.team_id,
        holder_id=item.holder_id,
        holder_name=item.holder_name,
        circles=item.circles,
        sent_by_id=item.sent_by_id,
        sender=item.sender,
        split_from_id=item.id,
    )


def _receipt(part: models.Item, item: models.Item) -> None:
    """Give the sender a receipt for the part too, under the name that they typed themselves."""
    receipt = models.Receipt.objects.filter(pk=item.pk).first()
    if receipt is not None:
        receipt.pk, receipt.item = part.pk, part
        receipt.save(force_insert=True)


def _worked_on(item: models.Item) -> None:
    """Whoever passed it on can no longer take it back."""
    item.giver_id = item.given_from_id = None
