"""The first pages: sign in as someone of the demonstration, Home, About, sign out.

Belongs here: translating requests. Not here: wording (wording), deciding anything.
"""

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import context, doors, middleware, presenters
from joinedup.web.entrance import presenters as entrance
from joinedup.web.entrance import wording


def _demo_only() -> None:
    if not (settings.DEMO_SIGN_IN and settings.DATA_MODE == "synthetic"):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: middleware.Request) -> HttpResponse:
    """Offer the people of the demonstration, and sign in as the one chosen."""
    _demo_only()
    if request.method != "POST":
        return _sign_in_page(request, next_href=request.GET.get("next", ""))
    chosen = request.POST.get("persona", "")
    persona = next((card for card in agencies_queries.get_personas() if card.username == chosen), None)
    next_href = request.POST.get("next", "")
    if persona is None:
        return _sign_in_page(request, next_href=next_href, error="Choose one of the people below")
    user = auth.get_user_model().objects.get(pk=persona.user_id)
    auth.login(request, user)
    request.session[context.WHO] = {"role": persona.job_title, "agency": persona.agency_name}
    request.session["assurance"] = "demo"
    is_ours = url_has_allowed_host_and_scheme(next_href, allowed_hosts=None)
    return redirect(next_href if next_href and is_ours else reverse("home"))


def _sign_in_page(request: middleware.Request, *, next_href: str, error: str = "") -> HttpResponse:
    page = entrance.SignInPage(
        action_href=reverse("sign-in"),
        groups=wording.persona_groups(agencies_queries.get_personas()),
        next_href=next_href,
        error=error,
    )
    return render(request, "entrance/sign_in.jinja", {"page": page}, status=422 if error else 200)


@require_POST
def sign_out(request: middleware.Request) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("sign-in")


@require_safe
def about(request: middleware.Request) -> HttpResponse:
    """Say what this site is and is not."""
    return render(request, "entrance/about.jinja", {"page": None})


@require_safe
@doors.signed_in
def home(request: middleware.Request) -> HttpResponse:
    """Show counts that mean something, and how fresh the records are."""
    viewer = request.viewer
    counts = childindex_queries.count_index(viewer=viewer)
    feeds = records_queries.get_feeds()
    may_bring_in = context.may(viewer, context.FILES)
    files_href = reverse("files") if may_bring_in else ""
    now_at = clock.now()
    page = entrance.HomePage(
        greeting=wording.greeting(viewer.name, clock.local(now_at)),
        on=clock.today(),
        figures=wording.figures(counts, files_href=files_href),
        feeds=wording.feeds(feeds, at=now_at, files_href=files_href),
        find_href=reverse("find") if context.may(viewer, context.FIND) else "",
        tasks=(presenters.Link(text="Bring in files", href=files_href),) if may_bring_in else (),
        empty=None if feeds else wording.nothing_yet(may_bring_in=may_bring_in),
    )
    return render(request, "entrance/home.jinja", {"page": page})
