"""Rules of the audit: the grounds of a decision, the bytes that are sealed, the tree over them, heads and proofs.

Belongs here: what needs neither database nor file. Not here: writing events and sealing them (operations).
"""

from joinedup.foundation.audit.rules.entries import Leaf, event_bytes, leaf_of, read_event, read_subjects
from joinedup.foundation.audit.rules.faults import Fault
from joinedup.foundation.audit.rules.grounds import Grounds
from joinedup.foundation.audit.rules.heads import Head, HeadFault
from joinedup.foundation.audit.rules.heads import check as check_heads
from joinedup.foundation.audit.rules.proofs import Proof, ProofFault
from joinedup.foundation.audit.rules.proofs import check as check_proof

__all__ = [
    "Fault",
    "Grounds",
    "Head",
    "HeadFault",
    "Leaf",
    "Proof",
    "ProofFault",
    "check_heads",
    "check_proof",
    "event_bytes",
    "leaf_of",
    "read_event",
    "read_subjects",
]
