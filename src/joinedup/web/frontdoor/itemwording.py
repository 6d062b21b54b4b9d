"""The words of one item: what was sent, its clocks, what agencies said, what was done, and what can be done now.

Belongs here: turning a card into presenters. Not here: the forms of the acts (actwording), deciding anything.
"""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundation import clock
from joinedup.foundation.timescales import rules as timescales
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import presenters, words
from joinedup.web.frontdoor import helpwording, texts
from joinedup.web.frontdoor import presenters as frontdoor

_WORRY = {
    inbasket_rules.Kind.CONTACT: "What the sender wrote",
    inbasket_rules.Kind.NOTIFICATION: "What the sender wrote",
    inbasket_rules.Kind.INFORMATION_REQUEST: "What is asked",
    inbasket_rules.Kind.REPLY: "What came back",
}
_OWN = "You sent this yourself, so someone else works on it. What you may know of it stands under What I sent."
_ENDED = {
    inbasket_rules.Outcome.ANSWERED: ("Answered", presenters.Tone.GOOD),
    inbasket_rules.Outcome.REFUSED: ("Refused", presenters.Tone.CARE),
    inbasket_rules.Outcome.WITHDRAWN: ("Withdrawn", presenters.Tone.QUIET),
}


def item_page(
    card: inbasket_queries.ItemCard,
    *,
    acts: Sequence[frontdoor.Act],
    at: datetime.datetime,
    following: tuple[presenters.Link, ...] = (),
    message: presenters.Message | None,
    errors: tuple[presenters.FormError, ...] = (),
) -> frontdoor.ItemPage:
    """Show one item with all that can be done with it now."""
    is_late = card.due_at is not None and at >= card.due_at
    may_choose = inbasket_rules.Act.CHOOSE_CHILD in card.allowed
    return frontdoor.ItemPage(
        back_href=reverse("in-basket"),
        name=card.name,
        kind=texts.KINDS[card.kind],
        state=_state(card),
        colour=texts.colour(card.urgency),
        late=presenters.Tag(text="Late", tone=presenters.Tone.ALARM) if is_late else None,
        sent=(
            *helpwording.sent_rows(card.message),
            ("Received", helpwording.moment(card.received_at)),
        ),
        worry=card.message.words,
        worry_heading=_WORRY[card.kind],
        standing=_standing(card),
        child=presenters.Link(
            text=f"Child {words.child_number(card.child_number)}", href=reverse("child", args=[card.child_number])
        )
        if card.child_number
        else None,
        child_words=_child_words(card),
        choose_href=reverse("in-basket-child", args=[card.id]) if may_choose else "",
        related=_related(card),
        clocks=tuple(_clock(due, card, at=at) for due in card.clocks),
        asked=tuple(_asked(one, at=at) for one in (card.asked or ((card.answer,) if card.answer else ()))),
        history=tuple(_history(act) for act in card.acts),
        acts=tuple(acts),
        note=_OWN if card.is_own and card.kind in inbasket_rules.FROM_OUTSIDE else "",
        following=following,
        message=message,
        errors=errors,
    )


def _state(card: inbasket_queries.ItemCard) -> str:
    if card.state is inbasket_rules.State.CLOSED and card.outcome is not None:
        return f"Closed: {texts.ENDS[card.outcome]}"
    if card.is_mine:
        return f"{texts.STATES[card.state]}; you have it"
    return f"{texts.STATES[card.state]}; {card.holder_name} has it" if card.holder_name else texts.STATES[card.state]


def _standing(card: inbasket_queries.ItemCard) -> tuple[tuple[str, str], ...]:
    rows = (
        ("In the in-basket of", card.team_name),
        ("Taken by", "You" if card.is_mine else card.holder_name),
        ("Level of need", str(card.level) if card.level else ""),
        ("Outcome", texts.ENDS[card.outcome] if card.outcome else ""),
        ("Told the sender", card.told_words),
        ("Answers for what follows", card.owner_name),
        ("Closed", helpwording.moment(card.closed_at) if card.closed_at else ""),
    )
    return tuple((name, value) for name, value in rows if value)


def _child_words(card: inbasket_queries.ItemCard) -> str:
    if card.child_number:
        return "A person said that it is about this child."
    if card.child_id is not None:
        return "It is about a child whose record your work does not show you."
    if card.child_is_unknown:
        return "A person looked, and it is about no child of the index."
    return "Nobody has said yet which child of the index it is about."


