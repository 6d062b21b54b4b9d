"""Needs and what becomes of them, desired outcomes, and actions.

Belongs here: writing the plan. Not here: who is in the team (leading), reviews (reviewing).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.outcomes.framework import queries as framework_queries
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.operations import entering, reviewing
from joinedup.processes.casework.operations.entering import Asking, Entered


@transaction.atomic
def record_need(
    *,
    asking: Asking,
    episode_id: uuid.UUID,
    level: rules.Level,
    statement: str,
    element: str = "",
    aim_code: str = "",
    is_strength: bool = False,
    owner_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Write a need or a strength down, in words. Without an owner named it is the duty post's: the team that answers.

    Errors: as `entering.enter`; SayMore; NoSuchPiece where the element or aim is not known, or the owner not in the team.
    """
    entered = entering.enter(asking, episode_id=episode_id, act="need.recorded")
    if element not in {"", *rules.ELEMENTS} or not (element or aim_code):
        raise rules.NoSuchPiece(element)
    if owner_id is not None:
        _member(entered, practitioner_id=owner_id)
    if aim_code:
        _check_aim(aim_code)
    need = models.Need.objects.create(
        child_id=entered.child_id,
        episode=entered.episode,
        element=element,
        aim_id=aim_code or None,
        level=level,
        statement=rules.check_said(statement),
        found_at=asking.at,
        found_by_id=entered.me.user_id,
        found_by_name=entered.me.name,
        owner_id=None if is_strength else owner_id,
        duty_team_id=entered.episode.responsible_team_id,
        state=rules.NeedState.STRENGTH if is_strength else rules.NeedState.OPEN,
    )
    entering.keep_supervisor(entered)
    entering.announce(entered, "need.recorded", at=asking.at)
    return need.id


def _check_aim(code: str) -> None:
    """Refuse what is no aim of the framework.

    Errors: NoSuchPiece.
    """
    if code not in framework_queries.get_aims(codes=[code]):
        raise rules.NoSuchPiece(code)


def _member(entered: Entered, **which: object) -> models.TeamMember:
    """Return someone of the team.

    Errors: NoSuchPiece.
    """
    member = models.TeamMember.objects.filter(episode=entered.episode, left_at=None, **which).first()
    if member is None:
        raise rules.NoSuchPiece(which)
    return member


@transaction.atomic
def end_need(*, asking: Asking, episode_id: uuid.UUID, need_id: uuid.UUID, state: rules.NeedState, words: str) -> None:
    """Say what became of a need, also of one that stayed open with the duty post after its episode.

    Errors: as `entering.enter_any`; SayMore; NoSuchPiece; Done where it has ended.
    """
    if state in {rules.NeedState.OPEN, rules.NeedState.STRENGTH}:
        raise rules.NoSuchPiece(state)
    entered = entering.enter_any(asking, episode_id=episode_id, act="need.ended")
    end(entered, need_id, state=state, words=rules.check_said(words), asking=asking)
    entering.announce(entered, "need.ended", at=asking.at)


def end(entered: Entered, need_id: uuid.UUID, *, state: rules.NeedState, words: str, asking: Asking) -> None:
    """End one open need.

    Errors: NoSuchPiece; Done.
    """
    needs = models.Need.objects.filter(pk=need_id, episode=entered.episode)
    ended = needs.filter(state=rules.NeedState.OPEN).update(
        state=state, ended_at=asking.at, ended_by_name=entered.me.name, ended_words=words
    )
    if not ended:
        raise (rules.Done if needs.exists() else rules.NoSuchPiece)(need_id)


@transaction.atomic
def write_plan(
    *, asking: Asking, episode_id: uuid.UUID, aim_code: str, statement: str, how_we_will_know: str
) -> uuid.UUID:
    """Add what is wanted for the child, in the words of an aim; the first of them starts the clock of the first review.

    Errors: as `entering.enter`; SayMore; NoSuchPiece where the framework has no such aim.
    """
    entered = entering.enter(asking, episode_id=episode_id, act="outcome.planned")
    _check_aim(aim_code)
    outcome = models.DesiredOutcome.objects.create(
        child_id=entered.child_id,
        episode=entered.episode,
        aim_id=aim_code,
        statement=rules.check_said(statement),
        how_we_will_know=rules.check_said(how_we_will_know),
        written_at=asking.at,
        written_by_name=entered.me.name,
    )
    reviewing.expect_first(entered, at=asking.at)
    entering.keep_supervisor(entered)
    entering.announce(entered, "outcome.planned", at=asking.at)
    return outcome.id


@transaction.atomic
def add_action(
    *,
    asking: Asking,
    episode_id: uuid.UUID,
    outcome_id: uuid.UUID,
    doer_id: uuid.UUID,
    words: str,
    due_on: datetime.date,
) -> uuid.UUID:
    """Add what someone of the team will do, and by when.

    Errors: as `entering.enter`; SayMore; NoSuchPiece where the outcome or the doer is not of this episode.
    """
    entered = entering.enter(asking, episode_id=episode_id, act="action.added")
    if not models.DesiredOutcome.objects.filter(pk=outcome_id, episode=entered.episode).exists():
        raise rules.NoSuchPiece(outcome_id)
    action = models.Action.objects.create(
        child_id=entered.child_id,
        episode=entered.episode,
        outcome_id=outcome_id,
        doer=_member(entered, pk=doer_id),
        words=rules.check_said(words),
        due_on=due_on,
        added_at=asking.at,
        added_by_name=entered.me.name,
    )
    entering.announce(entered, "action.added", at=asking.at)
    return action.id


@transaction.atomic
def act_done(*, asking: Asking, episode_id: uuid.UUID, action_id: uuid.UUID, words: str) -> None:
    """Say that an action is done, and what came of it.

    Errors: as `entering.enter`; SayMore; NoSuchPiece; Done where it was.
    """
    said = rules.check_said(words)
    entered = entering.enter(asking, episode_id=episode_id, act="action.done")
    actions = models.Action.objects.filter(pk=action_id, episode=entered.episode)
    done = actions.filter(done_at=None).update(done_at=asking.at, done_by_name=entered.me.name, done_words=said)
    if not done:
        raise (rules.Done if actions.exists() else rules.NoSuchPiece)(action_id)
    entering.announce(entered, "action.done", at=asking.at)
