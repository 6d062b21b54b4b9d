"""The in-basket: the list, one item, what is done with it, and which child it is about.

Belongs here: translating requests. Not here: words (basket, itemwording, actwording), who may (inbasket).
"""

import uuid

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.delivery.agencies import addressees
from joinedup.foundation import clock
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.processes.inbasket import operations as inbasket_operations
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import announcing, context, doors, middleware, words
from joinedup.web.frontdoor import acting, actwording, basket, choosing, following, forms, itemwording
from joinedup.web.practitioner import purposes


@require_safe
@doors.lets_in(context.works_in_basket)
def in_basket(request: middleware.Request) -> HttpResponse:
    """List what waits in the in-baskets that the viewer works."""
    return _basket(request, form=forms.HandOn(), refused="")


def _basket(request: middleware.Request, *, form: forms.HandOn, refused: str) -> HttpResponse:
    wanted = basket.asked_of(request.GET)
    now_at = clock.now()
    items, total, first = inbasket_queries.get_items(
        viewer=request.viewer,
        narrowed=basket.narrowed(wanted),
        sort=wanted.sort,
        first=wanted.first,
        count=basket.PAGE_ITEMS,
        at=now_at,
    )
    page = basket.basket_page(
        items,
        wanted=wanted,
        first=first,
        total=total,
        at=now_at,
        teams=addressees.get_teams(agency_id=request.viewer.home_id) if request.viewer.home_id else (),
        form=form,
        message=announcing.said(request),
        refused=refused,
    )
    return render(request, "frontdoor/basket.jinja", {"page": page}, status=422 if page.errors else 200)


@require_POST
@doors.lets_in(context.works_in_basket)
def together(request: middleware.Request) -> HttpResponse:
    """Do the same with all items that were ticked: take them, or hand them on."""
    ticked = [one for one in map(_uuid, request.POST.getlist("item")[: basket.PAGE_ITEMS]) if one is not None]
    name = request.POST.get("do", "")
    form = forms.HandOn(request.POST) if name == "hand-on" else forms.Nothing(request.POST)
    if name not in {"claim", "hand-on"}:
        raise Http404
    if not ticked:
        return _basket(request, form=forms.HandOn(), refused="Tick what you mean first")
    if not form.is_valid():
        return _basket(request, form=form if isinstance(form, forms.HandOn) else forms.HandOn(), refused="")
    done, refused = 0, []
    for item_id in ticked:
        call = acting.Call(item_id=item_id, given=form.cleaned_data, by=request.viewer, at=clock.now())
        try:
            acting.DOINGS[name].do(call)
        except inbasket_queries.NoSuchItem:
            raise Http404 from None
        except acting.REFUSALS as fault:
            refused.append(acting.refusal(fault))
        else:
            done += 1
    said = f"{words.count(done, 'item')} {'taken' if name == 'claim' else 'handed on'}."
    for text in dict.fromkeys(refused):
        said += f" Not done: {text}."
    (messages.error if refused else messages.success)(request, said)
    return redirect("in-basket")


