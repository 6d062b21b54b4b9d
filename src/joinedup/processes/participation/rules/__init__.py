"""Rules of participation: invitations, who sees what somebody thinks, when an answer is owed, and plain words.

Belongs here: pure choices on values. Not here: rows (models), the matrix (agreements), sentences on pages (web).
"""

from joinedup.processes.participation.rules.inviting import (
    OWN_PAGE_FROM_YEARS,
    InvitationIsOver,
    NameIsTaken,
    NotRecordedSafe,
    Standing,
    TooYoung,
    check_may_have_a_page,
    is_grown_up,
    is_old_enough,
    stands,
    ties,
)
from joinedup.processes.participation.rules.reading import (
    GRADE_AT_AGE_NINE,
    NothingToRead,
    Span,
    explained,
    grade,
    syllables,
)
from joinedup.processes.participation.rules.showing import (
    Choice,
    Looker,
    answer_due_on,
    is_answer_late,
    is_shown,
    may_answer,
)
from joinedup.processes.participation.rules.words import (
    MOST_LETTERS,
    MOST_NAME,
    Answered,
    NobodyNamed,
    NoSuchView,
    NotAllowed,
    Occasion,
    SayMore,
    ShownTo,
    Voice,
    check_said,
)

__all__ = [
    "GRADE_AT_AGE_NINE",
    "MOST_LETTERS",
    "MOST_NAME",
    "OWN_PAGE_FROM_YEARS",
    "Answered",
    "Choice",
    "InvitationIsOver",
    "Looker",
    "NameIsTaken",
    "NoSuchView",
    "NobodyNamed",
    "NotAllowed",
    "NotRecordedSafe",
    "NothingToRead",
    "Occasion",
    "SayMore",
    "ShownTo",
    "Span",
    "Standing",
    "TooYoung",
    "Voice",
    "answer_due_on",
    "check_may_have_a_page",
    "check_said",
    "explained",
    "grade",
    "is_answer_late",
    "is_grown_up",
    "is_old_enough",
    "is_shown",
    "may_answer",
    "stands",
    "syllables",
    "ties",
]
