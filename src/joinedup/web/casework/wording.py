"""The words of the plan's page, of My work and of the team's board.

Belongs here: turning cards into presenters. Not here: the acts' forms (deeds, endings), deciding anything (casework).
"""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundation import clock
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.casework import queries, rules
from joinedup.web import lists, presenters, voices, words
from joinedup.web.casework import endings, questions, vocabulary
from joinedup.web.casework import presenters as casework

PAGE_ROWS = 25
_OPEN = presenters.Tag(text="Open", tone=presenters.Tone.CARE)
_CLOSED = presenters.Tag(text="Closed", tone=presenters.Tone.QUIET)
_LATE = presenters.Tag(text="Late", tone=presenters.Tone.ALARM)
_LEFT = presenters.Tag(text="Has left", tone=presenters.Tone.QUIET)
_DONE = presenters.Tag(text="Done", tone=presenters.Tone.GOOD)
_NOBODY = presenters.Tag(text="Nobody leads", tone=presenters.Tone.ALARM)
_OFFERED = presenters.Tag(text="Offered", tone=presenters.Tone.CARE)


def day(at: datetime.datetime) -> str:
    """Write the day of a moment, as the clocks of England show it."""
    return words.day(clock.local(at).date())


class _Acts:
    """The links to the acts that the viewer may do now, of those named."""

    def __init__(self, plan: queries.Plan) -> None:
        self.plan = plan

    def __call__(self, *names: str) -> tuple[presenters.Link, ...]:
        return tuple(
            presenters.Link(
                text=endings.DEEDS[name].heading,
                href=reverse("plan-act", args=[self.plan.child.number, self.plan.episode.id, name]),
            )
            for name in names
            if is_offered(self.plan, name)
        )


def is_offered(plan: queries.Plan, name: str) -> bool:
    """Return whether an act is one that this viewer may do, alone or once a manager agrees, and that begins here."""
    stands, act = plan.standing, endings.DEEDS[name].act
    allowed = stands.may(act)
    if name in {"hand-over", "offer", "step", "withdraw", "close"}:
        allowed = stands.may_once_agreed(act)
    return allowed and _begins_here(plan)[name]


def _begins_here(plan: queries.Plan) -> dict[str, bool]:
    """Return which acts have anything to begin with."""
    is_open, lead = plan.episode.closed_at is None, plan.episode.lead
    offer = next((one for one in plan.transfers if one.state is rules.Transfer.OFFERED), None)
    needs = bool(questions.open_needs(plan))
    return {
        **dict.fromkeys(("join", "need", "outcome", "supervision"), is_open),
        "lead": is_open and lead is None,
        "hand-over": is_open and lead is not None,
        "leave": is_open and len(questions.members(plan)) > 1,
        "need-ended": needs,
        "action": is_open and bool(plan.outcomes) and bool(questions.members(plan)),
        "done": is_open and bool(questions.open_actions(plan)),
        "review": is_open and bool(plan.reviews),
        "offer": is_open and offer is None,
        "step": is_open and offer is None,
        "withdraw": is_open and offer is not None,
        "elsewhere": is_open and offer is not None and offer.is_to_area,
        # Whoever does it by their own word asks nobody.
        "ask": is_open and not plan.standing.may("episode.closed") and plan.standing.may_once_agreed("episode.closed"),
        "agree": is_open and bool(questions.waiting_for(plan)),
        "close": is_open and offer is None,
    }


def plan_page(
    plan: queries.Plan,
    *,
    on: datetime.date,
    back: presenters.Link,
    message: presenters.Message | None,
    heard: voices.Heard,
) -> casework.PlanPage:
    """Show one episode whole."""
    acts = _Acts(plan)
    episode = plan.episode
    return casework.PlanPage(
        name=plan.child.full_name,
        number=words.child_number(plan.child.number),
        heading=vocabulary.KINDS[episode.kind],
        state=_OPEN if episode.closed_at is None else _CLOSED,
        facts=_facts(plan),
        outcomes=_outcomes(plan, on=on),
        outcome_acts=acts("outcome", "action", "done"),
        before=(
            casework.Section(
                anchor="team",
                heading="The team around the child",
                pieces=tuple(_member(member) for member in plan.members),
                empty="Nobody is in the team yet.",
                acts=acts("lead", "join", "leave", "hand-over"),
            ),
            casework.Section(
                anchor="needs",
                heading="Strengths and needs",
                pieces=tuple(_need(need) for need in plan.needs),
                empty="No strength and no need is written down yet.",
                acts=acts("need", "need-ended"),
            ),
        ),
        after=(_heard(heard), *_passed(plan, acts, on=on)),
        acts=acts("offer", "step", "withdraw", "elsewhere", "ask", "agree", "close"),
        back=back,
        message=message,
    )


