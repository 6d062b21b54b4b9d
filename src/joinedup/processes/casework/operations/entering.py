"""The one door to every act: the child is opened, the matrix is asked, the episode is locked.

Belongs here: what comes before a change, and the ties that follow from it. Not here: the changes.
"""

import dataclasses
import datetime
import uuid

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.queries import standing
from joinedup.processes.childindex import queries as childindex_queries

LEADS, MEMBER, SUPERVISES = "L", "P", "S"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which child, why and by whom: what every act is given.

    Shapes: `number` is the child's public number; `purpose` as it was given for looking, empty for one's own work.
    """

    number: str
    purpose: str
    by: access_rules.Viewer
    at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A child who is open, an episode that is locked, and who acts."""

    child_id: uuid.UUID
    me: addressees.PersonCard
    episode: models.Episode


def enter(asking: Asking, *, episode_id: uuid.UUID, act: str, approved: rules.ApprovedAct | None = None) -> Entered:
    """Open the child, decide by the matrix whether this act is the viewer's, and lock an open episode.

    Errors: as `childindex_queries.open_child`; NoSuchEpisode; NotAllowed; Done where it is closed.
    """
    entered = enter_any(asking, episode_id=episode_id, act=act, approved=approved)
    if entered.episode.closed_at is not None:
        raise rules.Done(episode_id)
    return entered


def enter_any(asking: Asking, *, episode_id: uuid.UUID, act: str, approved: rules.ApprovedAct | None = None) -> Entered:
    """Enter an episode that may be closed: what stayed open after it has an owner still.

    Errors: as `enter`, without Done.
    """
    opened = open_child(asking, act=act)
    me = _worker(asking.by)
    episode = models.Episode.objects.select_for_update().filter(pk=episode_id, child_id=opened.card.id).first()
    if episode is None:
        raise rules.NoSuchEpisode(episode_id)
    _require(asking, opened, episode, act=act, approved=approved)
    return Entered(child_id=opened.card.id, me=me, episode=episode)


def open_child(asking: Asking, *, act: str) -> childindex_queries.Opened:
    """Open the child for an act; nothing is changed before it is written who acts.

    Errors: as `childindex_queries.open_child`.
    """
    return childindex_queries.open_child(
        viewer=asking.by, number=asking.number, purpose=asking.purpose, act=f"casework.{act}"
    )


def may_open_episode(asking: Asking, opened: childindex_queries.Opened) -> addressees.PersonCard:
    """Return who opens an episode, where the matrix lets them write about the child.

    Errors: NotAllowed.
    """
    given = asking.by.given | {"own"} | ({"purpose"} if asking.purpose else frozenset())
    if not standing.decide(asking.by, rules.ACTIONS["episode.opened"], opened.grounds, given=given):
        raise rules.NotAllowed
    return _worker(asking.by)


def _worker(by: access_rules.Viewer) -> addressees.PersonCard:
    me = None if by.user_id is None else addressees.find_person(user_id=by.user_id)
    if me is None:
        raise rules.NotAllowed
    return me


def _require(
    asking: Asking,
    opened: childindex_queries.Opened,
    episode: models.Episode,
    *,
    act: str,
    approved: rules.ApprovedAct | None,
) -> None:
    """Refuse what the matrix does not grant.

    Errors: NotAllowed.
    """
    stands = standing.stand(viewer=asking.by, grounds=opened.grounds, circles=episode.circles)
    if stands.may(act):
        return
    if approved is None or not stands.may_once_agreed(act):
        raise rules.NotAllowed
    _use_approval(episode, approved, at=asking.at)


def _use_approval(episode: models.Episode, act: rules.ApprovedAct, *, at: datetime.datetime) -> None:
    """Use what a manager agreed to, once.

    Errors: NotAllowed where nobody has.
    """
    agreed = models.Approval.objects.select_for_update().filter(
        episode=episode, act=act, answer=rules.Approving.AGREED, used_at=None
    )
    first = agreed.order_by("answered_at", "id").first()
    if first is None:
        raise rules.NotAllowed
    models.Approval.objects.filter(pk=first.pk).update(used_at=at)


def tie(entered: Entered, *, user_id: uuid.UUID, ground: str) -> None:
    """Tie someone to the child by this episode.

    Errors: NotOneself, for the database lets nobody in by their own word.
    """
    origin = standing.origin(entered.episode.id)
    if not access_operations.hold(user_id=user_id, subject_id=entered.child_id, ground=ground, origin=origin):
        raise rules.NotOneself


def untie(entered: Entered, *, user_id: uuid.UUID, ground: str) -> None:
    """End a tie; the person's next request is without it."""
    access_operations.release(
        user_id=user_id, subject_id=entered.child_id, ground=ground, origin=standing.origin(entered.episode.id)
    )


def keep_supervisor(entered: Entered) -> None:
    """Tie whoever supervises the lead, as the directory says, unless it is they who act: another's act ties them."""
    spell = models.Lead.objects.filter(episode=entered.episode, ended_at=None).first()
    if spell is None:
        return
    lead = addressees.get_people(practitioner_ids=[spell.practitioner_id])[spell.practitioner_id]
    if lead.supervisor_user_id not in {None, entered.me.user_id}:
        tie(entered, user_id=lead.supervisor_user_id, ground=SUPERVISES)


def announce(entered: Entered, act: str, *, at: datetime.datetime) -> None:
    """Tell whoever listens."""
    events_operations.publish(f"casework.{act}", at=at, episode_id=str(entered.episode.id))
