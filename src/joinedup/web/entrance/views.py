"""The first pages: sign in as someone of the demonstration, Home, About.

Belongs here: translating requests. Not here: wording (wording), deciding anything.
"""

import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.governance.breakglass import queries as breakglass_queries
from joinedup.governance.sealing import queries as sealing_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.web import context, doors, keeping, middleware, presenters, words
from joinedup.web.account import signing
from joinedup.web.account import wording as account_wording
from joinedup.web.entrance import presenters as entrance
from joinedup.web.entrance import wording


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: middleware.Request) -> HttpResponse:
    """Offer the people of the demonstration, and sign in as the one chosen; elsewhere, lead to signing in as oneself."""
    if not middleware.demo_is_open():
        return _sign_in_as_oneself(request)
    if request.method != "POST":
        return _sign_in_page(request, next_href=request.GET.get("next", ""), is_kept="kept" in request.GET)
    chosen = request.POST.get("persona", "")
    persona = next((card for card in agencies_queries.get_personas() if card.username == chosen), None)
    next_href = request.POST.get("next", "")
    if persona is None or not access_queries.get_installation().holds_synthetic_people:
        return _sign_in_page(request, next_href=next_href, error="Choose one of the people below")
    user = access_queries.get_user(user_id=persona.user_id)
    signing.enter(request, user=user, assurance=access_rules.Assurance.DEMO)
    return redirect(keeping.way_on(user_id=user.pk, next_href=next_href))


def _sign_in_as_oneself(request: middleware.Request) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    asked = request.GET.urlencode()
    return redirect(f"{reverse('sign-in-password')}{'?' if asked else ''}{asked}")


def _sign_in_page(
    request: middleware.Request, *, next_href: str, error: str = "", is_kept: bool = False
) -> HttpResponse:
    page = entrance.SignInPage(
        action_href=reverse("sign-in"),
        groups=wording.persona_groups(agencies_queries.get_personas()),
        next_href=next_href,
        error=error,
        notice=account_wording.IS_KEPT if is_kept else "",
        own_href=reverse("sign-in-password"),
    )
    return render(request, "entrance/sign_in.jinja", {"page": page}, status=422 if error else 200)


@require_safe
def about(request: middleware.Request) -> HttpResponse:
    """Say what this site is and is not."""
    return render(request, "entrance/about.jinja", {"page": None})


def _opens_own(viewer: access_rules.Viewer) -> bool:
    """Return whether being on the roll, or having the team involved, opens a child's page to this person."""
    policy = access_queries.get_policy()
    cells = [cell for role in viewer.roles for cell in policy.cells_of(role, "T1")]
    return any(cell.ground in {"E", "I"} and not cell.conditions for cell in cells)


def _in_basket(viewer: access_rules.Viewer, *, at: datetime.datetime) -> list[presenters.Link]:
    """Say what waits in the in-baskets that someone works, what is late of it, and what is their own; offer asking for help."""
    waiting = inbasket_queries.count_waiting(viewer=viewer, at=at)
    href = reverse("in-basket")
    counted = (
        (waiting.late, "late", "?which=late"),
        (waiting.free, "nobody has taken", "?whose=free"),
        (waiting.mine, "yours", "?whose=mine"),
    )
    links = [
        presenters.Link(text=f"In-basket: {words.number(count)} {what}", href=href + narrowed)
        for count, what, narrowed in counted
        if count
    ]
    if context.may(viewer, context.WRITE):
        links.append(presenters.Link(text="Ask for help for a child", href=reverse("help")))
    return links


def _emergency_looks(viewer: access_rules.Viewer) -> list[presenters.Link]:
    """Tell those who review at once of each emergency look that waits."""
    if not context.may(viewer, context.REVIEW):
        return []
    waiting = breakglass_queries.count_waiting(viewer=viewer)
    text = f"Review {words.count(waiting, 'emergency look')}"
    return [presenters.Link(text=text, href=reverse("emergencies"))] if waiting else []


def _seals(viewer: access_rules.Viewer) -> list[presenters.Link]:
    """Tell those who keep the seals what waits for them; of whom is said on a page that asks for a second factor."""
    if not context.may(viewer, context.SEAL):
        return []
    asked, held = sealing_queries.count_waiting(viewer=viewer), childindex_queries.count_held()
    texts = [
        *([f"Decide on {words.count(asked, 'seal')}"] if asked else []),
        *([f"Decide on {words.count(held, 'record')} that may be about a sealed child"] if held else []),
    ]
    return [presenters.Link(text=text, href=reverse("sealed")) for text in texts]


def _questions(viewer: access_rules.Viewer) -> list[presenters.Link]:
    """Tell stewards what waits for them."""
    if not context.may_link(viewer):
        return []
    asked, rejoins = childindex_queries.count_questions()
    return [
        *([presenters.Link(text=f"Review {words.count(asked, 'pair')}", href=reverse("matching"))] if asked else []),
        *(
            [presenters.Link(text=f"Decide on {words.count(rejoins, 'rejoin')}", href=reverse("rejoins"))]
            if rejoins
            else []
        ),
    ]


@require_safe
@doors.signed_in
def home(request: middleware.Request) -> HttpResponse:
    """Show counts that mean something, and how fresh the records are."""
    viewer = request.viewer
    if context.has_own_page(viewer) and not context.may(viewer, context.FIND):
        return redirect("my-pages")
    counts = childindex_queries.count_index(viewer=viewer)
    feeds = records_queries.get_feeds()
    may_bring_in = context.may(viewer, context.FILES)
    files_href = reverse("files") if may_bring_in else ""
    now_at = clock.now()
    page = entrance.HomePage(
        greeting=wording.greeting(viewer.name, clock.local(now_at)),
        on=clock.today(),
        figures=wording.figures(counts, files_href=files_href, opens_own=_opens_own(viewer)),
        feeds=wording.feeds(feeds, at=now_at, files_href=files_href),
        find_href=reverse("find") if context.may(viewer, context.FIND) else "",
        tasks=(
            *_in_basket(viewer, at=now_at),
            *_emergency_looks(viewer),
            *_seals(viewer),
            *_questions(viewer),
            *([presenters.Link(text="Bring in files", href=files_href)] if may_bring_in else []),
        ),
        empty=None if feeds else wording.nothing_yet(may_bring_in=may_bring_in),
    )
    return render(request, "entrance/home.jinja", {"page": page})
