"""The picture of why a record is linked to a child, drawn when somebody opens it on the child's page.

Belongs here: translating requests. Not here: the evidence (childindex), where its bars stand (waterfalls).
"""

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from joinedup.foundation import ids
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import context, doors, middleware
from joinedup.web.practitioner import linking, purposes

_NOT_SHOWN = (
    childindex_queries.NoSuchLink,
    childindex_queries.ReasonNeeded,
    childindex_queries.SecondFactorNeeded,
    people_queries.NoSuchChild,
)


@require_safe
@doors.may(context.FIND)
def why_drawn(request: middleware.Request, number: str, record_id: uuid.UUID) -> HttpResponse:
    """Draw the evidence of one link; a picture asks nobody why they look, so it is absent where the page would ask."""
    known = ids.child_number(number)
    if known is None:
        raise Http404
    purpose, _ = purposes.recall(request.session, number=known)
    look = childindex_queries.Look(viewer=request.viewer, number=known, purpose=purpose)
    try:
        record = childindex_queries.get_linked_record(look, person_record_id=record_id)
    except _NOT_SHOWN:
        raise Http404 from None
    if record.why is None:
        raise Http404
    return HttpResponse(linking.drawn(record.why), content_type="image/svg+xml")
