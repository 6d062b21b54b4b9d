"""Operations that find a child: what is remembered goes in a body, and the answer has an address that says nothing.

Belongs here: translating requests. Not here: who fits (childindex).
"""

import re
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router, Status

from joinedup.api import asked, asking, declared, presenters, problems, shapes
from joinedup.foundation import clock
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules

router = Router(tags=["searches"])
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_EMPTY = problems.Fault(where="body", says="Give a name, a date of birth, a number or a postcode")


@router.post(
    "",
    response=declared.of(shapes.SearchBegun, status=201, posts=True, more=(403, 429)),
    throttle=[asking.SearchesOfOne(f"{settings.API_SEARCHES_A_MINUTE}/min")],
)
def begin_search(
    request: asking.Request,
    criteria: asked.Criteria,
    response: HttpResponse,
) -> Status[dict[str, str]]:
    """Ask for a child. The answer is kept for half an hour for whoever asked, at an address that says nothing."""
    asking.check_may_find(request, act="search")
    try:
        token = childindex_operations.begin_search(
            criteria=criteria.as_rule(), purpose=criteria.purpose or "", by=request.viewer, at=clock.now()
        )
    except childindex_rules.EmptyCriteria:
        raise problems.Refused("not-valid", [_EMPTY]) from None
    href = reverse("api:get_search", kwargs={"token": token})
    response.headers["Location"] = href
    return Status(201, {"token": token, "href": href})


@router.get("/{token}", response=declared.of(shapes.Found, more=(403, 404)))
def get_search(
    request: asking.Request, token: Annotated[str, Path()], part: Annotated[asked.Part, Query()]
) -> dict[str, Any]:
    """A part of the children who fit, the best first."""
    asking.check_may_find(request, act="search")
    if not _TOKEN.fullmatch(token):
        raise childindex_queries.NoSuchSearch
    criteria, purpose = childindex_queries.get_search(token=token, viewer=request.viewer)
    answer = childindex_queries.find_children(
        viewer=request.viewer, criteria=criteria, purpose=purpose, on=clock.today()
    )
    is_own_alone = asking.sees_own_alone(request.viewer)
    return presenters.found(answer, first=part.first, count=part.count, is_own_alone=is_own_alone)
