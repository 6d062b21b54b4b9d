"""One concern's path: what was written of it, in order, and where that leads.

Belongs here: following the steps through the table of moves, corrections in the place of what they correct.
Not here: the table (moving), clocks (clocks).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Sequence

from joinedup.foundation import clock
from joinedup.processes.protection.rules import moving
from joinedup.processes.protection.rules.words import Act, Category, Outcome, Stage


class OutOfOrder(Exception):
    """An act is said to have happened on a day before that of the one it follows from."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step that stands, as far as it decides where a concern is.

    Shapes: `place` counts the steps of a concern from 1; a correction bears the place of what it corrects.
    """

    id: uuid.UUID
    place: int
    act: Act
    happened_at: datetime.datetime
    outcome: Outcome | None = None
    category: Category | None = None


def stage_after(steps: Iterable[Taken]) -> Stage | None:
    """Return where the steps of one concern lead, taken in their places; None where there is none.

    Errors: NotInStage where one does not follow from those before; OutOfOrder.
    """
    stage: Stage | None = None
    since: datetime.date | None = None
    for step in sorted(steps, key=lambda one: one.place):
        stage = moving.move(stage, step.act, step.outcome)
        # That the child was seen may be written down afterwards; all else follows from what was before.
        if step.act is Act.CHILD_SEEN:
            continue
        on = clock.local(step.happened_at).date()
        if since is not None and on < since:
            raise OutOfOrder(step.act)
        since = on
    return stage


def with_step(steps: Sequence[Taken], step: Taken) -> tuple[Taken, ...]:
    """Return the steps with one more, or with one in the place of that which it corrects."""
    return (*(one for one in steps if one.place != step.place), step)


def latest(steps: Iterable[Taken], *acts: Act) -> Taken | None:
    """Return the last of these acts by its place; None where none was done."""
    found = [step for step in steps if step.act in acts]
    return max(found, key=lambda one: one.place, default=None)


def first(steps: Iterable[Taken], act: Act, *outcomes: Outcome) -> Taken | None:
    """Return the first of these acts by its place, of one with these outcomes where any are named."""
    found = [step for step in steps if step.act is act and (not outcomes or step.outcome in outcomes)]
    return min(found, key=lambda one: one.place, default=None)
