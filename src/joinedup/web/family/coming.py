"""Coming in by an invitation: a name to sign in by and a password are chosen, and a second factor is set up next.

Belongs here: translating requests of someone who is not signed in yet. Not here: the second factor (account).
"""

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from joinedup.foundation import clock
from joinedup.foundation.access import queries as access_queries
from joinedup.processes.participation import operations as participation_operations
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import middleware, presenters, problems
from joinedup.web.account import entering
from joinedup.web.family import presenters as family

_WORDS = (
    "A worker asked you to have a page here. It is your own.",
    "Pick a name to sign in with. Do not use your real name. Then pick a password.",
    "Next we ask for one more thing that just you have, like your phone.",
)
TAKEN = "Pick a name of 3 to 40 letters and numbers. This one will not do"
_MOST_LETTERS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: middleware.Request, token: str) -> HttpResponse:
    """Let whoever has the link choose how they sign in; it works once."""
    if participation_queries.find_invited(token=token) is None:
        raise Http404
    if request.method != "POST":
        return _page(request)
    if not ratelimit.consume(request, action="login"):
        return problems.too_often(request)
    username = request.POST.get("username", "").strip()[:_MOST_LETTERS]
    password, error = entering.chosen_password(request, user=access_queries.User(username=username))
    if error:
        return _page(request, username=username, password_error=error)
    try:
        user = participation_operations.accept(token=token, username=username, password=password, at=clock.now())
    except participation_rules.NameIsTaken:
        return _page(request, username=username, username_error=TAKEN)
    except participation_rules.InvitationIsOver:
        raise Http404 from None
    return entering.after_password(request, user=user, next_href="")


def _page(
    request: middleware.Request, *, username: str = "", username_error: str = "", password_error: str = ""
) -> HttpResponse:
    page = invited_page(request.path, username=username, username_error=username_error, password_error=password_error)
    return render(request, "family/invited.jinja", {"page": page}, status=422 if page.errors else 200)


def invited_page(
    action_href: str, *, username: str = "", username_error: str = "", password_error: str = ""
) -> family.InvitedPage:
    """Ask for a name to sign in by and a password."""
    named = presenters.Field(name="username", label="Name to sign in with", error=username_error)
    password = presenters.Field(
        name="password",
        label="Password",
        hint="At least 12 letters. Three or four words are good",
        error=password_error,
    )
    return family.InvitedPage(
        action_href=action_href,
        words=_WORDS,
        username=named,
        username_value=username,
        password=password,
        again=presenters.Field(name="again", label="The same password again"),
        errors=presenters.errors_of(named, password),
    )
