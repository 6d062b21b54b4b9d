"""The way into an assessment's pages: by a child's number, for those who read early help, refused as everywhere else.

Belongs here: what all views of assessments share. Not here: what they show.
"""

import functools
import uuid
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.core import exceptions
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.assessment import operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import context, doors, middleware
from joinedup.web.practitioner import purposes

Given = ParamSpec("Given")
View = Callable[Concatenate[middleware.Request, Given], HttpResponse]
_READ = "T2"
_NOT_THERE = (
    people_queries.NoSuchChild,
    queries.NoSuchAssessment,
    queries.NoSuchAnswer,
    queries.NoSuchVersion,
    operations.NoSuchWaiting,
    rules.NoSuchField,
)


def _reads(viewer: access_rules.Viewer) -> bool:
    """Return whether a person looks children up and reads early help of some of them."""
    return context.may(viewer, context.FIND) and context.may(viewer, _READ)


def by_child(view: View[Given]) -> View[Given]:
    """Let in those who read early help; say why first where no work of theirs leads to the child; the rest is not there."""

    @functools.wraps(view)
    def entered(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
        number = str(named["number"])
        # Links of ours bear the number as it is written; nothing else leads here.
        if ids.child_number(number) != number:
            raise Http404
        try:
            return view(request, *args, **named)
        except (childindex_queries.ReasonNeeded, childindex_queries.SecondFactorNeeded):
            return redirect("child", number)
        except _NOT_THERE:
            raise Http404 from None
        except operations.NotAllowed:
            audit_operations.record_denial(
                viewer=request.viewer, act=f"assessment.{view.__name__}", record_ref=request.path
            )
            raise exceptions.PermissionDenied from None

    return doors.lets_in(_reads)(entered)


def asked(request: middleware.Request, number: str, assessment_id: uuid.UUID) -> queries.Asked:
    """Return who asks for which assessment, with the reason that was given for the child."""
    return queries.Asked(
        viewer=request.viewer, number=number, assessment_id=assessment_id, purpose=purpose_of(request, number)
    )


def purpose_of(request: middleware.Request, number: str) -> str:
    """Return why this person looks at the child, as they said it on the child's page."""
    purpose, _ = purposes.recall(request.session, number=number)
    return purpose