def _related(card: inbasket_queries.ItemCard) -> tuple[presenters.Link, ...]:
    about = (
        [presenters.Link(text="What this is about", href=reverse("in-basket-item", args=[card.about_id]))]
        if card.about_id and (card.kind is inbasket_rules.Kind.REPLY or inbasket_rules.Act.WITHDRAW in card.allowed)
        else []
    )
    parts = [
        presenters.Link(text=f"Of its own: {name}", href=reverse("in-basket-item", args=[part]))
        for part, name in card.parts
    ]
    return (*about, *parts)


def _clock(due: timescales.Due, card: inbasket_queries.ItemCard, *, at: datetime.datetime) -> frontdoor.Clock:
    known = {inbasket_rules.State.TOLD, inbasket_rules.State.CLOSED}
    ended_at = _ended_at(card) if card.state in known else None
    standing = timescales.standing(due, ended_at=ended_at, at=at)
    until = ""
    if due.at is not None and due.last_date is not None:
        is_hours = due.timescale.unit is timescales.Unit.HOUR
        until = helpwording.moment(due.at) if is_hours else f"the end of {words.day(due.last_date)}"
    tags = {
        timescales.Standing.LATE: ("Late", presenters.Tone.ALARM),
        timescales.Standing.MET_LATE: ("Done late", presenters.Tone.CARE),
        timescales.Standing.MET: ("Done in time", presenters.Tone.GOOD),
    }
    tag = tags.get(standing)
    return frontdoor.Clock(
        what=due.timescale.name,
        since=helpwording.moment(due.started_at),
        until=until,
        rule=_rule(due.timescale),
        tag=presenters.Tag(text=tag[0], tone=tag[1]) if tag else None,
    )


def _rule(timescale: timescales.Timescale) -> str:
    kind = str(timescale.kind).replace("_", " ")
    return f"Within {timescales.how_long(timescale)} at most; {kind}: {timescale.source}"


def _ended_at(card: inbasket_queries.ItemCard) -> datetime.datetime | None:
    """Return when the clocks stopped: when the sender was told, or a question was settled."""
    told = [act.at for act in card.acts if act.act == inbasket_rules.Act.TELL]
    return told[-1] if told else card.closed_at


def _asked(one: inbasket_queries.AskedCard, *, at: datetime.datetime) -> frontdoor.Asked:
    if one.outcome is not None:
        text, tone = _ENDED[one.outcome]
    elif one.due_at is not None and at >= one.due_at:
        text, tone = "Late", presenters.Tone.ALARM
    else:
        text, tone = "No answer yet", presenters.Tone.PLAIN
    return frontdoor.Asked(
        agency=one.agency_name,
        href=reverse("in-basket-item", args=[one.id]),
        tag=presenters.Tag(text=text, tone=tone),
        question=one.question,
        asked=helpwording.moment(one.asked_at),
        due=helpwording.moment(one.due_at) if one.due_at and one.outcome is None else "",
        said=one.answer or one.why,
        basis=texts.BASES[one.answer_basis] if one.answer_basis else "",
        by=f"{one.by_name}, {words.moment(clock.local(one.at))}" if one.by_name and one.at else "",
    )


def _history(act: inbasket_queries.ActCard) -> frontdoor.HistoryLine:
    before, after = (_said(act.act, value) for value in (act.before, act.after))
    change = f"{before} → {after}" if before and after else (after or before)
    if change == act.by_name:
        change = ""  # whoever took it is named already
    return frontdoor.HistoryLine(
        at=act.at, who=act.by_name, what=texts.DONE.get(act.act, act.act), change=change, why=act.why
    )


def _said(act: str, value: str) -> str:
    """Write what stood before or after an act in words, where it is a code."""
    if act == inbasket_rules.Act.SET_URGENCY and value:
        return texts.COLOURS[inbasket_rules.Urgency(value)][0]
    if act == inbasket_rules.Act.DECIDE and value:
        level, _, outcome = value.partition(": ")
        return f"{level.capitalize()}: {texts.ENDS[inbasket_rules.Outcome(outcome)]}"
    if act in {str(kind) for kind in _CODES} and value:
        return texts.ENDS[inbasket_rules.Outcome(value)]
    return value


#: Acts whose change is an outcome.
_CODES = (
    *(inbasket_rules.Act.TELL, inbasket_rules.Act.CLOSE, inbasket_rules.Act.ANSWER, inbasket_rules.Act.REFUSE),
    *(inbasket_rules.Act.WITHDRAW, inbasket_rules.Act.READ),
)
