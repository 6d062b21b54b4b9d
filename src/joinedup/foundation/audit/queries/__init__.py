"""Reads of the audit: checking the seal, and proving that one event is under it.

Belongs here: what the holder of the owner's address may ask. Not here: sealing (operations).
"""

from joinedup.foundation.audit.queries.proving import NoSuchEvent, NotAsSigned, prove
from joinedup.foundation.audit.queries.rows import NotUnderstood
from joinedup.foundation.audit.queries.verifying import Verified, verify

__all__ = ["NoSuchEvent", "NotAsSigned", "NotUnderstood", "Verified", "prove", "verify"]
