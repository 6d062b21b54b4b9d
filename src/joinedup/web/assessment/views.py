"""A child's assessments: the list, beginning one, one as it stands, and who it is about.

Belongs here: translating requests. Not here: words (wording), writing answers (writing), signing (signing).
"""

import datetime
import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation import clock, ids
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.assessment import operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import announcing, middleware
from joinedup.web.assessment import entering, families, signing, wording

_NOT_A_DATE = "This is not a date: for example, 27 3 2026"
_LATER = "A referral cannot have been received in the future"
_NOT_YOURS = "You may not assess one of these children; begin without them, and whoever works with them can add them"


@require_safe
@entering.by_child
def assessments(request: middleware.Request, number: str) -> HttpResponse:
    """Show a child's assessments."""
    found = queries.get_assessments(viewer=request.viewer, number=number, purpose=entering.purpose_of(request, number))
    page = wording.list_page(found, message=announcing.said(request))
    return render(request, "assessment/list.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@entering.by_child
def begin(request: middleware.Request, number: str) -> HttpResponse:
    """Ask of whom an assessment is, and begin it."""
    purpose = entering.purpose_of(request, number)
    found = queries.get_assessments(viewer=request.viewer, number=number, purpose=purpose)
    if not found.may_begin:
        raise operations.NotAllowed(number)
    look = childindex_queries.Look(viewer=request.viewer, number=number, purpose=purpose)
    siblings = childindex_queries.get_near(look).others_at_home
    error = refused = ""
    chosen = [one for one in request.POST.getlist("sibling") if one in {sibling.number for sibling in siblings}]
    if request.method == "POST":
        referral, error = referral_date(request.POST)
        if not error:
            begun = operations.Begun(numbers=[found.child.number, *chosen], purpose=purpose, referral_date=referral)
            try:
                assessment_id = operations.begin(begun=begun, by=request.viewer, at=clock.now())
                return redirect("assessment", found.child.number, assessment_id)
            except (operations.NotAllowed, childindex_queries.ReasonNeeded, people_queries.NoSuchChild):
                refused = _NOT_YOURS
    page = wording.begin_page(
        found.child.full_name, number, siblings, chosen=chosen, given=request.POST, error=error, refused=refused
    )
    return render(request, "assessment/begin.jinja", {"page": page}, status=422 if page.errors else 200)


def referral_date(posted: Mapping[str, str]) -> tuple[datetime.date | None, str]:
    """Return the day that was typed, or what is wrong with it; nothing where nothing was typed."""
    typed = [posted.get(f"referral-{part}", "").strip() for part in ("year", "month", "day")]
    if not any(typed):
        return None, ""
    try:
        year, month, day = (int(part) for part in typed)
        date = datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None, _NOT_A_DATE
    return (None, _LATER) if date > clock.today() else (date, "")


@require_safe
@entering.by_child
def assessment(request: middleware.Request, number: str, assessment_id: uuid.UUID) -> HttpResponse:
    """Show one assessment as it stands."""
    return whole(request, entering.asked(request, number, assessment_id))


def whole(request: middleware.Request, asked: queries.Asked, *, refused: str = "") -> HttpResponse:
    """Show one assessment, with why something could not be done."""
    found = queries.get_assessment(asked, at=clock.now())
    page = wording.assessment_page(
        found,
        message=None if refused else announcing.said(request),
        may_take=signing.may_take(request.viewer, found.opened),
        refused=refused,
    )
    return render(request, "assessment/assessment.jinja", {"page": page}, status=422 if refused else 200)


@require_POST
@entering.by_child
def again(request: middleware.Request, number: str, assessment_id: uuid.UUID) -> HttpResponse:
    """Begin a signed assessment again on the present form."""
    asked = entering.asked(request, number, assessment_id)
    try:
        new_id = operations.begin_again(asked=asked, by=request.viewer, at=clock.now())
    except rules.NotInState:
        return whole(request, asked, refused="Only an assessment that is signed off can be begun again")
    messages.success(request, "This is a new assessment, with what stood in the one before.")
    return redirect("assessment", number, new_id)


@require_http_methods(["GET", "HEAD", "POST"])
@entering.by_child
def family(request: middleware.Request, number: str, assessment_id: uuid.UUID) -> HttpResponse:
    """Take a brother or sister into an assessment, or children out of it."""
    asked = entering.asked(request, number, assessment_id)
    found = queries.get_assessment(asked, at=clock.now())
    if not found.opened.may_write_all:
        raise operations.NotAllowed(number)
    refused = ""
    if request.method == "POST":
        joining = ids.child_number(request.POST.get("join", ""))
        try:
            if joining is not None:
                operations.add_child(asked=asked, joining=joining, by=request.viewer, at=clock.now())
                messages.success(request, "One more child is in this assessment. Their own part is new.")
                return redirect("assessment", number, assessment_id)
            leaving = families.leaving_of(request.POST.getlist("leave"), found.opened)
            new_id = operations.part(asked=asked, leaving=leaving, by=request.viewer, at=clock.now())
        except tuple(families.REFUSED) as refusal:
            refused = families.refusal_words(refusal)
        else:
            messages.success(request, "They have an assessment of their own now, with a copy of what is shared.")
            return redirect(_after_parting(found.opened, leaving, new_id))
    look = childindex_queries.Look(viewer=request.viewer, number=number, purpose=asked.purpose)
    near = childindex_queries.get_near(look).others_at_home
    page = families.family_page(found.opened, near, refused=refused)
    return render(request, "assessment/family.jinja", {"page": page}, status=422 if refused else 200)


def _after_parting(opened: queries.Opened, leaving: list[uuid.UUID], new_id: uuid.UUID) -> str:
    """Return where one goes on: where the child is whose page this was."""
    is_gone = opened.child.id in leaving
    return reverse("assessment", args=[opened.child.number, new_id if is_gone else opened.row.id])
