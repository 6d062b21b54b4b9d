"""Rules of break-glass: what must be said, how long it lasts, and by when it is reviewed.

Belongs here: the bounds, as values. Not here: who may break glass at all (the matrix), rows (models).
"""

import dataclasses
import datetime
import enum

from joinedup.foundation.timescales import rules as timescales_rules

MOST_MINUTES = 60
LONGEST = datetime.timedelta(minutes=MOST_MINUTES)
FEWEST_LETTERS = 20
MOST_LETTERS = 500
#: So many looks found unjustified within the days, and the person may break glass no more.
REJECTED_BEFORE_SUSPENSION, WITHIN_DAYS = 3, 90


class Reason(enum.StrEnum):
    """Why someone looks in an emergency."""

    LIFE_AT_RISK = "life_at_risk"  #: a child's life or safety is at risk now
    SECTION_47 = "section_47"  #: enquiries under section 47 of the Children Act 1989 cannot wait
    OUT_OF_HOURS = "out_of_hours"  #: nobody who works with the child can be reached
    MISSING = "missing"  #: the child is missing
    COURT_ORDER = "court_order"  #: a court has ordered it


class Outcome(enum.StrEnum):
    """What a review found."""

    JUSTIFIED = "justified"  #: it was an emergency, and no more was opened than it took
    JUSTIFIED_WITH_ADVICE = "justified_with_advice"  #: it was, and there is something to learn
    NOT_JUSTIFIED = "not_justified"  #: it was none; counts towards suspension


class TooFewWords(Exception):
    """The reason was not put in words that a reviewer could judge by."""


class MayNotReview(Exception):
    """A look is reviewed by someone else than the person who looked, and once."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a person says when they break glass.

    Errors: TooFewWords when fewer than twenty letters are given; more than 500 are cut.
    """

    reason: Reason
    words: str

    def __post_init__(self) -> None:
        if len("".join(self.words.split())) < FEWEST_LETTERS:
            raise TooFewWords


def review_due_at(started_at: datetime.datetime, *, calendar: timescales_rules.Calendar) -> datetime.datetime:
    """Return by when a look must be reviewed: the same time on the next working day.

    Units: the time zone of `started_at`.
    """
    next_day = started_at.date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(calendar.next_working_day(next_day), started_at.timetz())
