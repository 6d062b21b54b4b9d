"""Tables of rights: holds, what is due for deletion, and the certificates of what was deleted.

Belongs here: what a person decided about keeping. Not here: what is kept (records, people).
"""

from joinedup.governance.rights.models.keeping import Certificate, DueDeletion, LegalHold

__all__ = ["Certificate", "DueDeletion", "LegalHold"]
