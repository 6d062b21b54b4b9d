"""Tables of assurance: what families may read, what workers declare, and what looking is under review.

Belongs here: rows and the promises they keep. Not here: the looks themselves, which the audit holds (foundation.audit).
"""

from joinedup.governance.assurance.models.interests import DeclaredInterest, WatchedChild
from joinedup.governance.assurance.models.safety import LookSuspension, ParentalViewSafety
from joinedup.governance.assurance.models.unusual import LookTally, UnusualLook

__all__ = ["DeclaredInterest", "LookSuspension", "LookTally", "ParentalViewSafety", "UnusualLook", "WatchedChild"]
