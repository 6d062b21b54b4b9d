"""Rules of the rights of the person: how long what is known of a child is kept, and what stops or proves its deletion.

Belongs here: pure choices on dates and statuses. Not here: finding them out (queries), deleting (operations).
"""

from joinedup.governance.rights.rules.deleting import Certified, NotApproved, NotOverYet, OnHold, fingerprint
from joinedup.governance.rights.rules.holding import (
    FEWEST_LETTERS,
    MOST_LETTERS,
    HoldReason,
    NotHeld,
    TooFewWords,
    check_words,
)
from joinedup.governance.rights.rules.page import as_markdown, words_of
from joinedup.governance.rights.rules.retention import KNOWN, Held, Keeping, Life, years_after
from joinedup.governance.rights.rules.schedule import (
    Anchor,
    Period,
    Schedule,
    ScheduleUnreadable,
    Status,
    read_schedule,
)
from joinedup.governance.rights.rules.weighing import born_by, weigh

__all__ = [
    "FEWEST_LETTERS",
    "KNOWN",
    "MOST_LETTERS",
    "Anchor",
    "Certified",
    "Held",
    "HoldReason",
    "Keeping",
    "Life",
    "NotApproved",
    "NotHeld",
    "NotOverYet",
    "OnHold",
    "Period",
    "Schedule",
    "ScheduleUnreadable",
    "Status",
    "TooFewWords",
    "as_markdown",
    "born_by",
    "check_words",
    "fingerprint",
    "read_schedule",
    "weigh",
    "words_of",
    "years_after",
]
