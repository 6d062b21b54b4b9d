"""Rules of sealing: why a child is sealed, what is asked for, and what may come of it.

Belongs here: the words of a seal, as values. Not here: who may ask (the matrix), what a seal hides (childindex).
"""

import dataclasses
import enum

FEWEST_LETTERS = 10
MOST_LETTERS = 500


class Kind(enum.StrEnum):
    """What is asked for."""

    SET = "set"  #: that the child be sealed
    LIFT = "lift"  #: that the seal be lifted


class Reason(enum.StrEnum):
    """Why a child's whereabouts or past must stay hidden."""

    VIOLENCE_AT_HOME = "violence_at_home"  #: someone who was violent looks for the family
    ADOPTION = "adoption"  #: the child was adopted, or is to be
    PROTECTED_PERSON = "protected_person"  #: the family has a protected identity
    EXPLOITATION = "exploitation"  #: people who exploited the child look for them
    COURT_ORDER = "court_order"  #: a court ordered it
    NO_LONGER_NEEDED = "no_longer_needed"  #: of lifting: what was feared is over


class Work(enum.StrEnum):
    """Open work that a seal takes from the eyes of those who do it."""

    ITEM = "item"  #: something in a team's in-basket that is not closed
    EPISODE = "episode"  #: an episode of help, with its plan
    ASSESSMENT = "assessment"  #: an assessment that is being written
    CONCERN = "concern"  #: what is done to protect the child, from a strategy discussion to a plan's end


class Outcome(enum.StrEnum):
    """What became of what was asked."""

    AGREED = "agreed"  #: a second officer agreed, and it was done
    REFUSED = "refused"  #: a second officer refused
    WITHDRAWN = "withdrawn"  #: whoever asked took it back


class Answer(enum.StrEnum):
    """What the database says to asking or deciding."""

    DONE = "done"  #: as asked
    ABSENT = "absent"  #: no such child or question, or not for this viewer
    ALREADY = "already"  #: the child is sealed, or unsealed, as asked for
    WAITING = "waiting"  #: something is asked of this child already
    OWN = "own"  #: nobody agrees to what they asked themselves


class TooFewWords(Exception):
    """The reason was not put in words that a second officer could judge by."""


class NotDone(Exception):
    """The database refused; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.value)
        self.answer = answer


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one officer asks another to agree to.

    Errors: TooFewWords when fewer than ten letters are given.
    """

    kind: Kind
    reason: Reason
    words: str

    def __post_init__(self) -> None:
        if len("".join(self.words.split())) < FEWEST_LETTERS:
            raise TooFewWords


def reasons_of(kind: Kind) -> tuple[Reason, ...]:
    """Return the reasons that fit what is asked for."""
    if kind is Kind.LIFT:
        return (Reason.NO_LONGER_NEEDED, Reason.COURT_ORDER)
    return tuple(reason for reason in Reason if reason is not Reason.NO_LONGER_NEEDED)
