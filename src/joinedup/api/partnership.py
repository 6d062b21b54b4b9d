"""Operations that say how things are set up here: who asks, which agencies there are, the matrix.

Belongs here: translating requests. No child is in any of these answers.
"""

from typing import Any

from ninja import Router

from joinedup.api import asking, declared, presenters, shapes
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import queries as access_queries
from joinedup.governance.agreements import queries as agreements_queries

router = Router(tags=["partnership"])


@router.get("/health", auth=None, response=declared.of_nobody(shapes.Health))
def get_health(request: asking.Request) -> dict[str, str]:
    """Whether the interface answers and the records can be reached; it tells nothing else, to anyone."""
    return {"status": "ready"}


@router.get("/me", response=declared.of(shapes.Viewer))
def get_me(request: asking.Request) -> dict[str, Any]:
    """Who is asking, with which roles, for which agency, and what these roles may do on some ground."""
    viewer = request.viewer
    policy = access_queries.get_policy()
    actions = [word.code for word in agreements_queries.get_matrix().actions]
    agency = next((card.code for card in agencies_queries.get_agencies() if card.id == viewer.home_id), "")
    return {
        "name": viewer.name,
        "roles": sorted(viewer.roles),
        "agency_code": agency,
        "actions": [action for action in actions if policy.may_ever(viewer.roles, action)],
        "policy_version": policy.version,
    }


@router.get("/agencies", response=declared.of(shapes.Agencies))
def get_agencies(request: asking.Request) -> dict[str, Any]:
    """All agencies, by name."""
    return {"agencies": agencies_queries.get_agencies()}


@router.get("/policy", response=declared.of(shapes.Policy))
def get_policy(request: asking.Request) -> dict[str, Any]:
    """The permission matrix: which role may do what, on which ground."""
    return presenters.policy(agreements_queries.get_matrix())