def _uuid(given: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(given)
    except ValueError:
        return None


@require_safe
@doors.lets_in(context.works_in_basket)
def item(request: middleware.Request, item_id: uuid.UUID) -> HttpResponse:
    """Show one item, and what can be done with it now."""
    return _item(request, item_id, posted=actwording.Posted())


def _item(
    request: middleware.Request, item_id: uuid.UUID, *, posted: actwording.Posted, refused: str = ""
) -> HttpResponse:
    try:
        card = inbasket_queries.get_item(viewer=request.viewer, item_id=item_id)
    except inbasket_queries.NoSuchItem:
        raise Http404 from None
    if card.is_mine and card.child_number:
        # Whoever works on it looks at the child because of it, and is not asked again why.
        purpose = childindex_rules.Purpose.REFERRAL
        purposes.remember(request.session, number=card.child_number, purpose=purpose)
    made = actwording.acts(card, _offered(card), posted=posted)
    if posted.form is not None and not refused and posted.name not in {one.name for one in made}:
        # What was filled in wrongly is no longer asked: someone was quicker.
        refused = acting.refusal(inbasket_rules.NotInState())
    page = itemwording.item_page(
        card,
        acts=made,
        at=clock.now(),
        following=following.links(card),
        message=None if refused else announcing.said(request),
        errors=actwording.errors(made, refused=refused),
    )
    return render(request, "frontdoor/item.jinja", {"page": page}, status=422 if page.errors else 200)


def _offered(card: inbasket_queries.ItemCard) -> actwording.Offered:
    all_teams = addressees.get_teams()
    return actwording.Offered(
        teams=[team for team in all_teams if team.agency_id == card.agency_id],
        agencies=[team for team in all_teams if team.id == team.whole_id and team.agency_id != card.agency_id],
        colleagues=inbasket_queries.get_colleagues(agency_id=card.agency_id),
        levels=inbasket_queries.get_levels(),
    )


@require_POST
@doors.lets_in(context.works_in_basket)
def act(request: middleware.Request, item_id: uuid.UUID, name: str) -> HttpResponse:
    """Do one thing with an item, or show it again with what was typed and why it was not done."""
    doing = acting.DOINGS.get(name)
    if doing is None:
        raise Http404
    form = doing.form(request.POST)
    refused = ""
    if form.is_valid():
        call = acting.Call(item_id=item_id, given=form.cleaned_data, by=request.viewer, at=clock.now())
        try:
            doing.do(call)
        except inbasket_queries.NoSuchItem:
            audit_operations.record_denial(viewer=request.viewer, act=f"inbasket.{name}", record_ref=str(item_id))
            raise Http404 from None
        except acting.REFUSALS as fault:
            if isinstance(fault, inbasket_rules.NotAllowed):
                audit_operations.record_denial(viewer=request.viewer, act=f"inbasket.{name}", record_ref=str(item_id))
            refused = acting.refusal(fault)
        else:
            messages.success(request, doing.done)
            return redirect("in-basket-item", item_id) if doing.stays else redirect("in-basket")
    return _item(request, item_id, posted=actwording.Posted(name=name, form=form), refused=refused)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.lets_in(context.works_in_basket)
def choose(request: middleware.Request, item_id: uuid.UUID) -> HttpResponse:
    """Show the children who may be meant, and keep which of them a person says it is."""
    form = forms.Choose(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        refused = _chosen(request, item_id, form)
        if not refused:
            return redirect("in-basket-item", item_id)
    try:
        card = inbasket_queries.get_item(viewer=request.viewer, item_id=item_id)
    except inbasket_queries.NoSuchItem:
        raise Http404 from None
    if inbasket_rules.Act.CHOOSE_CHILD not in card.allowed:
        return _item(
            request, item_id, posted=actwording.Posted(), refused="Only whoever has taken it says which child it is"
        )
    candidates = choosing.candidates(card, viewer=request.viewer, on=clock.today())
    page = choosing.choose_page(card, candidates, form=form, refused=refused)
    return render(request, "frontdoor/choose.jinja", {"page": page}, status=422 if page.errors else 200)


def _chosen(request: middleware.Request, item_id: uuid.UUID, form: django_forms.Form) -> str:
    """Keep which child was chosen, and why one looks at them; return why it was not done."""
    given = form.cleaned_data
    number = "" if given["chosen"] == choosing.NONE else given["chosen"]
    try:
        inbasket_operations.choose_child(
            item_id=item_id, number=number, why=given["choose_why"], by=request.viewer, at=clock.now()
        )
    except inbasket_queries.NoSuchItem:
        raise Http404 from None
    except acting.REFUSALS as fault:
        if isinstance(fault, inbasket_rules.NotAllowed | people_queries.NoSuchChild):
            audit_operations.record_denial(viewer=request.viewer, act="inbasket.choose", record_ref=str(item_id))
        return acting.refusal(fault)
    if number:
        purposes.remember(request.session, number=number, purpose=childindex_rules.Purpose.REFERRAL)
    messages.success(request, "Kept. You can put it right at any time before it is decided.")
    return ""
