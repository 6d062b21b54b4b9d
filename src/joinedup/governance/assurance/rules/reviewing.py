"""Rules of reviewing: who stands outside, and what a reviewer may find.

Belongs here: outcome codes, and that nobody reviews themselves or their own team. Not here: rows (models), which
roles review (the matrix).
"""

import dataclasses
import enum
import uuid

LEAST_REASON_LETTERS = 10


class NotOutside(Exception):
    """The reviewer is the person who looked, or works beside them."""


class State(enum.StrEnum):
    """Where an alert stands."""

    OPEN = "open"  #: nobody has decided
    CLEARED = "cleared"  #: the looking was in order
    CONCERN = "concern"  #: it was not, or somebody else must find out


class Outcome(enum.StrEnum):
    """What a reviewer found."""

    OWN_WORK = "own_work"  #: there was work with the child that the records do not show
    CHANCE = "chance"  #: a shared name or address and nothing else
    LEARNING = "learning"  #: a mistake or a test; the person has been told how to do it rightly
    PASSED_TO_EMPLOYER = "passed_to_employer"  #: looking without reason; the person's employer has been told
    DATA_BREACH = "data_breach"  #: a personal data breach; the data protection officer has been told


STATE_AFTER = {
    Outcome.OWN_WORK: State.CLEARED,
    Outcome.CHANCE: State.CLEARED,
    Outcome.LEARNING: State.CLEARED,
    Outcome.PASSED_TO_EMPLOYER: State.CONCERN,
    Outcome.DATA_BREACH: State.CONCERN,
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where somebody works; a team that is not known is None."""

    user_id: uuid.UUID | None
    agency_id: uuid.UUID | None
    team_id: int | None = None


def is_outside(*, reviewer: Post, looker: Post) -> bool:
    """Return whether a reviewer stands outside the looker's team; within one agency both teams must be known, and differ."""
    if reviewer.user_id is None or reviewer.user_id == looker.user_id:
        return False
    if reviewer.agency_id is None:
        return False
    if reviewer.agency_id != looker.agency_id:
        return True
    return None not in {reviewer.team_id, looker.team_id} and reviewer.team_id != looker.team_id


def check_outside(*, reviewer: Post, looker: Post) -> None:
    """Refuse a reviewer who does not stand outside.

    Errors: NotOutside.
    """
    if not is_outside(reviewer=reviewer, looker=looker):
        raise NotOutside
