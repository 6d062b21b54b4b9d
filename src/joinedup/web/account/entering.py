"""Coming in: by password and a second factor, by a passkey alone, through an agency's directory, by a set-up link; going out.

Belongs here: translating requests of people who are not signed in yet. Not here: the session (signing), counting failures
(django-axes).
"""

from allauth.core import ratelimit
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import auth
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import clock
from joinedup.foundation.access import factors
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.web import keeping, middleware, presenters, problems
from joinedup.web.account import credentials, directories, recording, signing, wording
from joinedup.web.account import presenters as account

_WRONG = "The user name or password is not right"
_MOST_LETTERS = 200
_SET_UP = "Set up how you sign in"
_NEXT = "A second factor comes next: a password alone opens nothing."


@require_http_methods(["GET", "HEAD", "POST"])
def by_password(request: middleware.Request) -> HttpResponse:
    """Offer the ways in, and take a user name and password."""
    if request.method != "POST":
        notice = wording.IS_KEPT if request.GET.get("kept") else ""
        return _enter_page(request, next_href=request.GET.get("next", ""), notice=notice)
    if not ratelimit.consume(request, action="login"):
        return problems.too_often(request)
    username = request.POST.get("username", "").strip()
    password = request.POST.get("password", "")
    next_href = keeping.our_own(request.POST.get("next", ""))
    is_sayable = 0 < len(username) <= _MOST_LETTERS and "\0" not in username + password
    user = auth.authenticate(request, username=username, password=password) if is_sayable else None
    if not isinstance(user, access_queries.User) or user.is_demo:
        known = access_queries.find_user(username=username) if is_sayable else None
        recording.refused(request, "sign-in.password", user_id=known.pk if known else None)
        return _enter_page(request, next_href=next_href, error=_WRONG, status=422)
    return after_password(request, user=user, next_href=next_href)


def after_password(request: middleware.Request, *, user: access_queries.User, next_href: str) -> HttpResponse:
    """Ask for the second factor, or have one set up: a password alone opens nothing."""
    if factors.has_second_factor(user_id=user.pk):
        signing.go_halfway(request, user=user, next_href=next_href)
        return redirect("sign-in-code")
    signing.enter(request, user=user, assurance=access_rules.Assurance.PASSWORD)
    return redirect("second-factor")


