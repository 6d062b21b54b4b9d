"""Rules of looking: who is asking, what the policy allows them, and why.

Belongs here: the viewer, how surely they are known, the policy and the one decision, as values. The codes of roles,
grounds and actions are opaque here. Not here: what they stand for (agreements), who works where (agencies).
"""

from joinedup.foundation.access.rules.deciding import Asked, Decision, Outcome, decide
from joinedup.foundation.access.rules.passwords import FEWEST_OWN_LETTERS, own_letters
from joinedup.foundation.access.rules.policy import INVITED, STEP_UP, Cell, Policy
from joinedup.foundation.access.rules.secrecy import SECRET_BYTES, hash_of_secret
from joinedup.foundation.access.rules.signing import Assurance, browser_words, opens_pages, session_over_at
from joinedup.foundation.access.rules.viewing import Viewer

__all__ = [
    "FEWEST_OWN_LETTERS",
    "INVITED",
    "SECRET_BYTES",
    "STEP_UP",
    "Asked",
    "Assurance",
    "Cell",
    "Decision",
    "Outcome",
    "Policy",
    "Viewer",
    "browser_words",
    "decide",
    "hash_of_secret",
    "opens_pages",
    "own_letters",
    "session_over_at",
]
