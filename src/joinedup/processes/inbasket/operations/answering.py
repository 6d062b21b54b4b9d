"""An agency's own answer to what it was asked, or its refusal; both stand in the sharing ledger with their legal basis.

Belongs here: what happens to information requests and replies. Not here: asking (weighing).
"""

import dataclasses
import datetime
import uuid

from django.db import transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.inbasket import models, queries, rules
from joinedup.processes.inbasket.operations import deciding, writing


class AnsweredAlready(Exception):
    """The question was answered, refused or withdrawn meanwhile."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an agency says to a question: what it shares, or why it shares nothing; on what legal basis either way."""

    is_shared: bool
    basis: rules.Basis
    words: str = ""
    why: str = ""


@transaction.atomic
def answer(*, item_id: uuid.UUID, answer: Answer, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Answer an information request or refuse it, and send the reply to whoever asked; the same said twice is said once.

    Errors: NoSuchItem; AnsweredAlready; NotAllowed; ReasonNeeded where nothing is said.
    """
    act = rules.Act.ANSWER if answer.is_shared else rules.Act.REFUSE
    said = answer.words if answer.is_shared else answer.why
    acting = writing.begin(act, item_id=item_id, by=by, at=at, why=said)
    item = acting.item
    if item.state == rules.State.CLOSED and item.kind == rules.Kind.INFORMATION_REQUEST:
        if item.closed_by_id == by.user_id and acting.is_second_press():
            return
        raise AnsweredAlready(item_id)
    acting.check()
    if not rules.says_something(said):
        raise writing.ReasonNeeded(act)
    outcome = rules.Outcome.ANSWERED if answer.is_shared else rules.Outcome.REFUSED
    models.Disclosure(
        item=item,
        agency_id=item.agency_id,
        is_shared=answer.is_shared,
        basis=answer.basis,
        words=answer.words[: rules.MOST_WORDS] if answer.is_shared else "",
        why=acting.why if not answer.is_shared else "",
        at=at,
        by_id=acting.user_id,
        by_name=by.name,
    ).save(force_insert=True)
    _finish(acting, outcome)
    _reply(acting, said=said)


@transaction.atomic
def withdraw(*, item_id: uuid.UUID, why: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Withdraw a question that needs no answer any more; whoever holds what it was about answers for that.

    Errors: NoSuchItem; AnsweredAlready; NotAllowed; ReasonNeeded.
    """
    acting = writing.begin(rules.Act.WITHDRAW, item_id=item_id, by=by, at=at, why=why)
    item = acting.item
    if item.state == rules.State.CLOSED:
        if item.closed_by_id == by.user_id and item.outcome == rules.Outcome.WITHDRAWN:
            return
        raise AnsweredAlready(item_id)
    acting.check()
    _finish(acting, rules.Outcome.WITHDRAWN)


@transaction.atomic
def read(*, item_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Say that a reply was read; said twice, it is said once.

    Errors: NoSuchItem; NotInState; NotAllowed.
    """
    acting = writing.begin(rules.Act.READ, item_id=item_id, by=by, at=at)
    if acting.item.state == rules.State.CLOSED and acting.item.outcome == rules.Outcome.READ:
        return
    acting.check()
    _finish(acting, rules.Outcome.READ)


def _finish(acting: writing.Acting, outcome: rules.Outcome) -> None:
    person = acting.person
    deciding.finish(acting, owner_id=person.practitioner_id, owner_name=person.name, outcome=outcome)


def _reply(acting: writing.Acting, *, said: str) -> None:
    """Send what was said to the in-basket of those who asked, so that it is read though the contact may be closed by then."""
    request = acting.item
    team = queries.get_team(team_id=request.asker_team_id or request.team_id)
    if team is None:
        raise queries.NoSuchItem(request.id)
    reply = models.Item(
        id=ids.uuid7(),
        kind=rules.Kind.REPLY,
        state=rules.State.NEW,
        name=request.name,
        child_id=request.child_id,
        received_at=acting.at,
        circles=request.circles,
        sent_by_id=acting.user_id,
        sender=acting.by.name,
        about=request,
        agency_id=team.agency_id,
        team_id=team.id,
    )
    reply.save(force_insert=True)
    message = models.Message.objects.get(pk=request.pk)
    message.pk, message.item, message.key = reply.pk, reply, ids.uuid7()
    message.sent_by_id, message.sender_name, message.words = reply.sent_by_id, acting.by.name, said[: rules.MOST_WORDS]
    message.save(force_insert=True)
    writing.add_act(reply, act="send", by=acting.by, at=acting.at)
