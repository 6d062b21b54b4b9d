"""Who asks the API, and whether their roles let them ask at all.

Belongs here: sign-in of other systems and of people's sessions, the doors of operations.
Not here: who may see which child (the rings decide), what a request looks like around (middleware).
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import security, throttling
from ninja.utils import check_csrf

from joinedup.api import problems
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations

#: What of the matrix the operations about children are for.
FIND = "find"


class Request(HttpRequest):
    """A request as our operations see it: who is looking, and whether another system gave a secret."""

    viewer: access_rules.Viewer
    is_of_client: bool


class ClientSecret(security.HttpBearer):
    """Another system of an agency, by its secret; the middleware has looked it up."""

    def __call__(self, request: HttpRequest) -> Any:
        return _viewer(request) if getattr(request, "is_of_client", False) else None

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # pragma: no cover  (asked for by the base class)
        raise NotImplementedError


class PersonSession(security.APIKeyCookie):
    """A person who signed in at the pages; what changes something must carry the token of a page of ours."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        viewer = None if getattr(request, "is_of_client", False) else _viewer(request)
        if viewer is not None and check_csrf(request) is not None:
            raise problems.Refused("not-from-here")
        return viewer

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # pragma: no cover  (as above)
        raise NotImplementedError


def _viewer(request: HttpRequest) -> access_rules.Viewer | None:
    viewer: access_rules.Viewer | None = getattr(request, "viewer", None)
    return viewer if viewer is not None and viewer.user_id is not None else None


def check_may_find(request: Request, *, act: str) -> None:
    """Let on only those to whom the matrix grants finding children on some ground; that others asked is written down.

    Errors: Refused.
    """
    if not access_queries.get_policy().may_ever(request.viewer.roles, FIND):
        audit_operations.record_denial(viewer=request.viewer, act=f"api.{act}", record_ref="")
        raise problems.Refused("not-allowed")


def sees_own_alone(viewer: access_rules.Viewer) -> bool:
    """Return whether the matrix lets this viewer read index entries only by what their own agency sent."""
    policy = access_queries.get_policy()
    return all("own" in cell.conditions for role in viewer.roles for cell in policy.cells_of(role, "T1"))


class SearchesOfOne(throttling.SimpleRateThrottle):
    """How many searches one viewer may begin in a minute, counted in each serving process for itself."""

    scope = "searches"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        viewer = _viewer(request)
        return None if viewer is None else self.cache_format % {"scope": self.scope, "ident": viewer.user_id}


class MatchesOfOne(SearchesOfOne):
    """How many stated persons one viewer may ask about in a minute, likewise."""

    scope = "matches"
