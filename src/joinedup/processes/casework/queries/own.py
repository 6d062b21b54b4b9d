"""The plan as the child or a parent reads it: who helps, what is wanted, and who does what by when.

Belongs here: the part of a plan that is the family's own. Not here: what workers keep between themselves (plans): supervision,
transfers, what managers agree to, and what was said at reviews, which may be another's words.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.queries import plans
from joinedup.processes.casework.queries.cards import EpisodeCard


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnHelper:
    """Someone of the team around the child now; `practitioner_id` where they sign in here."""

    practitioner_id: uuid.UUID | None
    name: str
    agency_name: str
    phone: str
    part: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnAction:
    """What someone will do by when, or has done; `doer` is empty where they have left."""

    words: str
    doer: str
    due_on: datetime.date
    is_done: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnAim:
    """What is wanted, and what will be done for it, what is due first at the top."""

    statement: str
    actions: tuple[OwnAction, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan:
    """One open plan, as the family reads it.

    Shapes: strengths and needs that are open, as they were written; `review_due_on` is nothing where no meeting is ahead.
    """

    episode: EpisodeCard
    helpers: tuple[OwnHelper, ...]
    strengths: tuple[str, ...]
    needs: tuple[str, ...]
    aims: tuple[OwnAim, ...]
    review_due_on: datetime.date | None


def get_own_plans(*, viewer: access_rules.Viewer, child_id: uuid.UUID, grounds: frozenset[str]) -> tuple[OwnPlan, ...]:
    """Return the open plans of a child who is open before the viewer, as far as the matrix lets them read, newest first.

    Shapes: at most 5 queries, and 6 a plan.
    """
    episodes = plans.get_episodes(viewer=viewer, child_id=child_id, grounds=grounds)
    return tuple(_plan(episode) for episode in episodes if episode.closed_at is None)


def _plan(episode: EpisodeCard) -> OwnPlan:
    helpers = _helpers(episode.id)
    needs = list(models.Need.objects.filter(episode_id=episode.id).order_by("found_at", "id"))
    due = models.Review.objects.filter(episode_id=episode.id, held_at=None).order_by("from_at", "id").first()
    return OwnPlan(
        episode=episode,
        helpers=tuple(helpers.values()),
        strengths=tuple(need.statement for need in needs if need.state == rules.NeedState.STRENGTH),
        needs=tuple(need.statement for need in needs if need.state == rules.NeedState.OPEN),
        aims=_aims(episode.id, helpers),
        review_due_on=None if due is None else due.due_on,
    )


def _helpers(episode_id: uuid.UUID) -> dict[uuid.UUID, OwnHelper]:
    members = list(models.TeamMember.objects.filter(episode_id=episode_id, left_at=None).order_by("joined_at", "id"))
    people = addressees.get_people(
        practitioner_ids={member.practitioner_id for member in members if member.practitioner_id}
    )
    return {member.pk: _helper(member, people) for member in members}


def _helper(member: models.TeamMember, people: Mapping[uuid.UUID, addressees.PersonCard]) -> OwnHelper:
    person = people.get(member.practitioner_id) if member.practitioner_id else None
    return OwnHelper(
        practitioner_id=member.practitioner_id,
        name=person.name if person else member.person_name,
        agency_name=person.agency_name if person else member.agency_name,
        phone=person.phone if person else member.phone,
        part=member.part,
    )


def _aims(episode_id: uuid.UUID, helpers: Mapping[uuid.UUID, OwnHelper]) -> tuple[OwnAim, ...]:
    actions = list(models.Action.objects.filter(episode_id=episode_id).order_by("due_on", "id"))
    outcomes = models.DesiredOutcome.objects.filter(episode_id=episode_id).order_by("written_at", "id")
    return tuple(
        OwnAim(
            statement=outcome.statement,
            actions=tuple(_action(action, helpers) for action in actions if action.outcome_id == outcome.pk),
        )
        for outcome in outcomes
    )


def _action(action: models.Action, helpers: Mapping[uuid.UUID, OwnHelper]) -> OwnAction:
    doer = helpers.get(action.doer_id)
    return OwnAction(
        words=action.words, doer=doer.name if doer else "", due_on=action.due_on, is_done=action.done_at is not None
    )
