"""How a viewer stands to an episode: whether it is their own team's, and which acts the matrix then lets them do.

Belongs here: what the viewer's sight says, and asking the matrix. Not here: the matrix itself.
"""

import dataclasses
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.casework import rules

_TEAM_INVOLVED, _SUPERVISES = "I", "S"
_READ = "T2"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """On which grounds the matrix is asked about one episode, and what is given."""

    viewer: access_rules.Viewer
    grounds: frozenset[str]
    given: frozenset[str]
    is_own_team: bool

    @property
    def may_read(self) -> bool:
        """Return whether the plan is read: whose team answers for an episode, is involved with the child."""
        return decide(self.viewer, _READ, self.grounds, given=self.given)

    def may(self, act: str) -> bool:
        """Return whether the viewer does this by their own word."""
        return decide(self.viewer, rules.ACTIONS[act], self.grounds, given=self.given)

    def may_once_agreed(self, act: str) -> bool:
        """Return whether the viewer does this once a manager has agreed."""
        return decide(self.viewer, rules.ACTIONS[act], self.grounds, given=self.given | {"accept"})


def stand(*, viewer: access_rules.Viewer, grounds: frozenset[str], circles: Sequence[int]) -> Standing:
    """Return how the viewer stands to an episode of these teams, once the child is open on these grounds.

    Shapes: 1 query. That someone gave a reason for looking is no ground for any act.
    """
    return of_circles(viewer=viewer, grounds=grounds, circles=circles, own=get_circles())


def of_circles(
    *, viewer: access_rules.Viewer, grounds: frozenset[str], circles: Sequence[int], own: frozenset[int]
) -> Standing:
    """Return the same where it is known already in which teams the viewer works."""
    is_own = not own.isdisjoint(circles)
    held = grounds | ({_TEAM_INVOLVED} if is_own else frozenset())
    given = viewer.given | ({"own"} if is_own else frozenset())
    # Whoever hands over by their own word as supervisor is one who accepts what others propose.
    if decide(viewer, "transfer", held & {_SUPERVISES}, given=given):
        given |= {"accept"}
    return Standing(viewer=viewer, grounds=held, given=given, is_own_team=is_own)


def decide(viewer: access_rules.Viewer, action: str, grounds: frozenset[str], *, given: frozenset[str]) -> bool:
    """Return whether the matrix lets this viewer do something on these grounds."""
    asked = access_rules.Asked(roles=viewer.roles, action=action, grounds=grounds, given=given)
    return access_rules.decide(policy=access_queries.get_policy(), asked=asked).is_allowed


def get_circles() -> frozenset[int]:
    """Return the teams that the viewer of this view works in.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(access_circles(), '{}')")
        row = cursor.fetchone()
    return frozenset(row[0]) if row else frozenset()


def is_team(team_id: int) -> bool:
    """Return whether a team is the viewer's own, or of the whole agency that they work for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_circles_of(%s) && access_circles()", [team_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def origin(episode_id: uuid.UUID) -> str:
    """Return under which name the ties that an episode makes are kept.

    Shapes: at most 40 letters; the database's functions write the same.
    """
    return f"case {episode_id.hex}"
