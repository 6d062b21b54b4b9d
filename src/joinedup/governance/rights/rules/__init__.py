"""Rules of the rights of the person: how long what is known of a child is kept.

Belongs here: pure choices on dates and statuses. Not here: finding them out (queries), deleting (operations).
"""

from joinedup.governance.rights.rules.page import as_markdown, words_of
from joinedup.governance.rights.rules.retention import Held, Keeping, Life, years_after
from joinedup.governance.rights.rules.schedule import (
    Anchor,
    Period,
    Schedule,
    ScheduleUnreadable,
    Status,
    read_schedule,
)
from joinedup.governance.rights.rules.weighing import weigh

__all__ = [
    "Anchor",
    "Held",
    "Keeping",
    "Life",
    "Period",
    "Schedule",
    "ScheduleUnreadable",
    "Status",
    "as_markdown",
    "read_schedule",
    "weigh",
    "words_of",
    "years_after",
]
