"""What a request must bring before a view is reached: someone signed in, a role, an open view in the audit.

Belongs here: decorators of views. Not here: who may see which child (the rings decide).
"""

import functools
import urllib.parse
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.core import exceptions
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from joinedup.foundation.audit import operations as audit_operations
from joinedup.web import context, middleware

Given = ParamSpec("Given")
View = Callable[Concatenate[middleware.Request, Given], HttpResponse]


def signed_in(view: View[Given]) -> View[Given]:
    """Send whoever is not signed in to sign in, and back here afterwards."""

    @functools.wraps(view)
    def guarded(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
        if request.viewer.user_id is None:
            after = urllib.parse.urlencode({"next": request.path})
            return redirect(f"{reverse('sign-in')}?{after}")
        return view(request, *args, **named)

    return guarded


def may(action: str) -> Callable[[View[Given]], View[Given]]:
    """Let in only those to whom the matrix grants this on some ground; that someone else asked is written down."""

    def decorate(view: View[Given]) -> View[Given]:
        @signed_in
        @functools.wraps(view)
        def guarded(request: middleware.Request, /, *args: Given.args, **named: Given.kwargs) -> HttpResponse:
            if not context.may(request.viewer, action):
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
