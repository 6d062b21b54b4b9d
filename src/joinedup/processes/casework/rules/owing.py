"""What a person owes over all their children, in one order: most overdue first.

Belongs here: the kinds, and the order. Not here: finding it (queries, and the database's function).
"""

import dataclasses
import datetime
import enum
import uuid
from collections.abc import Iterable


class Owes(enum.StrEnum):
    """What waits for someone."""

    TRANSFER = "transfer"  #: a transfer that is offered to their team
    APPROVAL = "approval"  #: a manager's agreement that someone asks for
    REVIEW = "review"  #: the next review of a plan that they lead
    ACTION = "action"  #: something that they said they would do, or that falls to them as lead
    LEAD = "lead"  #: an episode of their team that nobody leads, or whose lead works here no more
    NEED = "need"  #: a need that is theirs, or their team's after an episode


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that is owed.

    Units: `due_on` is the last day on which it is not late; nothing where no day is set.
    """

    kind: Owes
    child_id: uuid.UUID
    number: str
    episode_id: uuid.UUID
    item_id: uuid.UUID
    words: str
    due_on: datetime.date | None

    def is_late(self, *, on: datetime.date) -> bool:
        """Return whether the day it was due is past."""
        return self.due_on is not None and self.due_on < on


def in_order(owed: Iterable[Owed]) -> list[Owed]:
    """Return what is due first at the top; what has no day comes last, by its kind."""
    kinds = list(Owes)
    return sorted(owed, key=lambda one: (one.due_on or datetime.date.max, kinds.index(one.kind), str(one.item_id)))
