"""Tables of source records: the file as it came, the rows in it, and what they say.

Belongs here: what agencies sent, kept exactly. Not here: which records are the same child (childindex).
"""

from joinedup.delivery.records.models.batches import Batch, Refusal, SourceFile, SourceFileChunk
from joinedup.delivery.records.models.held import HeldAddress
from joinedup.delivery.records.models.sayings import ChronologyEntry, IdentityStatement, Involvement, Relative
from joinedup.delivery.records.models.sources import PersonRecord, RepeatedRow, SourceRecord

__all__ = [
    "Batch",
    "ChronologyEntry",
    "HeldAddress",
    "IdentityStatement",
    "Involvement",
    "PersonRecord",
    "Refusal",
    "Relative",
    "RepeatedRow",
    "SourceFile",
    "SourceFileChunk",
    "SourceRecord",
]
