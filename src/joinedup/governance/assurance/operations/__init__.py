"""Writes of assurance: what families may read, what workers declare, and the work on unusual looking.

Belongs here: what changes these. Not here: what follows from them (rules).
"""

from joinedup.governance.assurance.operations.declaring import declare_address, declare_child, watch_child
from joinedup.governance.assurance.operations.finding import MoreThanAWeek, Run, find_unusual_looks, monday_of
from joinedup.governance.assurance.operations.reviewing import (
    AlreadyDecided,
    NotOpened,
    ReasonTooShort,
    decide,
    open_case,
)
from joinedup.governance.assurance.operations.safety import (
    MayNotRecordSafety,
    NoReason,
    end_suspension,
    record_parental_safety,
    suspend_looks,
)

__all__ = [
    "AlreadyDecided",
    "MayNotRecordSafety",
    "MoreThanAWeek",
    "NoReason",
    "NotOpened",
    "ReasonTooShort",
    "Run",
    "decide",
    "declare_address",
    "declare_child",
    "end_suspension",
    "find_unusual_looks",
    "monday_of",
    "open_case",
    "record_parental_safety",
    "suspend_looks",
    "watch_child",
]
