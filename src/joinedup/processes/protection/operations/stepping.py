"""Writing the steps of a concern: the worry, each act that follows, and corrections, which change nothing that was written.

Belongs here: one step and what follows from it. Not here: spans in care (spanning), who is asked to take part (inviting).
"""

import datetime
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from joinedup.foundation import clock
from joinedup.processes.protection import models, rules
from joinedup.processes.protection.operations import entering, inviting
from joinedup.processes.protection.operations.entering import Asking, Entered
from joinedup.processes.protection.queries import pages


@transaction.atomic
def raise_worry(*, asking: Asking, saying: rules.Saying, contact_id: uuid.UUID | None = None) -> uuid.UUID:
    """Write down a cause to suspect significant harm: a strategy discussion is called from that moment.

    Errors: as `entering.enter`; SayMore; NotInStage for any other act; AlreadyThere where a concern before a plan is open.
    """
    said = rules.check(saying, at=asking.at)
    entered = entering.enter(asking, act=saying.act, name=saying.act)
    stage = rules.move(None, said.act, said.outcome)
    try:
        with transaction.atomic():
            concern = models.Concern.objects.create(
                child_id=entered.child_id,
                contact_id=contact_id,
                stage=stage,
                since_at=said.happened_at,
                moved_at=asking.at,
            )
    except IntegrityError:
        raise rules.AlreadyThere(asking.number) from None
    _write(entered, concern, said, place=1, asking=asking)
    entering.announce(saying.act, at=asking.at, concern_id=str(concern.pk))
    return concern.pk


@transaction.atomic
def take_step(*, asking: Asking, concern_id: uuid.UUID, saying: rules.Saying) -> uuid.UUID:
    """Write down what was done about a concern, and move it on.

    Errors: as `entering.enter`; SayMore; NoSuchConcern; NotInStage; OutOfOrder; AlreadyThere where the conference decides on
    a plan and the child has one.
    """
    said = rules.check(saying, at=asking.at)
    entered = entering.enter(asking, act=saying.act, name=saying.act)
    concern = entering.lock(entered, concern_id)
    steps = pages.taken(models.Step.objects.filter(concern=concern))
    place = 1 + max((step.place for step in steps), default=0)
    stage = rules.stage_after(rules.with_step(steps, _taken(said, place=place)))
    step = _write(entered, concern, said, place=place, asking=asking)
    _follow(concern, stage, asking=asking)
    entering.announce(saying.act, at=asking.at, concern_id=str(concern.pk))
    return step.pk


@transaction.atomic
def correct_step(*, asking: Asking, step_id: uuid.UUID, saying: rules.Saying, why: str) -> uuid.UUID:
    """Write a step anew in the place of one that was wrong, and why; what was written stays and is marked.

    Errors: as `take_step`, for the steps that follow must follow from it too; NoSuchConcern where no such step stands.
    """
    said, reason = rules.check(saying, at=asking.at), rules.check_words(why)
    entered = entering.enter(asking, act=saying.act, name=f"{saying.act}.corrected")
    wrong = models.Step.objects.filter(
        pk=step_id, child_id=entered.child_id, act=saying.act, is_corrected=False
    ).first()
    if wrong is None:
        raise rules.NoSuchConcern(step_id)
    concern = entering.lock(entered, wrong.concern_id)
    steps = pages.taken(models.Step.objects.filter(concern=concern))
    stage = rules.stage_after(rules.with_step(steps, _taken(said, place=wrong.place)))
    try:
        with transaction.atomic():
            step = _write(entered, concern, said, place=wrong.place, asking=asking, corrects=wrong, why=reason)
    except IntegrityError:
        # Someone else corrected it while this was typed.
        raise rules.NoSuchConcern(step_id) from None
    _follow(concern, stage, asking=asking)
    entering.announce(f"{saying.act}.corrected", at=asking.at, concern_id=str(concern.pk))
    return step.pk


def _taken(saying: rules.Saying, *, place: int) -> rules.Taken:
    """Return a step that is not written yet as the rules follow it."""
    return rules.Taken(
        id=uuid.UUID(int=0),
        place=place,
        act=saying.act,
        happened_at=saying.happened_at,
        outcome=saying.outcome,
        category=saying.category,
    )


def _write(  # the step, its place, and what it corrects
    entered: Entered,
    concern: models.Concern,
    saying: rules.Saying,
    *,
    place: int,
    asking: Asking,
    corrects: models.Step | None = None,
    why: str = "",
) -> models.Step:
    step = models.Step.objects.create(
        child_id=entered.child_id,
        concern=concern,
        place=place,
        act=saying.act,
        happened_at=saying.happened_at,
        outcome=saying.outcome or "",
        words=saying.words,
        chair=saying.chair,
        category=saying.category or "",
        ending=saying.ending or "",
        is_alone=saying.is_alone,
        childs_view=saying.childs_view,
        corrects=corrects,
        why_corrected=why,
        recorded_at=asking.at,
        recorded_by_id=entered.me.user_id,
        recorded_by_name=entered.me.name,
    )
    for one in saying.present:
        models.Presence.objects.create(
            child_id=entered.child_id,
            concern=concern,
            step=step,
            person_name=one.name,
            agency_name=one.agency,
        )
    return step


def _follow(concern: models.Concern, stage: rules.Stage | None, *, asking: Asking) -> None:
    """Let the concern and its plan be what the steps say, all of them as they stand now.

    Errors: AlreadyThere where another concern, or another plan, is in the way.
    """
    steps = list(models.Step.objects.filter(concern=concern, is_corrected=False).order_by("place"))
    try:
        with transaction.atomic():
            _keep_plan(concern, steps)
            models.Concern.objects.filter(pk=concern.pk).update(
                stage=stage, since_at=steps[0].happened_at, moved_at=asking.at
            )
    except IntegrityError:
        raise rules.AlreadyThere(concern.pk) from None
    if stage is rules.Stage.ENDED:
        inviting.end_all(concern)


def _keep_plan(concern: models.Concern, steps: list[models.Step]) -> None:
    """Keep the plan that the steps decide: from the conference's day, by the latest category, until what ended it."""
    conference = next((step for step in steps if step.outcome == rules.Outcome.PLAN), None)
    plans = models.ProtectionPlan.objects.filter(concern=concern)
    if conference is None:
        # A correction says that the conference decided on none: there was never a plan.
        plans.update(ended_on=F("started_on"), ending=rules.Ending.IN_ERROR)
        return
    last = next((step for step in reversed(steps) if step.ending), None)
    categories = [step.category for step in steps if step.category]
    kept: dict[str, Any] = {
        "conference_id": conference.pk,
        "started_on": _day(conference.happened_at),
        "first_category": categories[0],
        "latest_category": categories[-1],
        "ended_on": None if last is None else _day(last.happened_at),
        "ending": "" if last is None else last.ending,
    }
    if not plans.update(**kept):
        models.ProtectionPlan.objects.create(child_id=concern.child_id, concern=concern, **kept)


def _day(at: datetime.datetime) -> datetime.date:
    return clock.local(at).date()
