"""Offering an episode to another team, level or area, and the answers.

Belongs here: the acts of the table in rules.transferring. Not here: the taking over itself, which the database does in one.
"""

import datetime
import uuid

from django.db import connection, transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.operations import closing, entering
from joinedup.processes.casework.operations.entering import Asking
from joinedup.processes.casework.queries import standing

_INVOLVED = frozenset({"I"})


@transaction.atomic
def offer_transfer(
    *,
    asking: Asking,
    episode_id: uuid.UUID,
    why: str,
    to_team_id: int | None = None,
    to_area: str = "",
    to_level: rules.Level | None = None,
) -> uuid.UUID:
    """Offer an episode to another team or area, or at another level: a step up or down. Until it is accepted nothing changes.

    Errors: as `entering.enter`; SayMore; NoSuchPiece where nothing would change; NotInState where an offer stands.
    """
    said = rules.check_said(why)
    entered = entering.enter(asking, episode_id=episode_id, act="transfer.offered", approved=rules.ApprovedAct.TRANSFER)
    episode = entered.episode
    team_id = None if to_area else (to_team_id or episode.responsible_team_id)
    level = rules.Level(to_level or episode.level)
    if team_id == episode.responsible_team_id and level == episode.level:
        raise rules.NoSuchPiece(episode_id)
    standing_offer = models.Transfer.objects.filter(episode=episode, state=rules.Transfer.OFFERED).exists()
    state = rules.move(rules.Transfer.OFFERED if standing_offer else None, rules.TransferAct.OFFER).to
    transfer = models.Transfer.objects.create(
        child_id=entered.child_id,
        episode=episode,
        from_team_id=episode.responsible_team_id,
        to_team_id=team_id,
        to_area=to_area.strip()[: rules.MOST_NAME],
        from_level=episode.level,
        to_level=level,
        why=said,
        state=state,
        offered_at=asking.at,
        offered_by_id=entered.me.user_id,
        offered_by_name=entered.me.name,
    )
    entering.keep_supervisor(entered)
    entering.announce(entered, "transfer.offered", at=asking.at)
    return transfer.id


@transaction.atomic
def accept_transfer(
    *,
    transfer_id: uuid.UUID,
    lead_id: uuid.UUID | None,
    words: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
    goodbye: str = "",
) -> None:
    """Take an episode over, with the new lead named in the same act; none is needed for a step within the team.

    Errors: SayMore; NotAllowed; NotInState where no offer to the viewer's team stands; NoSuchPiece where the lead is not one
    of the team's agency.
    """
    said = rules.check_said(words)
    _receive(transfer_id, act="accepted", by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, episode_id FROM casework_accept(%s, %s, %s, %s, %s)",
            [transfer_id, lead_id, said, goodbye.strip()[: rules.MOST_LETTERS], at],
        )
        answer, episode_id = cursor.fetchone()
    if answer == "lead":
        raise rules.NoSuchPiece(lead_id)
    if answer != "done":
        raise rules.NotInState(transfer_id)
    events_operations.publish("casework.transfer.accepted", at=at, episode_id=str(episode_id))


@transaction.atomic
def decline_transfer(*, transfer_id: uuid.UUID, words: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Say no to an offer, and why; whoever had it answers for it as before.

    Errors: SayMore; NotAllowed; NotInState where no offer to the viewer's team stands.
    """
    said = rules.check_said(words)
    transfer = _receive(transfer_id, act="declined", by=by)
    _answer(transfer, rules.TransferAct.DECLINE, words=said, name=by.name, at=at)


def _receive(transfer_id: uuid.UUID, *, act: str, by: access_rules.Viewer) -> models.Transfer:
    """Return an offer that stands and is for the viewer's own team, which they may answer as those who write for it.

    Errors: NotAllowed; NotInState.
    """
    audit_operations.open_view(viewer=by, act=f"casework.transfer.{act}", record_ref=str(transfer_id))
    if not standing.decide(by, "write", _INVOLVED, given=by.given | {"own"}):
        raise rules.NotAllowed
    transfer = models.Transfer.objects.filter(pk=transfer_id, state=rules.Transfer.OFFERED).first()
    if transfer is None or transfer.to_team_id is None or not standing.is_team(transfer.to_team_id):
        raise rules.NotInState(transfer_id)
    if transfer.offered_by_id == by.user_id:
        raise rules.NotOneself
    return transfer


@transaction.atomic
def withdraw_transfer(*, asking: Asking, episode_id: uuid.UUID, words: str) -> None:
    """Ask no longer; nothing has changed.

    Errors: as `entering.enter`; SayMore; NotInState where no offer stands.
    """
    said = rules.check_said(words)
    entered = entering.enter(
        asking, episode_id=episode_id, act="transfer.withdrawn", approved=rules.ApprovedAct.TRANSFER
    )
    transfer = _standing(entered.episode)
    _answer(transfer, rules.TransferAct.WITHDRAW, words=said, name=entered.me.name, at=asking.at)


def _standing(episode: models.Episode) -> models.Transfer:
    transfer = models.Transfer.objects.filter(episode=episode, state=rules.Transfer.OFFERED).first()
    if transfer is None:
        raise rules.NotInState(episode.id)
    return transfer


def _answer(transfer: models.Transfer, act: rules.TransferAct, *, words: str, name: str, at: datetime.datetime) -> None:
    to = rules.move(rules.Transfer(transfer.state), act).to
    answered = models.Transfer.objects.filter(pk=transfer.pk, state=transfer.state).update(
        state=to, answered_at=at, answered_by_name=name, answer=words
    )
    if not answered:
        raise rules.NotInState(transfer.pk)
    events_operations.publish(f"casework.transfer.{to}", at=at, episode_id=str(transfer.episode_id))


@transaction.atomic
def accept_elsewhere(*, asking: Asking, episode_id: uuid.UUID, accepted_by: str, goodbye: str) -> None:
    """Write down that another area has accepted, by a named person there: the needs are theirs, and the episode ends here.

    Errors: as `entering.enter`; SayMore; NotInState where no offer to an area stands.
    """
    name, said = rules.check_said(accepted_by), rules.check_said(goodbye)
    entered = entering.enter(asking, episode_id=episode_id, act="transfer.accepted-elsewhere")
    transfer = _standing(entered.episode)
    if not transfer.to_area:
        raise rules.NotInState(episode_id)
    _answer(transfer, rules.TransferAct.ACCEPT, words=said, name=name[: rules.MOST_NAME], at=asking.at)
    taken = closing.Ending(state=rules.NeedState.HANDED_ON, words=f"{name}, {transfer.to_area}")
    open_needs = models.Need.objects.filter(episode=entered.episode, state=rules.NeedState.OPEN)
    closing.end_all(entered, {need.pk: taken for need in open_needs}, asking=asking)
    closing.end_episode(entered, closing=rules.Closing.MOVED, words=said, asking=asking)
