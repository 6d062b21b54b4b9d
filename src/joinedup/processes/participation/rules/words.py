"""Words of participation that are chosen from: whose voice it is, on what occasion, and whom they let see it.

Belongs here: enumerations, each member explaining itself, and what must be said in words. Not here: sentences on pages (web).
"""

import enum

MOST_LETTERS, MOST_NAME = 4000, 200
_FEWEST_LETTERS = 2


class Voice(enum.StrEnum):
    """Whose voice it is, and whose page."""

    CHILD = "child"  #: the child or young person
    PARENT = "parent"  #: a parent with parental responsibility


class Occasion(enum.StrEnum):
    """When somebody said what they think."""

    ANY_TIME = "any_time"  #: because they wanted to
    ASSESSMENT = "assessment"  #: while somebody was finding out what is needed
    REVIEW = "review"  #: for a meeting at which the plan is looked at anew


class ShownTo(enum.StrEnum):
    """Whom they let see it."""

    LEAD = "lead"  #: whoever leads the plan, now and later
    HELPERS = "helpers"  #: everyone who helps and may read the plan
    NAMED = "named"  #: one person, and nobody after them


class SayMore(Exception):
    """Words are missing."""


class NobodyNamed(Exception):
    """One person alone is to see it, and who was not said, or they do not help this child."""


class NotAllowed(Exception):
    """No role of the viewer does this with this child."""


class NoSuchView(Exception):
    """There is no such view, or it is not shown to this viewer."""


class Answered(Exception):
    """Somebody has answered already."""


def check_said(text: str) -> str:
    """Return the words without blanks around them; a child may say no more than "no".

    Errors: SayMore where they say nothing.
    """
    said = text.strip()[:MOST_LETTERS]
    if len(said) < _FEWEST_LETTERS:
        raise SayMore
    return said
