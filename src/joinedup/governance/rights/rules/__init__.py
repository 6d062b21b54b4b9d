"""Rules of the rights of the person: how long what is known of a child is kept, and what stops or proves its deletion.

Belongs here: pure choices on dates and statuses. Not here: finding them out (queries), deleting (operations).
"""

from joinedup.governance.rights.rules.asking import (
    MONTHS,
    MOST_WORDS,
    Asker,
    InTheFuture,
    Kind,
    NotInState,
    Outcome,
    OwnRequest,
    State,
    StillWaiting,
    TooFewLetters,
    TooLate,
    check_can_extend,
    check_said,
    due_on,
    state_of,
)
from joinedup.governance.rights.rules.deleting import Certified, NotApproved, NotOverYet, OnHold, fingerprint
from joinedup.governance.rights.rules.disputing import Decision, Mark, key_of
from joinedup.governance.rights.rules.holding import (
    FEWEST_LETTERS,
    MOST_LETTERS,
    HoldReason,
    NotHeld,
    TooFewWords,
    check_words,
)
from joinedup.governance.rights.rules.page import as_markdown, words_of
from joinedup.governance.rights.rules.redacting import Named, Ruling, Why, why_held, words_of_names
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
    "MONTHS",
    "MOST_LETTERS",
    "MOST_WORDS",
    "Anchor",
    "Asker",
    "Certified",
    "Decision",
    "Held",
    "HoldReason",
    "InTheFuture",
    "Keeping",
    "Kind",
    "Life",
    "Mark",
    "Named",
    "NotApproved",
    "NotHeld",
    "NotInState",
    "NotOverYet",
    "OnHold",
    "Outcome",
    "OwnRequest",
    "Period",
    "Ruling",
    "Schedule",
    "ScheduleUnreadable",
    "State",
    "Status",
    "StillWaiting",
    "TooFewLetters",
    "TooFewWords",
    "TooLate",
    "Why",
    "as_markdown",
    "born_by",
    "check_can_extend",
    "check_said",
    "check_words",
    "due_on",
    "fingerprint",
    "key_of",
    "read_schedule",
    "state_of",
    "weigh",
    "why_held",
    "words_of",
    "words_of_names",
    "years_after",
]
