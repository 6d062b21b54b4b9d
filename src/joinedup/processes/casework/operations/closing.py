"""Closing an episode: each need has an outcome or stays with the duty post, and nobody is tied to the child by it any more.

Belongs here: the end. Not here: ending by another area's acceptance as such (transferring, which uses it).
"""

import dataclasses
import uuid
from collections.abc import Mapping

from django.db import transaction

from joinedup.delivery.agencies import addressees
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.operations import entering, leading, planning
from joinedup.processes.casework.operations.entering import Asking, Entered


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What becomes of one need at the end; open where it stays with the duty post."""

    state: rules.NeedState
    words: str


@transaction.atomic
def close(
    *,
    asking: Asking,
    episode_id: uuid.UUID,
    closing: rules.Closing,
    words: str,
    needs: Mapping[uuid.UUID, Ending],
) -> None:
    """Close an episode with a reason; what stays open is the duty post's, never a leaver's.

    Errors: as `entering.enter`; SayMore; LeftUnanswered; NotInState while it is offered to someone.
    """
    said = rules.check_said(words)
    entered = entering.enter(asking, episode_id=episode_id, act="episode.closed", approved=rules.ApprovedAct.CLOSE)
    if closing is rules.Closing.MOVED or _is_offered(entered):
        raise rules.NotInState(episode_id)
    end_all(entered, needs, asking=asking)
    end_episode(entered, closing=closing, words=said, asking=asking)


def _is_offered(entered: Entered) -> bool:
    return models.Transfer.objects.filter(episode=entered.episode, state=rules.Transfer.OFFERED).exists()


def end_all(entered: Entered, needs: Mapping[uuid.UUID, Ending], *, asking: Asking) -> None:
    """Say of each open need what becomes of it.

    Errors: LeftUnanswered; SayMore.
    """
    still_open = models.Need.objects.filter(episode=entered.episode, state=rules.NeedState.OPEN)
    for need in still_open.order_by("id"):
        ending = needs.get(need.pk)
        if ending is None:
            raise rules.LeftUnanswered(need.pk)
        if ending.state is not rules.NeedState.OPEN:
            planning.end(entered, need.pk, state=ending.state, words=rules.check_said(ending.words), asking=asking)


def end_episode(entered: Entered, *, closing: rules.Closing, words: str, asking: Asking) -> None:
    """End the spells and ties, then the episode."""
    spell = models.Lead.objects.filter(episode=entered.episode, ended_at=None).first()
    if spell is not None:
        leading.end_lead(entered, spell, asking=asking, goodbye=words)
    members = models.TeamMember.objects.filter(episode=entered.episode, left_at=None)
    people = addressees.get_people(
        practitioner_ids=[member.practitioner_id for member in members if member.practitioner_id]
    )
    leading.end_memberships(entered, list(people.values()), asking=asking)
    models.TeamMember.objects.filter(episode=entered.episode, left_at=None).update(left_at=asking.at)
    models.Episode.objects.filter(pk=entered.episode.pk).update(
        closed_at=asking.at,
        closed_by_id=entered.me.user_id,
        closed_by_name=entered.me.name,
        closing=closing,
        closing_words=words,
    )
    entering.announce(entered, "episode.closed", at=asking.at)
