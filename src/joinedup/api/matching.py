"""The operation that says whether a stated person is a known child, for systems and workers that may find children.

Belongs here: translating requests. Not here: who is known (childindex).
"""

from typing import Any

from django.conf import settings
from ninja import Router

from joinedup.api import asked, asking, declared, presenters, problems, shapes
from joinedup.foundation import clock
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules

router = Router(tags=["matches"])
_EMPTY = problems.Fault(where="body", says="State a name, a date of birth, a number or a postcode")
_WRONG = {
    "nhs_number": "This is not an NHS number",
    "upn": "This is not a unique pupil number",
    "postcode": "This is not a postcode",
}


@router.post(
    "",
    response=declared.of(shapes.Match, posts=True, more=(403, 429)),
    throttle=[asking.MatchesOfOne(f"{settings.API_SEARCHES_A_MINUTE}/min")],
)
def match_person(request: asking.Request, person: asked.Person) -> dict[str, Any]:
    """Whether the person who is stated is a child known here; nothing is kept of the question but that it was asked."""
    asking.check_may_find(request, act="match")
    if wrong := person.wrong_numbers():
        raise problems.Refused("not-valid", [problems.Fault(where=f"body.{name}", says=_WRONG[name]) for name in wrong])
    try:
        found = childindex_queries.match_stated(
            viewer=request.viewer, identity=person.as_rule(), purpose=person.purpose or "", on=clock.today()
        )
    except childindex_rules.EmptyCriteria:
        raise problems.Refused("not-valid", [_EMPTY]) from None
    return presenters.match(found, is_own_alone=asking.sees_own_alone(request.viewer))
