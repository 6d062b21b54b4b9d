"""Reads of the audit: checking the seal, proving that one event is under it, and the looks of a span of time.

Belongs here: what the holder of the owner's address may ask, and what a batch may. Not here: sealing (operations).
"""

from joinedup.foundation.audit.queries.looking import WeekLine, count_hours, read_looks
from joinedup.foundation.audit.queries.proving import NoSuchEvent, NotAsSigned, prove
from joinedup.foundation.audit.queries.rows import NotUnderstood
from joinedup.foundation.audit.queries.verifying import Verified, verify

__all__ = [
    "NoSuchEvent",
    "NotAsSigned",
    "NotUnderstood",
    "Verified",
    "WeekLine",
    "count_hours",
    "prove",
    "read_looks",
    "verify",
]
