"""What a child or parent says on their own pages: what I think, about me, a worry, a wrong fact.

Belongs here: translating requests. Not here: words (sayings), reading forms (forms), whose page it is (entering).
"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundation import clock, ids
from joinedup.governance.rights import operations as rights_operations
from joinedup.governance.rights import queries as rights_queries
from joinedup.governance.rights import rules as rights_rules
from joinedup.processes.inbasket import operations as inbasket_operations
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.processes.participation import operations as participation_operations
from joinedup.processes.participation import queries as participation_queries
from joinedup.processes.participation import rules as participation_rules
from joinedup.web import announcing, middleware
from joinedup.web.family import entering, forms, sayings, views
from joinedup.web.family import presenters as family

_FORM = "family/form.jinja"
_MOST_SHOWN = 10


def _answer(request: middleware.Request, page: family.FormPage, *, is_refused: bool) -> HttpResponse:
    return render(request, _FORM, {"page": page}, status=422 if is_refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@entering.own_page
def my_views(request: middleware.Request, own: entering.Own) -> HttpResponse:
    """Take what somebody thinks, for whom they let see it, and show what was done about it."""
    plans = views.plans_of(request, own)
    form = forms.Think(request.POST if request.method == "POST" else None, helpers=forms.helpers_of(plans))
    if form.is_valid():
        given = form.cleaned_data
        try:
            participation_operations.give_view(
                number=own.number,
                words=given["words"],
                occasion=participation_rules.Occasion(given["occasion"]),
                shown_to=participation_rules.ShownTo(given["shown_to"]),
                named_id=form.named_id,
                by=request.viewer,
                at=clock.now(),
            )
        except participation_rules.NobodyNamed:
            form.add_error("named", "They do not help you now. Pick someone else")
        else:
            messages.success(request, "You have said it. We will tell you here what we do about it.")
            return redirect("my-views", own.number)
    page = sayings.think_page(
        form,
        number=own.number,
        views=views.views_of(request, own),
        has_lead=any(plan.episode.lead for plan in plans),
        message=announcing.said(request),
    )
    return _answer(request, page, is_refused=form.is_bound)


@require_http_methods(["GET", "HEAD", "POST"])
@entering.own_page
def my_about(request: middleware.Request, own: entering.Own) -> HttpResponse:
    """Take what the child wants new workers to know."""
    if not own.is_child:
        raise Http404
    form = forms.About(request.POST if request.method == "POST" else None)
    if form.is_valid():
        participation_operations.write_about_me(
            number=own.number, by=request.viewer, at=clock.now(), **form.cleaned_data
        )
        messages.success(request, "We have kept it. All who help you can read it.")
        return redirect("my-about", own.number)
    kept = participation_queries.get_about(child_id=own.page.child_id)
    page = sayings.about_page(form, number=own.number, kept=kept, message=announcing.said(request))
    return _answer(request, page, is_refused=form.is_bound)


@require_http_methods(["GET", "HEAD", "POST"])
@entering.own_page
def my_worry(request: middleware.Request, own: entering.Own) -> HttpResponse:
    """Take a worry to the front door, and say what happens next and by when."""
    form = forms.Worry(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _send(request, own, form)
        receipts = _receipts(request)
        messages.success(
            request, f"We have your worry. {sayings.next_step(receipts[0])}" if receipts else "We have it."
        )
        return redirect("my-worry", own.number)
    page = sayings.worry_page(
        form, number=own.number, key=str(ids.uuid7()), receipts=_receipts(request), message=announcing.said(request)
    )
    return _answer(request, page, is_refused=form.is_bound)


def _receipts(request: middleware.Request) -> list[inbasket_queries.ReceiptCard]:
    receipts, _, _ = inbasket_queries.get_receipts(viewer=request.viewer, first=1, count=_MOST_SHOWN)
    return receipts


def _send(request: middleware.Request, own: entering.Own, form: forms.Worry) -> None:
    """Send it as a contact about the child whose page it is: they who write are the family, so nobody else is asked first."""
    card, given = own.opened.card, form.cleaned_data
    inbasket_operations.send(
        kind=inbasket_rules.Kind.CONTACT,
        said=inbasket_rules.Said(
            words=given["words"],
            name=card.full_name,
            birth_date=card.birth_date,
            consent=inbasket_rules.Consent.GIVEN,
            ring_back=given["ring_back"],
        ),
        key=given["key"],
        by=request.viewer,
        at=clock.now(),
        number=own.number,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entering.own_page
def my_correction(request: middleware.Request, own: entering.Own) -> HttpResponse:
    """Take what is wrong to those who answer for people's rights."""
    form = forms.Correction(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rights_operations.ask_for_correction(
                number=own.number, words=form.cleaned_data["words"], by=request.viewer, at=clock.now()
            )
        except rights_rules.TooFewLetters:
            form.add_error("words", "Write a bit more")
        else:
            messages.success(request, "You have asked for it. We will look at it and tell you here.")
            return redirect("my-correction", own.number)
    asked = rights_queries.get_own_asked(child_id=own.page.child_id)
    page = sayings.correction_page(form, number=own.number, asked=asked, message=announcing.said(request))
    return _answer(request, page, is_refused=form.is_bound)
