"""Rules of legal holds: why a record may have to be kept, and that it is said in words.

Belongs here: reasons and their bounds. Not here: what a hold stops (weighing, and the database's own function).
"""

import enum

FEWEST_LETTERS, MOST_LETTERS = 20, 500


class HoldReason(enum.StrEnum):
    """Why a record is kept whatever the schedule says."""

    INQUIRY = "inquiry"  #: a public inquiry asked that nothing be destroyed
    COURT = "court"  #: a court, a tribunal or a claim needs it, or may
    COMPLAINT = "complaint"  #: a complaint or a request about this record is open
    REVIEW = "review"  #: a safeguarding practice review or a child death review
    WISH = "wish"  #: the person whom it is about asked that it be kept


class TooFewWords(Exception):
    """A hold is placed and lifted with words by which someone could judge it."""


class NotHeld(Exception):
    """The hold is lifted already."""


def check_words(words: str) -> str:
    """Return the words of why, trimmed.

    Errors: TooFewWords when fewer than twenty letters are given.
    """
    trimmed = " ".join(words.split())[:MOST_LETTERS]
    if len(trimmed.replace(" ", "")) < FEWEST_LETTERS:
        raise TooFewWords
    return trimmed
