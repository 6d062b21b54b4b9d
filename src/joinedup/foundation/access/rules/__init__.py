"""Rules of looking: who is asking, what the policy allows them, and why.

Belongs here: the viewer, the policy and the one decision, as values. The codes of roles, grounds and actions are opaque
here. Not here: what they stand for (agreements), who works where (agencies).
"""

from joinedup.foundation.access.rules.deciding import Asked, Decision, Outcome, decide
from joinedup.foundation.access.rules.policy import Cell, Policy
from joinedup.foundation.access.rules.secrecy import SECRET_BYTES, hash_of_secret
from joinedup.foundation.access.rules.viewing import Viewer

__all__ = [
    "SECRET_BYTES",
    "Asked",
    "Cell",
    "Decision",
    "Outcome",
    "Policy",
    "Viewer",
    "decide",
    "hash_of_secret",
]
