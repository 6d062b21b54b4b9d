"""Deciding what becomes of a contact, telling whoever sent it, and closing it with an owner.

Belongs here: the decision and what follows from it. Not here: what comes before (weighing), answers of agencies (answering).
"""

import dataclasses
import datetime
import uuid

from django.db import transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.inbasket import models, queries, rules, shipped
from joinedup.processes.inbasket.operations import writing


class NoSuchOutcome(Exception):
    """This cannot become of a contact, or there is no such level of need."""


class NoWords(Exception):
    """The sender is told nothing."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided: the level of need, what becomes of it, and why; by a person, from what was gathered."""

    level: int
    outcome: rules.Outcome
    why: str


@transaction.atomic
def decide(*, item_id: uuid.UUID, decision: Decision, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Decide the level of need and the outcome, or decide anew until the sender is told.

    Errors: NoSuchItem; NotInState; NotAllowed; ReasonNeeded; NoSuchOutcome.
    """
    acting = writing.begin(rules.Act.DECIDE, item_id=item_id, by=by, at=at, why=decision.why)
    acting.check()
    item = acting.item
    known = {level.number for level in shipped.levels()}
    if decision.outcome not in rules.DECISIONS or decision.level not in known:
        raise NoSuchOutcome(decision.outcome)
    after = f"level {decision.level}: {decision.outcome}"
    if acting.is_second_press(after=after):
        return
    before = f"level {item.level}: {item.outcome}" if item.outcome else ""
    item.level, item.outcome = decision.level, decision.outcome
    item.decided_at, item.decided_by_id = at, by.user_id
    item.giver_id = item.given_from_id = None
    acting.move()
    acting.keep(
        before=before,
        after=after,
        fields=["level", "outcome", "decided_at", "decided_by_id", "giver_id", "given_from_id"],
    )
    _show(item, by)


@transaction.atomic
def tell(*, item_id: uuid.UUID, words: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Tell the sender what became of it, in words of one's own beside the outcome, with oneself as the person to ring.

    Errors: NoSuchItem; NotInState; NotAllowed; NoWords.
    """
    acting = writing.begin(rules.Act.TELL, item_id=item_id, by=by, at=at, why=words)
    item = acting.item
    if item.state == rules.State.TOLD and acting.is_second_press():
        return
    acting.check()
    if not rules.says_something(words):
        raise NoWords
    acting.move()
    item.giver_id = item.given_from_id = None
    acting.keep(after=item.outcome, fields=["giver_id", "given_from_id"])
    models.Receipt.objects.filter(pk=item.pk).update(told_at=at, told_outcome=item.outcome, told_words=acting.why)
    _show(item, by)


@transaction.atomic
def close(*, item_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Close an item that was decided and whose sender knows; its holder answers for what follows, and looks no longer.

    Errors: NoSuchItem; NotInState; NotAllowed.
    """
    acting = writing.begin(rules.Act.CLOSE, item_id=item_id, by=by, at=at)
    item = acting.item
    if item.state == rules.State.CLOSED and item.closed_by_id == by.user_id:
        return
    acting.check()
    writing.untie(item)
    finish(acting, owner_id=item.holder_id, owner_name=item.holder_name, outcome=rules.Outcome(item.outcome))
    writing.show_sender(item, name=item.holder_name, phone=_phone(item))


def finish(acting: writing.Acting, *, owner_id: uuid.UUID | None, owner_name: str, outcome: rules.Outcome) -> None:
    """Close an item with who answers for it and what became of it; the database refuses one without."""
    item = acting.item
    item.owner_id, item.owner_name, item.outcome = owner_id, owner_name, outcome
    item.closed_at, item.closed_by_id = acting.at, acting.by.user_id
    item.giver_id = item.given_from_id = None
    acting.move()
    acting.keep(
        after=outcome,
        fields=["owner_id", "owner_name", "outcome", "closed_at", "closed_by_id", "giver_id", "given_from_id"],
    )


def _show(item: models.Item, by: access_rules.Viewer) -> None:
    card = addressees.find_person(user_id=by.user_id)
    if card is not None:
        writing.show_sender(item, name=card.name, phone=card.phone)


def _phone(item: models.Item) -> str:
    team = queries.get_team(team_id=item.team_id)
    return team.phone if team else ""
