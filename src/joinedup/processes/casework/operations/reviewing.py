"""Reviews by their clock, what managers agree to, and notes of supervision.

Belongs here: holding a review and expecting the next. Not here: the plan that is reviewed (planning).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.foundation import clock
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.operations import entering
from joinedup.processes.casework.operations.entering import Asking, Entered

FIRST, NEXT = "plan_review_first", "plan_review_next"


def expect_first(entered: Entered, *, at: datetime.datetime) -> None:
    """Expect the first review of a plan, once."""
    if not models.Review.objects.filter(episode=entered.episode).exists():
        _expect(entered, FIRST, at=at)


def _expect(entered: Entered, code: str, *, at: datetime.datetime) -> None:
    models.Review.objects.create(
        child_id=entered.child_id, episode=entered.episode, clock=code, from_at=at, due_on=_due_on(code, at)
    )


def _due_on(code: str, at: datetime.datetime) -> datetime.date | None:
    """Return the last day of a clock; nothing where the profile in force here has none such."""
    started = clock.local(at)
    try:
        timescale = timescales_queries.get_profile().get(code, on=started.date())
    except (timescales_rules.NoSuchTimescale, timescales_rules.NotInForce):
        return None
    due = timescales_rules.due(
        timescale, started_at=started, zone=started.tzinfo or datetime.UTC, calendar=timescales_queries.get_calendar()
    )
    return due.last_date


@transaction.atomic
def hold_review(
    *, asking: Asking, episode_id: uuid.UUID, what_changed: str, spoken: rules.Spoken, childs_view: str = ""
) -> None:
    """Keep that the review was held: what changed, and the child's view or why it is missing; expect the next.

    Errors: as `entering.enter`; SayMore; NoSuchPiece where no review is due, for nothing is planned yet.
    """
    said = rules.check_said(what_changed)
    view = rules.check_said(childs_view) if spoken is rules.Spoken.SAID else ""
    entered = entering.enter(asking, episode_id=episode_id, act="review.held")
    held = models.Review.objects.filter(episode=entered.episode, held_at=None).update(
        held_at=asking.at, held_by_name=entered.me.name, what_changed=said, spoken=spoken, childs_view=view
    )
    if not held:
        raise rules.NoSuchPiece(episode_id)
    _expect(entered, NEXT, at=asking.at)
    entering.keep_supervisor(entered)
    entering.announce(entered, "review.held", at=asking.at)


@transaction.atomic
def ask_approval(*, asking: Asking, episode_id: uuid.UUID, act: rules.ApprovedAct, words: str) -> uuid.UUID:
    """Ask a manager to agree to an act beforehand.

    Errors: as `entering.enter`; SayMore; AlreadyThere where this is asked already.
    """
    said = rules.check_said(words)
    entered = entering.enter(asking, episode_id=episode_id, act="approval.asked")
    if models.Approval.objects.filter(episode=entered.episode, act=act, answer=rules.Approving.WAITING).exists():
        raise rules.AlreadyThere(act)
    approval = models.Approval.objects.create(
        child_id=entered.child_id,
        episode=entered.episode,
        act=act,
        words=said,
        asked_at=asking.at,
        asked_by_id=entered.me.user_id,
        asked_by_name=entered.me.name,
    )
    entering.keep_supervisor(entered)
    entering.announce(entered, "approval.asked", at=asking.at)
    return approval.id


@transaction.atomic
def decide_approval(
    *, asking: Asking, episode_id: uuid.UUID, approval_id: uuid.UUID, answer: rules.Approving, words: str
) -> None:
    """Agree, or refuse and say why; whoever may hand over by their own word decides, and nobody for themselves.

    Errors: as `entering.enter`; SayMore; NotOneself; NoSuchPiece; Done where it is answered.
    """
    if answer is rules.Approving.WAITING:
        raise rules.NoSuchPiece(answer)
    said = rules.check_said(words)
    entered = entering.enter(asking, episode_id=episode_id, act="approval.decided")
    approval = models.Approval.objects.select_for_update().filter(pk=approval_id, episode=entered.episode).first()
    if approval is None:
        raise rules.NoSuchPiece(approval_id)
    if approval.answer:
        raise rules.Done(approval_id)
    if approval.asked_by_id == entered.me.user_id:
        raise rules.NotOneself
    models.Approval.objects.filter(pk=approval.pk).update(
        answer=answer,
        answered_at=asking.at,
        answered_by_id=entered.me.user_id,
        answered_by_name=entered.me.name,
        answered_words=said,
    )
    entering.announce(entered, "approval.decided", at=asking.at)


@transaction.atomic
def note_supervision(*, asking: Asking, episode_id: uuid.UUID, words: str) -> None:
    """Keep what a supervisor and a worker thought through and decided.

    Errors: as `entering.enter`; SayMore.
    """
    said = rules.check_said(words)
    entered = entering.enter(asking, episode_id=episode_id, act="supervision.noted")
    models.Supervision.objects.create(
        child_id=entered.child_id,
        episode=entered.episode,
        words=said,
        noted_at=asking.at,
        noted_by_name=entered.me.name,
    )
    entering.announce(entered, "supervision.noted", at=asking.at)
