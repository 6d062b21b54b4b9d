"""On what grounds a look or a change was let be or refused, as the audit keeps it.

Belongs here: the answer as a value; all of it are opaque codes here. Not here: finding the answer (access, agreements).
"""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What decided: the answer, the rule that gave it, and the edition of the rules it stands in.

    `tier` is how guarded the content is, from 0, or None where that says nothing.
    """

    decision: str = "allow"
    rule: str = ""
    relationship: str = ""
    tier: int | None = None
    policy_version: str = ""
    basis: str = ""
