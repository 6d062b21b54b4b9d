"""Rules of showing: who sees what a child or parent thinks, and when an answer is owed.

Belongs here: the choice as a pure rule; the database holds the same (functions), and a test compares the two.
Not here: opening the child, which comes first in any case (childindex).
"""

import dataclasses
import datetime
import uuid

from joinedup.processes.participation.rules.words import ShownTo, Voice

#: The ground of the matrix that whoever leads a plan stands on, and that of the family itself.
LEADS, ONESELF = "L", "Y"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody said and whom they let see it; `named_id` is a user."""

    voice: Voice
    given_by_id: uuid.UUID
    shown_to: ShownTo
    named_id: uuid.UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Somebody before whom the child is open: on which grounds, and whether the matrix lets them read the plan.

    Shapes: `voice` where the page is their own.
    """

    user_id: uuid.UUID
    grounds: frozenset[str]
    reads_plan: bool
    voice: Voice | None = None


def is_shown(choice: Choice, looker: Looker) -> bool:
    """Return whether somebody sees what was said.

    The family sees its own words alone: neither a parent a child's, nor a child a parent's. A child's words stay the child's
    by whichever sign-in they were given.
    """
    if ONESELF in looker.grounds:
        is_childs = Voice.CHILD is choice.voice and Voice.CHILD is looker.voice
        return choice.given_by_id == looker.user_id or is_childs
    if choice.shown_to is ShownTo.NAMED:
        return choice.named_id == looker.user_id
    if choice.shown_to is ShownTo.LEAD:
        return looker.reads_plan and LEADS in looker.grounds
    return looker.reads_plan


def may_answer(choice: Choice, looker: Looker) -> bool:
    """Return whether somebody may say what was done about it: who leads, or the one person who was named."""
    if ONESELF in looker.grounds or not is_shown(choice, looker):
        return False
    return choice.named_id == looker.user_id or LEADS in looker.grounds


def answer_due_on(*, given_on: datetime.date, within_days: int) -> datetime.date:
    """Return the last day on which an answer is in time."""
    return given_on + datetime.timedelta(days=within_days)


def is_answer_late(*, given_on: datetime.date, within_days: int, is_answered: bool, on: datetime.date) -> bool:
    """Return whether an answer is owed and its last day is past."""
    return not is_answered and on > answer_due_on(given_on=given_on, within_days=within_days)
