"""The words of children who may be lost: why they are listed, where a listing stands, and what was found.

Belongs here: turning listings and forms into presenters. Not here: deciding anything.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse

from joinedup.foundation import clock
from joinedup.processes.tracking import queries as tracking_queries
from joinedup.processes.tracking import rules as tracking_rules
from joinedup.web import filled, lists, presenters, words
from joinedup.web.tracking import presenters as tracking

PAGE_CHILDREN = 25
_MOST_LETTERS = 1000
_State, _Outcome = tracking_queries.State, tracking_rules.Outcome

STATES = {
    _State.WAITING: "Nobody looks into it yet",
    _State.TAKEN: "Someone looks into it",
    _State.ANSWERED: "Answered",
    _State.UNLISTED: "No longer listed, not answered",
}
OUTCOMES = {
    _Outcome.HELP_FOUND: "A service now helps the child, or has them on its roll",
    _Outcome.KNOWN_REASON: "There is a reason: taught at home, at an independent or distant school",
    _Outcome.MOVED_AWAY: "The child lives in another area, and that area has been told",
    _Outcome.PASSED_ON: "A contact was made, and its holder answers from here on",
    _Outcome.DECLINED: "Help was offered and the family declined",
    _Outcome.RECORDS_WRONG: "The records are wrong: two children's, or one child's apart",
}
_EMPTY = {
    _State.WAITING: (
        "Nobody waits",
        "Each child on the lists has someone who looks into it, or the lists name nobody.",
    ),
    _State.TAKEN: ("Nobody looks into anyone now", "Open a child that waits and take it on."),
    _State.ANSWERED: ("Nothing was answered yet", "What people find about a child is kept here."),
    _State.UNLISTED: (
        "Nobody left the lists by themselves",
        "Children whom the records no longer show as lost stand here.",
    ),
}
ALREADY = "{name} has said what they found already. Nothing of yours was kept"


class Answer(forms.Form):
    """What someone found."""

    outcome = forms.ChoiceField(
        choices=[(outcome.value, text) for outcome, text in OUTCOMES.items()],
        error_messages={"required": "Choose what you found", "invalid_choice": "Choose one of the answers"},
    )
    words = forms.CharField(
        max_length=_MOST_LETTERS,
        error_messages={
            "required": "Say what you did, and who told you",
            "max_length": f"Use at most {_MOST_LETTERS} letters",
        },
    )
    concern = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "outcome" in given and "words" in given:
            try:
                tracking_rules.check_outcome(
                    outcome=_Outcome(given["outcome"]), words=given["words"], has_concern=bool(given.get("concern"))
                )
            except tracking_rules.WordsNeeded:
                self.add_error("words", "Say it in a few words, so that the next person understands")
            except tracking_rules.ConcernRecorded:
                self.add_error(
                    "outcome", "A family that declined does not close this while there is a concern: make a contact"
                )
        return given


def asked(given: Mapping[str, str]) -> lists.Asked:
    """Read which part of the list an address asks for."""
    return lists.asked(
        given,
        path=reverse("tracking"),
        sorts=("since",),
        narrowings={"list": tracking_rules.LISTS, "state": {*map(str, STATES), "mine"}},
    )


def list_page(  # what fills the page
    listings: Sequence[tracking_queries.ListingCard],
    *,
    wanted: lists.Asked,
    first: int,
    total: int,
    effects: Sequence[tracking_queries.Effect],
    latest: tuple[datetime.datetime, datetime.date] | None,
    message: presenters.Message | None,
) -> tracking.ListPage:
    """Show who may be lost, longest first."""
    state = wanted.narrowed_to("state")
    heading, said = _EMPTY[_State.TAKEN if state == "mine" else _State(state or _State.WAITING)]
    return tracking.ListPage(
        as_of=_as_of(latest),
        search_href=reverse("tracking-search"),
        filters=_filters(wanted),
        columns=tuple(presenters.SortLink(text=text) for text in ("Child", "Why", "Since", "Who looks into it")),
        rows=tuple(_row(listing) for listing in listings),
        rules=tuple(_rule(effect) for effect in effects),
        pager=lists.pager(
            wanted, first=first, shown=len(listings), total=total, size=PAGE_CHILDREN, noun="child", plural="children"
        ),
        empty=None if listings else presenters.EmptyState(heading=heading, words=said),
        message=message,
    )


def _as_of(latest: tuple[datetime.datetime, datetime.date] | None) -> str:
    if latest is None:
        return "The lists have not been made yet. They are made every night, or when you ask for it."
    at, on = latest
    return f"As of {words.day(on)}; made on {words.moment(clock.local(at))}. The lists are made anew every night."


def _filters(wanted: lists.Asked) -> presenters.Filters:
    by_list = [(code, rule.name) for code, rule in tracking_rules.LISTS.items()]
    by_state = [("mine", "I look into it"), *((str(state), text) for state, text in STATES.items())]
    return presenters.Filters(
        action_href=wanted.path,
        label="Filter the children",
        target="listed",
        fields=(
            lists.choice_of("list", "List", "All lists", by_list, chosen=wanted.narrowed_to("list")),
            lists.choice_of(
                "state",
                "Where it stands",
                STATES[_State.WAITING],
                [choice for choice in by_state if choice[0] != _State.WAITING],
                chosen=wanted.narrowed_to("state"),
            ),
        ),
        kept=wanted.kept_in_a_form(),
        clear_href=wanted.all_of_it() if wanted.narrowings else "",
    )


def _row(listing: tracking_queries.ListingCard) -> tracking.ListedRow:
    tag = presenters.Tag(text="Yours", tone=presenters.Tone.CARE) if listing.owner_is_viewer else None
    return tracking.ListedRow(
        href=reverse("tracked", args=[listing.id]),
        child=listing.child.full_name,
        born=_born(listing),
        why=tracking_rules.LISTS[listing.code].name,
        since=_since(listing),
        owner=listing.owner_name or "Nobody yet",
        tag=tag if listing.state is _State.TAKEN else None,
    )


def _born(listing: tracking_queries.ListingCard) -> str:
    return f"Born {words.day(listing.child.birth_date)}"


def _since(listing: tracking_queries.ListingCard) -> str:
    """Say since when; of whom no service ever had, nobody knows more than since when they should have been at school."""
    on, what = words.day(listing.since_date), tracking_rules.LISTS[listing.code].since_what
    return f"{what} since {on}" if what else on


def _rule(effect: tracking_queries.Effect) -> tracking.RuleLine:
    rule = tracking_rules.LISTS[effect.code]
    return tracking.RuleLine(
        name=rule.name,
        counts=rule.counts,
        not_listed=rule.not_listed,
        found=effect.found,
        waiting=effect.waiting,
        looked_into=effect.looked_into,
        helped=effect.helped,
        source=rule.source,
    )


def listing_page(  # what was typed last, and what was wrong with it
    listing: tracking_queries.ListingCard,
    form: Answer,
    *,
    refused: str = "",
    message: presenters.Message | None = None,
) -> tracking.ListingPage:
    """Show one child, why they are listed, and what is done about it."""
    rule, number = tracking_rules.LISTS[listing.code], listing.child.number
    is_open = listing.state in {_State.WAITING, _State.TAKEN, _State.UNLISTED}
    outcome = presenters.Field(
        name="outcome",
        label="What did you find?",
        error=filled.error(form, "outcome") or refused,
        choices=filled.choices(OUTCOMES, filled.given(form, "outcome")),
    )
    said = presenters.Field(
        name="words",
        label="What did you do, and who told you?",
        value=filled.given(form, "words"),
        error=filled.error(form, "words"),
    )
    return tracking.ListingPage(
        child=listing.child.full_name,
        born=_born(listing),
        child_href=reverse("child", args=[number]),
        list_name=rule.name,
        counts=rule.counts,
        reasons=tuple(_reason(fact, number) for fact in listing.reasons),
        rows=_standing(listing),
        list_href=reverse("tracking"),
        take_href=reverse("tracked-take", args=[listing.id]) if is_open and not listing.owner_is_viewer else "",
        hand_back_href=reverse("tracked-hand-back", args=[listing.id]) if is_open and listing.owner_is_viewer else "",
        action_href=reverse("tracked", args=[listing.id]) if is_open else "",
        outcome=outcome if is_open else None,
        words=said if is_open else None,
        is_concern=bool(filled.given(form, "concern")),
        errors=presenters.errors_of(outcome, said) if is_open else (),
        message=message,
    )


def _standing(listing: tracking_queries.ListingCard) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Since", _since(listing)),
        ("First listed", words.moment(clock.local(listing.listed_at))),
        ("Who looks into it", listing.owner_name or "Nobody yet"),
        ("Where it stands", STATES[listing.state]),
    ]
    if listing.answered_at is not None:
        rows += [
            ("What was found", OUTCOMES[_Outcome(listing.outcome)]),
            ("In their words", listing.words),
            ("Concern recorded", "Yes" if listing.has_concern else "No"),
            ("Answered", f"{listing.answered_by_name}, {words.moment(clock.local(listing.answered_at))}"),
        ]
    return tuple(rows)


def _reason(fact: Mapping[str, Any], number: str) -> tracking.Reason:
    on = words.day(datetime.date.fromisoformat(fact["date"])) if fact.get("date") else "a day not known"
    who = fact.get("team") or fact.get("agency") or "an agency"
    said = {
        "left_roll": f"Left the roll of {who} on {on}, and no school has had the child on its roll since.",
        "no_school": f"No school has the child on its roll, by what schools had told by {on}.",
        "no_practice": f"No general practice has the child on its list, as of {on}.",
        "seen": f"{fact.get('agency', 'An agency')} met or listed the child on {on}.",
        "referred": f"Referred on {on} to {who}, and still under nobody's name.",
    }[fact["fact"]]
    source = fact.get("source")
    link = (
        presenters.Link(text="Source record", href=reverse("source-record", args=[number, source])) if source else None
    )
    return tracking.Reason(words=said, source=link)