def _enter_page(  # what is said, and why
    request: middleware.Request, *, next_href: str, notice: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    page = account.EnterPage(
        action_href=reverse("sign-in-password"),
        username=presenters.Field(name="username", label="User name", error=error),
        password=presenters.Field(name="password", label="Password"),
        passkey_href=reverse("sign-in-passkey"),
        directories=tuple(
            presenters.Link(text=title, href=reverse("sign-in-directory", args=[name]))
            for name, title in directories.listed()
        ),
        next_href=next_href,
        demo_href=reverse("sign-in") if middleware.demo_is_open() else "",
        notice=notice,
        errors=(presenters.FormError(text=error, href="#username"),) if error else (),
    )
    return render(request, "account/enter.jinja", {"page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: middleware.Request) -> HttpResponse:
    """Take the second factor after the password."""
    found = signing.halfway(request)
    if found is None:
        return redirect("sign-in-password")
    user, next_href = found
    if request.method != "POST":
        return _code_page(request)
    problem = credentials.code_problem(request, user=user)
    if problem:
        return _code_page(request, error=problem, status=422)
    signing.enter(request, user=user, assurance=access_rules.Assurance.TWO_FACTORS)
    return redirect(keeping.way_on(user_id=user.pk, next_href=next_href))


def _code_page(request: middleware.Request, *, error: str = "", status: int = 200) -> HttpResponse:
    code = credentials.code_field(error)
    page = account.CodePage(
        title="Enter your code",
        why="Your password was right. Now show that it is you.",
        action_href=reverse("sign-in-code"),
        code=code,
        passkey_href=reverse("sign-in-passkey"),
        errors=presenters.errors_of(code),
    )
    return render(request, "account/code.jinja", {"page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def by_passkey(request: middleware.Request) -> HttpResponse:
    """Say what a passkey must sign, and sign in the person whose passkey has."""
    if request.method != "POST":
        return JsonResponse(webauthn.begin_authentication())
    try:
        user = credentials.holder_of_passkey(request)
    except ValidationError:
        recording.refused(request, "sign-in.passkey", user_id=None)
        return _enter_page(request, next_href="", error="The passkey is not known here", status=422)
    next_href = keeping.our_own(request.POST.get("next", ""))
    signing.enter(request, user=user, assurance=access_rules.Assurance.PASSKEY)
    return redirect(keeping.way_on(user_id=user.pk, next_href=next_href))


@require_POST
def by_directory(request: middleware.Request, name: str) -> HttpResponse:
    """Lead on to an agency's own sign-in page."""
    try:
        href = directories.set_out(request, name=name, next_href=keeping.our_own(request.POST.get("next", "")))
    except directories.NotReachable:
        return wording.not_reachable(request)
    # A page of its own, for a form of ours may lead to us alone; the browser goes on by itself.
    page = account.GoOnPage(title=dict(directories.listed())[name], href=href)
    answer = render(request, "account/go_on.jinja", {"page": page})
    answer.headers["Refresh"] = f"0; url={href}"
    return answer


@require_safe
def back_from_directory(request: middleware.Request, provider_id: str) -> HttpResponse:
    """Sign in the person for whom a directory vouches, if an administrator has named them."""
    try:
        vouched = directories.come_back(request, name=provider_id)
    except directories.NotBelieved:
        recording.refused(request, "sign-in.directory", user_id=None)
        return wording.not_believed(request)
    except directories.NotReachable:
        return wording.not_reachable(request)
    user = access_queries.find_by_identity(directory=vouched.directory, subject=vouched.subject)
    position = agencies_queries.find_position(user_id=user.pk) if user is not None else None
    if user is None or position is None or position.agency_code != vouched.agency_code:
        recording.refused(request, "sign-in.directory", user_id=user.pk if user else None)
        return wording.not_set_up(request)
    signing.enter(request, user=user, assurance=access_rules.Assurance.DIRECTORY)
    return redirect(keeping.way_on(user_id=user.pk, next_href=keeping.our_own(vouched.next_href)))


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: middleware.Request, token: str) -> HttpResponse:
    """Take the password of someone who came by their one-time link, and go on to their second factor."""
    at = clock.now()
    user = access_queries.find_set_up_user(token=token, at=at)
    if user is None:
        raise Http404
    if request.method != "POST":
        return set_password_page(request, user=user, title=_SET_UP, words=_NEXT)
    password, error = chosen_password(request, user=user)
    if error:
        return set_password_page(request, user=user, title=_SET_UP, words=_NEXT, error=error)
    try:
        user = access_operations.use_set_up_link(token=token, password=password, at=at)
    except access_operations.LinkIsOver:
        raise Http404 from None
    return after_password(request, user=user, next_href="")


def chosen_password(request: middleware.Request, *, user: access_queries.User) -> tuple[str, str]:
    """Return the password chosen, and what is wrong with it."""
    password = request.POST.get("password", "")
    if "\0" in password:
        return "", "Choose a password that a keyboard can type"
    if password != request.POST.get("again", ""):
        return "", "Type the same password twice"
    try:
        password_validation.validate_password(password, user)
    except ValidationError as refused:
        return "", " ".join(refused.messages)
    return password, ""


def set_password_page(  # whose, in which words, and what is wrong
    request: middleware.Request,
    *,
    user: access_queries.User,
    title: str,
    words: str,
    error: str = "",
    present: presenters.Field | None = None,
) -> HttpResponse:
    """Show the two boxes for a new password, below one for the present password where that is asked for."""
    password = presenters.Field(name="password", label="New password", hint=wording.PASSWORD_HINT, error=error)
    page = account.PasswordPage(
        title=title,
        words=f"This is for {user.display_name}. {words}",
        action_href=request.path,
        password=password,
        again=presenters.Field(name="again", label="The same password again"),
        present=present,
        errors=presenters.errors_of(*([present] if present else []), password),
    )
    return render(request, "account/password.jinja", {"page": page}, status=422 if page.errors else 200)