def _heard(heard: voices.Heard) -> casework.Section:
    """Show what the child thinks; what they want known comes first, for it is told once."""
    about = tuple(
        casework.Piece(heading=f"About me: {label}", lines=(text,), quiet=heard.about_quiet)
        for label, text in heard.about
    )
    views = tuple(
        casework.Piece(
            heading=one.heading,
            lines=tuple(text for text in (one.words, one.answer) if text),
            quiet=one.quiet,
            tag=one.tag,
        )
        for one in heard.views
    )
    return casework.Section(
        anchor="voice",
        heading=voices.HEADING,
        pieces=(*about, *views),
        empty=voices.NOTHING,
        acts=(presenters.Link(text="Answer the child, or invite them to a page of their own", href=heard.href),),
    )


def _facts(plan: queries.Plan) -> tuple[tuple[str, str], ...]:
    episode, lead = plan.episode, plan.episode.lead
    leads = "Nobody yet" if lead is None else _who(lead.name, lead.agency_name, lead.phone)
    if lead is not None and not lead.is_here:
        leads = f"{leads}. They work here no more: let another person lead"
    if lead is not None and not lead.is_of_child:
        leads = f"{leads}. Another person is the child's lead professional"
    closed = () if episode.closed_at is None else (("Closed", _closed(episode, episode.closed_at)),)
    return (
        ("Who leads", leads),
        ("Which team answers", _who(episode.team, "", episode.team_phone)),
        ("Level of need", vocabulary.LEVELS[rules.Level(episode.level)]),
        ("Why", episode.why),
        ("Opened", day(episode.opened_at)),
        ("Changes of lead that the child has lived through", str(plan.lead_changes)),
        *closed,
    )


def _who(name: str, agency: str, phone: str) -> str:
    return ", ".join(part for part in (name, agency, phone) if part)


def _closed(episode: queries.EpisodeCard, at: datetime.datetime) -> str:
    reasons = {**{str(key): text for key, text in vocabulary.CLOSINGS.items()}, rules.Closing.MOVED: vocabulary.MOVED}
    return f"{day(at)}. {reasons[episode.closing]}. {episode.closing_words}"


def _member(member: queries.MemberCard) -> casework.Piece:
    return casework.Piece(
        heading=member.name,
        lines=(_who(member.agency_name, member.part, member.phone),),
        tag=None if member.left_at is None else _LEFT,
        quiet=f"Since {day(member.joined_at)}" + ("" if member.left_at is None else f", until {day(member.left_at)}"),
    )


def _need(need: queries.NeedCard) -> casework.Piece:
    is_strength = need.state is rules.NeedState.STRENGTH
    owner = () if is_strength or need.ended_at else (f"Whose it is: {need.owner}",)
    ended = (need.ended_words,) if need.ended_at else ()
    return casework.Piece(
        heading=need.about,
        lines=(need.statement, *owner, *ended),
        tag=vocabulary.NEEDS[need.state],
        quiet=f"Level {need.level}. Found by {need.found_by} on {day(need.found_at)}",
    )


def _outcomes(plan: queries.Plan, *, on: datetime.date) -> tuple[casework.Outcome, ...]:
    return tuple(
        casework.Outcome(
            heading=outcome.statement,
            aim=f"Aim: {outcome.aim}",
            how=outcome.how_we_will_know,
            actions=tuple(_action(action, on=on) for action in outcome.actions),
        )
        for outcome in plan.outcomes
    )


def _action(action: queries.ActionCard, *, on: datetime.date) -> casework.Piece:
    tag = _DONE if action.done_at else _LATE if action.due_on < on else None
    left = ". They have left the team: it falls to whoever leads" if action.has_left and not action.done_at else ""
    return casework.Piece(
        heading=action.words,
        lines=(f"{action.doer}, {action.agency_name}, by {words.day(action.due_on)}{left}",),
        tag=tag,
        quiet="" if action.done_at is None else f"Done on {day(action.done_at)}: {action.done_words}",
    )


def _passed(plan: queries.Plan, acts: _Acts, *, on: datetime.date) -> tuple[casework.Section, ...]:
    """Show reviews, and of what passes between people those parts that there are."""
    parts = (
        ("reviews", "Reviews", tuple(_review(one, on=on) for one in plan.reviews), acts("review")),
        ("transfers", "Transfers and steps", tuple(_transfer(one) for one in plan.transfers), ()),
        ("approvals", "What managers agreed to", tuple(_approval(one) for one in plan.approvals), ()),
        ("supervision", "Supervision", tuple(_note(one) for one in plan.supervisions), acts("supervision")),
        ("leads", "Who has led", tuple(_lead(one) for one in plan.leads if one.ended_at), ()),
    )
    return tuple(
        casework.Section(
            anchor=anchor,
            heading=heading,
            pieces=pieces,
            empty="The first review is due once something is planned." if anchor == "reviews" else "Nothing yet.",
            acts=links,
        )
        for anchor, heading, pieces, links in parts
        if pieces or links or anchor == "reviews"
    )


