"""The words of signing in that stand on more than one page, and the pages that say why someone is not let in.

Belongs here: words and plain refusals. Not here: deciding anything.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from joinedup.web import presenters

IS_KEPT = "You were signed out. What you typed is kept for you, and waits until you have signed in."
PASSWORD_HINT = "At least 12 characters. Three words that do not belong together are easy to remember."  # noqa: S105
_NOTHING = "Nothing was changed."


def not_set_up(request: HttpRequest) -> HttpResponse:
    """Answer someone whom their directory knows and we do not."""
    return _refusal(
        request,
        presenters.Problem(
            heading="You are not set up here",
            happened="Your agency says who you are, and nobody has set you up in Joinedup, or not any more.",
            kept=_NOTHING,
            what_to_do=("Ask whoever looks after sign-ins in your agency to set you up.",),
        ),
        403,
    )


def not_believed(request: HttpRequest) -> HttpResponse:
    """Answer a return from a directory that does not belong to a setting out."""
    return _refusal(
        request,
        presenters.Problem(
            heading="Signing in did not work",
            happened="What came back from your agency's sign-in page could not be trusted, or was too old.",
            kept=_NOTHING,
            what_to_do=("Begin once more. If it happens again, tell whoever looks after sign-ins in your agency.",),
        ),
        403,
    )


def not_reachable(request: HttpRequest) -> HttpResponse:
    """Answer when a directory is silent."""
    return _refusal(
        request,
        presenters.Problem(
            heading="Your agency's sign-in page cannot be reached",
            happened="It does not answer, or not in a way that can be understood.",
            kept=_NOTHING,
            what_to_do=("Wait a minute and begin once more.",),
        ),
        502,
    )


def _refusal(request: HttpRequest, problem: presenters.Problem, status: int) -> HttpResponse:
    way_back = presenters.Link(text="Go to sign in", href=reverse("sign-in"))
    page = presenters.Problem(
        heading=problem.heading,
        happened=problem.happened,
        kept=problem.kept,
        what_to_do=problem.what_to_do,
        links=(way_back,),
    )
    return render(request, "errors/problem.jinja", {"page": page}, status=status)
