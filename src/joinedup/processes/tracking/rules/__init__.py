"""Rules of tracking: who is listed as perhaps lost between services, why, and what closes a listing."""

from joinedup.processes.tracking.rules.facts import (
    REFERRED_WITHIN_WORKING_DAYS,
    SCHOOL_DAYS_WITHOUT_A_ROLL,
    Day,
    Facts,
    Span,
    day_of,
    finding,
    school_year,
)
from joinedup.processes.tracking.rules.listed import (
    LISTS,
    AlreadyAnswered,
    ConcernRecorded,
    ListRule,
    NoSuchListing,
    NotAPractitioner,
    Outcome,
    WordsNeeded,
    check_outcome,
    measure,
)

__all__ = [
    "LISTS",
    "REFERRED_WITHIN_WORKING_DAYS",
    "SCHOOL_DAYS_WITHOUT_A_ROLL",
    "AlreadyAnswered",
    "ConcernRecorded",
    "Day",
    "Facts",
    "ListRule",
    "NoSuchListing",
    "NotAPractitioner",
    "Outcome",
    "Span",
    "WordsNeeded",
    "check_outcome",
    "day_of",
    "finding",
    "measure",
    "school_year",
]
