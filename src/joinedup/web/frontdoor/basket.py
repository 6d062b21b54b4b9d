"""The words of a team's in-basket as a list.

Belongs here: turning lines into presenters, and reading what a list is narrowed to. Not here: what is in it (inbasket).
"""

import datetime
from collections.abc import Mapping, Sequence

from django.urls import reverse

from joinedup.delivery.agencies import addressees
from joinedup.foundation import clock
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import filled, lists, presenters, words
from joinedup.web.frontdoor import forms, texts
from joinedup.web.frontdoor import presenters as frontdoor

PAGE_ITEMS = 25
_WHOSE = {"mine": "Mine", "free": "Nobody has taken it"}
_LATE = {"late": "Late", "closed": "Closed"}
_COLOURS = {**{str(urgency): text for urgency, (text, _) in texts.COLOURS.items()}, "none": "No colour yet"}
_NARROWINGS = {
    "whose": _WHOSE,
    "kind": {str(kind): text for kind, text in texts.KINDS.items()},
    "colour": _COLOURS,
    "which": _LATE,
}


def asked_of(given: Mapping[str, str]) -> lists.Asked:
    """Read which part of the in-basket an address asks for."""
    return lists.asked(given, path=reverse("in-basket"), sorts=inbasket_queries.SORTS, narrowings=_NARROWINGS)


def narrowed(wanted: lists.Asked) -> inbasket_queries.Narrowed:
    """Return to what the list is narrowed."""
    return inbasket_queries.Narrowed(
        whose=wanted.narrowed_to("whose"),
        kind=wanted.narrowed_to("kind"),
        urgency=wanted.narrowed_to("colour"),
        is_late=wanted.narrowed_to("which") == "late",
        is_closed=wanted.narrowed_to("which") == "closed",
    )


def basket_page(  # the list, where it stands, what is offered, and what went wrong
    items: Sequence[inbasket_queries.ItemLine],
    *,
    wanted: lists.Asked,
    first: int,
    total: int,
    at: datetime.datetime,
    teams: Sequence[addressees.TeamCard],
    form: forms.HandOn,
    message: presenters.Message | None,
    refused: str = "",
) -> frontdoor.BasketPage:
    """Show a part of the in-basket, what is late or due first."""
    to_team = presenters.Field(
        name="to_team",
        label="To which team?",
        error=filled.error(form, "to_team"),
        choices=(
            presenters.Choice(value="", text="Choose a team"),
            *filled.choices({str(team.id): team.name for team in teams}, filled.given(form, "to_team")),
        ),
    )
    why = presenters.Field(
        name="hand_on_why",
        label="Why?",
        value=filled.given(form, "hand_on_why"),
        error=filled.error(form, "hand_on_why"),
    )
    whole = (presenters.FormError(text=refused),) if refused else ()
    return frontdoor.BasketPage(
        heading="In-basket",
        lines=tuple(_line(item, at=at) for item in items),
        columns=_columns(wanted),
        filters=_filters(wanted),
        pager=lists.pager(
            wanted, first=first, shown=len(items), total=total, size=PAGE_ITEMS, noun="item", plural="items"
        ),
        together_href=reverse("in-basket-together"),
        to_team=to_team,
        why=why,
        is_open=bool(to_team.error or why.error),
        sent_href=reverse("sent"),
        message=message,
        empty=None if items else _empty(wanted),
        errors=whole + presenters.errors_of(to_team, why),
    )


def _empty(wanted: lists.Asked) -> presenters.EmptyState:
    if wanted.narrowings:
        return presenters.EmptyState(
            heading="Nothing here fits",
            words="Choose other filters above.",
            action=presenters.Link(text="Show all that waits", href=wanted.all_of_it()),
        )
    return presenters.EmptyState(
        heading="Nothing waits",
        words="What is sent to your team about a child stands here until it has an owner and an outcome.",
    )


def _columns(wanted: lists.Asked) -> tuple[presenters.SortLink, ...]:
    return (
        lists.column(wanted, "About", "name"),
        presenters.SortLink(text="What"),
        presenters.SortLink(text="Colour"),
        lists.column(wanted, "Due", "due") if wanted.sort != "due" else _now(wanted),
        presenters.SortLink(text="How it stands"),
        lists.column(wanted, "Received", "-received"),
    )


def _now(wanted: lists.Asked) -> presenters.SortLink:
    """What is due has one order alone: the soonest first."""
    return presenters.SortLink(text="Due", href=wanted.sorted_by("due"), direction="ascending")


def _filters(wanted: lists.Asked) -> presenters.Filters:
    return presenters.Filters(
        action_href=reverse("in-basket"),
        label="Narrow the in-basket",
        target="in-basket-list",
        fields=(
            _choice(wanted, "whose", "Whose", "Everyone's", _WHOSE),
            _choice(wanted, "kind", "What", "Anything", _NARROWINGS["kind"]),
            _choice(wanted, "colour", "Colour", "Any", _COLOURS),
            _choice(wanted, "which", "Which", "All that waits", _LATE),
        ),
        kept=wanted.kept_in_a_form(),
        clear_href=wanted.all_of_it() if wanted.narrowings else "",
    )


def _choice(
    wanted: lists.Asked, name: str, label: str, all_words: str, texts_of: Mapping[str, str]
) -> presenters.Field:
    return lists.choice_of(
        name, label, all_words, list(texts_of.items()), chosen=wanted.narrowed_to(name), within="filter"
    )


def _line(item: inbasket_queries.ItemLine, *, at: datetime.datetime) -> frontdoor.BasketLine:
    is_late = item.is_late(at=at)
    stands = texts.ENDS[item.outcome] if item.state is inbasket_rules.State.CLOSED and item.outcome else None
    return frontdoor.BasketLine(
        id=str(item.id),
        href=reverse("in-basket-item", args=[item.id]),
        name=item.name,
        kind=texts.KINDS[item.kind],
        state=stands or texts.STATES[item.state],
        sender=item.sender,
        holder="You have it" if item.is_mine else item.holder_name,
        received_at=item.received_at,
        due="" if item.due_at is None else words.moment(clock.local(item.due_at - datetime.timedelta(minutes=1))),
        colour=texts.colour(item.urgency),
        late=presenters.Tag(text="Late", tone=presenters.Tone.ALARM) if is_late else None,
    )
