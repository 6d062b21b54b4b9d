"""Rules of looking: who is asking, what the policy allows them, and why.

Belongs here: the viewer, the policy and the one decision, as values. The codes of roles, grounds and actions are opaque
here. Not here: what they stand for (agreements), who works where (agencies).
"""

from joinedup.foundation.access.rules.deciding import Asked, Decision, Outcome, decide
from joinedup.foundation.access.rules.policy import Cell, Policy
from joinedup.foundation.access.rules.viewing import Viewer

__all__ = ["Asked", "Cell", "Decision", "Outcome", "Policy", "Viewer", "decide"]
