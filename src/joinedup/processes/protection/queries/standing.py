"""How a viewer stands to what is done to protect a child: whether they read it, and which acts the matrix lets them do.

Belongs here: asking the matrix. Not here: the matrix itself.
"""

import dataclasses
import uuid

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.processes.protection import rules

_SUPERVISES = frozenset({"S"})
#: As a worker one is no member of the family.
_OF_THE_FAMILY = frozenset({"Y"})
_NO_REASON = frozenset({"", childindex_rules.Purpose.OWN_WORK})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """On which grounds the matrix is asked about one child, and what is given."""

    viewer: access_rules.Viewer
    grounds: frozenset[str]
    given: frozenset[str]

    def may(self, act: str) -> bool:
        """Return whether the viewer does this by their own word."""
        return _decide(self.viewer, rules.ACTIONS[act], self.grounds, self.given)


def stand(*, viewer: access_rules.Viewer, opened: childindex_queries.Opened) -> Standing:
    """Return how the viewer stands to a child who is open before them at the statutory tier.

    Errors: NoSuchConcern for whoever does not read that tier, or reads it as the family alone.
    """
    grounds = opened.grounds - _OF_THE_FAMILY
    if rules.READ not in opened.tiers or opened.grounds & _OF_THE_FAMILY:
        raise rules.NoSuchConcern
    given = viewer.given | (frozenset() if opened.purpose in _NO_REASON else {"purpose"})
    # Whoever hands over by their own word as supervisor is one who accepts what others propose.
    if _decide(viewer, "transfer", grounds & _SUPERVISES, given):
        given |= {"accept"}
    return Standing(viewer=viewer, grounds=grounds, given=given)


def _decide(viewer: access_rules.Viewer, action: str, grounds: frozenset[str], given: frozenset[str]) -> bool:
    asked = access_rules.Asked(roles=viewer.roles, action=action, grounds=grounds, given=given)
    return access_rules.decide(policy=access_queries.get_policy(), asked=asked).is_allowed


def origin(concern_id: uuid.UUID) -> str:
    """Return under which name the ties that a concern makes are kept.

    Shapes: 40 letters; the database's functions write the same.
    """
    return f"protect {concern_id.hex}"
