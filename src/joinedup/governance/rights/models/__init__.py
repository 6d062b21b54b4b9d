"""Tables of rights: holds, deletions and their certificates, what people ask about their own data.

Belongs here: what a person asked and decided. Not here: what is kept of a child (records, people).
"""

from joinedup.governance.rights.models.keeping import Certificate, DueDeletion, LegalHold
from joinedup.governance.rights.models.requests import DataRequest, DisputedFact, Redaction

__all__ = ["Certificate", "DataRequest", "DisputedFact", "DueDeletion", "LegalHold", "Redaction"]
