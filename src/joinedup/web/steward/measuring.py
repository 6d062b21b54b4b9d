"""How good the links are: blind samples, thresholds and what they make, and link quality by count.

Belongs here: translating requests. Not here: words (measures), counting (childindex).
"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundation import clock, ids
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import announcing, context, doors, middleware
from joinedup.web.steward import histories, measures, wording

_TOO_MANY = f"So exact a result needs more than {childindex_rules.MOST_PAIRS:,} pairs. Ask for a wider interval, such as 2 points"


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.may_link)
@doors.stepped_up
def blind(request: middleware.Request) -> HttpResponse:
    """Show the blind samples and what they say; draw another."""
    form, refused = measures.Draw(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            childindex_operations.draw_blind_sample(
                half_width=form.cleaned_data["width"] / 100,
                expected=form.cleaned_data["expected"] / 100,
                # Its last bits are drawn anew each time, and nobody has to guess them wrongly: the seed is shown afterwards.
                seed=ids.uuid7().int % 2**31,
                by=request.viewer,
                at=clock.now(),
            )
        except ValueError:
            refused = _TOO_MANY
        except childindex_rules.NothingToDraw:
            refused = "No run has linked anything by itself, so there is nothing to draw"
        except childindex_rules.NotFinished:
            messages.error(request, "A sample waits for its last answers. Finish it first.")
            return redirect("blind")
        else:
            messages.success(request, "The sample is drawn.")
            return redirect("blind-pair")
    results = childindex_queries.get_blind_results(viewer=request.viewer)
    page = measures.blind_page(
        results,
        form,
        population=childindex_queries.count_population(viewer=request.viewer),
        refused=refused,
        message=announcing.said(request),
    )
    return render(request, "steward/blind.jinja", {"page": page}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.may_link)
@doors.stepped_up
def blind_pair(request: middleware.Request) -> HttpResponse:
    """Show the pair whose turn it is, without weight or verdict; keep the answer, and go on."""
    if request.method == "POST":
        try:
            answer = childindex_rules.BlindAnswer(request.POST.get("answer", ""))
        except ValueError:
            raise Http404 from None
        try:
            childindex_operations.answer_blind_pair(
                pair_id=histories.given_id(request.POST.get("pair", "")),
                answer=answer,
                by=request.viewer,
                at=clock.now(),
            )
        except childindex_rules.NotDone:
            messages.error(request, "This pair was answered already. What was said first stands.")
        return redirect("blind-pair")
    question = childindex_queries.get_blind_question(viewer=request.viewer)
    if question is None:
        messages.success(request, "No pair of a blind sample waits for you.")
        return redirect("blind")
    return render(request, "steward/blind_pair.jinja", {"page": measures.blind_pair_page(question)})


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.may_link)
@doors.stepped_up
def thresholds(request: middleware.Request) -> HttpResponse:
    """Say what two thresholds would make, and only then change them."""
    given = request.POST if request.method == "POST" else request.GET
    form = measures.Thresholds(given) if "link" in given or "review" in given else None
    refused = ""
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            childindex_operations.set_thresholds(
                link_bits=form.cleaned_data["link"],
                review_bits=form.cleaned_data["review"],
                why=given.get("why", ""),
                by=request.viewer,
                at=clock.now(),
            )
        except childindex_rules.TooFewWords:
            refused = f"Say why in at least {childindex_rules.FEWEST_LETTERS} letters"
        except childindex_rules.NotDone as answer:
            messages.error(request, wording.ANSWERS[answer.answer])
            return redirect("thresholds")
        else:
            messages.success(request, "The thresholds are changed. The next run of linking uses them.")
            return redirect("thresholds")
    try:
        card = childindex_queries.get_thresholds(viewer=request.viewer, at=clock.now())
    except childindex_queries.NoModel:
        messages.error(request, "No run has linked anything yet, so there are no thresholds to change.")
        return redirect(reverse("matching"))
    page = measures.thresholds_page(
        card, form, said=given.get("why", ""), refused=refused, message=announcing.said(request)
    )
    is_wrong = bool(refused) or (form is not None and not form.is_valid())
    return render(request, "steward/thresholds.jinja", {"page": page}, status=422 if is_wrong else 200)


@require_safe
@doors.lets_in(context.may_see_link_quality)
def quality(request: middleware.Request) -> HttpResponse:
    """Show match rates and coverage, as counts in which small numbers are hidden."""
    found = childindex_queries.get_link_quality(viewer=request.viewer, on=clock.today())
    return render(request, "steward/quality.jinja", {"page": measures.quality_page(found)})
