"""What a request must bring before a view is reached: someone signed in, a role, a second factor, an open view in the audit.

Belongs here: decorators of views. Not here: who may see which child (the rings decide).
"""

import datetime
import functools
import urllib.parse
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core import exceptions
from django.http import HttpResponse

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.web import context, keeping, middleware

Given = ParamSpec("Given")
View = Callable[Concatenate[middleware.Request, Given], HttpResponse]


def signed_in(view: View[Given]) -> View[Given]:
    """Send whoever is not signed in to sign in, and back here afterwards; what they typed is kept."""

    @functools.wraps(view)
    def guarded(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
        user_id = request.viewer.user_id
        if user_id is None:
            return keeping.ask_to_sign_in(request)
        return keeping.let_go(request, view(request, *args, **named), user_id=user_id)

    guarded.keeps_typed_work = True  # type: ignore[attr-defined]  # read where a form is refused
    return guarded


def step_up_lasts() -> datetime.timedelta:
    """Return for how long a second factor that was shown counts."""
    return datetime.timedelta(minutes=settings.STEP_UP_MINUTES)


def stepped_up(view: View[Given]) -> View[Given]:
    """Ask for a second factor, unless one was shown a few minutes ago; stands inside `signed_in` or `may`.

    A made-up person has no second factor, and is let through among made-up people alone.
    """

    @functools.wraps(view)
    def guarded(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
        viewer = request.viewer
        if viewer.user_id is None:
            return keeping.ask_to_sign_in(request)
        if not viewer.is_stepped_up(at=request.session.at, within=step_up_lasts()):
            return keeping.ask_to_step_up(request, user_id=viewer.user_id)
        refuse_made_up_among_real(request)
        return view(request, *args, **named)

    return guarded


def refuse_made_up_among_real(request: middleware.Request) -> None:
    """Refuse a made-up person, who counts as having shown a second factor, where there are real people.

    Errors: PermissionDenied.
    """
    is_made_up = request.session.assurance is access_rules.Assurance.DEMO
    if is_made_up and not access_queries.get_installation().holds_synthetic_people:
        raise exceptions.PermissionDenied


def may(action: str) -> Callable[[View[Given]], View[Given]]:
    """Let in only those to whom the matrix grants this on some ground; that someone else asked is written down."""
    return lets_in(lambda viewer: context.may(viewer, action))


def lets_in(allows: Callable[[access_rules.Viewer], bool]) -> Callable[[View[Given]], View[Given]]:
    """Let in only those whom this allows; that someone else asked is written down."""

    def decorate(view: View[Given]) -> View[Given]:
        @signed_in
        @functools.wraps(view)
        def guarded(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
            if not allows(request.viewer):
                # Quoted, for an address may hold what the database cannot.
                asked_for = urllib.parse.quote(request.path)
                audit_operations.record_denial(viewer=request.viewer, act=f"web.{view.__name__}", record_ref=asked_for)
                raise exceptions.PermissionDenied
            return view(request, *args, **named)

        return guarded

    return decorate


def opens(act: str) -> Callable[[View[Given]], View[Given]]:
    """Write who looks at what before the view runs; without it the database shows it nothing."""

    def decorate(view: View[Given]) -> View[Given]:
        @functools.wraps(view)
        def guarded(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
            reference = ",".join(str(value) for value in named.values())
            audit_operations.open_view(viewer=request.viewer, act=act, record_ref=reference)
            return view(request, *args, **named)

        return guarded

    return decorate