def _review(review: queries.ReviewCard, *, on: datetime.date) -> casework.Piece:
    if review.held_at is None:
        is_late = review.due_on is not None and review.due_on < on
        due = "No day is set" if review.due_on is None else f"Due by {words.day(review.due_on)}"
        return casework.Piece(
            heading="The next review", lines=(due,), tag=_LATE if is_late else None, quiet=_by_which_clock(review)
        )
    view = review.childs_view or vocabulary.SPOKEN[rules.Spoken(review.spoken)]
    return casework.Piece(
        heading=f"Held on {day(review.held_at)}",
        lines=(review.what_changed, f"The child: {view}"),
        tag=_DONE,
        quiet=f"Kept by {review.held_by}",
    )


def _by_which_clock(review: queries.ReviewCard) -> str:
    """Say from when and by which rule a review is due."""
    since = f"Counted from {day(review.from_at)}"
    try:
        timescale = timescales_queries.get_profile().get(review.clock, on=clock.local(review.from_at).date())
    except (timescales_rules.NoSuchTimescale, timescales_rules.NotInForce):
        return since
    return f"{since}: {timescale.name.lower()}, at most {timescales_rules.how_long(timescale)}, {timescale.source}"


def _transfer(one: queries.TransferCard) -> casework.Piece:
    level = "" if one.from_level == one.to_level else f", from level {one.from_level} to {one.to_level}"
    answered = () if one.answered_at is None else (f"{one.answered_by}, {day(one.answered_at)}: {one.answer}",)
    return casework.Piece(
        heading=f"From {one.from_team} to {one.to}{level}",
        lines=(one.why, *answered),
        tag=vocabulary.TRANSFERS[one.state],
        quiet=f"Offered by {one.offered_by} on {day(one.offered_at)}",
    )


def _approval(one: queries.ApprovalCard) -> casework.Piece:
    answered = (f"{one.answered_by}: {one.answered_words}",) if one.answered_by else ()
    return casework.Piece(
        heading=vocabulary.APPROVED[one.act],
        lines=(one.words, *answered),
        tag=vocabulary.ANSWERED[one.answer],
        quiet=f"Asked by {one.asked_by} on {day(one.asked_at)}",
    )


def _note(one: queries.NoteCard) -> casework.Piece:
    return casework.Piece(heading=f"{one.noted_by}, {day(one.noted_at)}", lines=(one.words,))


def _lead(one: queries.LeadCard) -> casework.Piece:
    until = "" if one.ended_at is None else f" to {day(one.ended_at)}"
    return casework.Piece(
        heading=_who(one.name, one.agency_name, ""),
        lines=(one.goodbye,) if one.goodbye else (),
        quiet=f"{day(one.started_at)}{until}",
    )


def work_page(
    owed: Sequence[queries.OwedCard], *, on: datetime.date, board_href: str, message: presenters.Message | None
) -> casework.WorkPage:
    """Show what one owes."""
    rows = tuple(_owed(card, on=on) for card in owed)
    return casework.WorkPage(
        rows=rows,
        late=sum(row.is_late for row in rows),
        empty=presenters.EmptyState(
            heading="You owe nothing",
            words="Reviews, actions, needs, offers and questions to you will stand here, what is due first at the top.",
        ),
        board_href=board_href,
        message=message,
    )


def _owed(card: queries.OwedCard, *, on: datetime.date) -> casework.OwedRow:
    owed = card.owed
    href = (
        reverse("offer", args=[owed.item_id])
        if owed.kind is rules.Owes.TRANSFER
        else reverse("plan", args=[owed.number, owed.episode_id])
    )
    return casework.OwedRow(
        what=vocabulary.OWES[owed.kind],
        words=owed.words,
        who=card.child.full_name if card.child else words.child_number(owed.number),
        href=href,
        due_on=owed.due_on,
        is_late=owed.is_late(on=on),
    )


def board_page(
    rows: Sequence[queries.BoardRow], *, wanted: lists.Asked, first: int, total: int, on: datetime.date
) -> casework.BoardPage:
    """Show the open episodes of the team."""
    return casework.BoardPage(
        rows=tuple(_board_row(row, on=on) for row in rows),
        pager=lists.pager(
            wanted, first=first, shown=len(rows), total=total, size=PAGE_ROWS, noun="episode", plural="episodes"
        ),
        empty=presenters.EmptyState(
            heading="Your team has no open episode",
            words="Open one from a child's page, or accept one that is offered.",
        ),
    )


def _board_row(row: queries.BoardRow, *, on: datetime.date) -> casework.BoardRow:
    is_late = row.review_due_on is not None and row.review_due_on < on
    tags = (
        *([_NOBODY] if not row.lead else []),
        *([presenters.Tag(text="Review late", tone=presenters.Tone.ALARM)] if is_late else []),
        *(
            [presenters.Tag(text=f"{words.count(row.late_actions, 'late action')}", tone=presenters.Tone.CARE)]
            if row.late_actions
            else []
        ),
        *([_OFFERED] if row.is_offered else []),
    )
    return casework.BoardRow(
        number=words.child_number(row.number),
        href=reverse("plan", args=[row.number, row.episode_id]),
        kind=vocabulary.KINDS[row.kind],
        level=str(row.level),
        lead=row.lead,
        tags=tags,
        opened_at=row.opened_at,
        review_due_on=row.review_due_on,
    )
