"""Writes of the audit: events in the transaction they are about, and afterwards the seal over them.

Belongs here: the calls of the database's own functions, and the files of the seal. Not here: who may look (access).
"""

from joinedup.foundation.audit.operations.sealing import Sealed, SealRefused, declare_restored, seal
from joinedup.foundation.audit.operations.writing import (
    NoTransaction,
    add_subjects,
    keyed_hash,
    open_view,
    record,
    record_denial,
)

__all__ = [
    "NoTransaction",
    "SealRefused",
    "Sealed",
    "add_subjects",
    "declare_restored",
    "keyed_hash",
    "open_view",
    "record",
    "record_denial",
    "seal",
]
