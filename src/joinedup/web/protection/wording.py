"""The words of the protection page.

Belongs here: turning cards into presenters. Not here: the forms (asking), deciding anything (protection).
"""

import datetime
import uuid
from collections.abc import Iterator

from django.urls import reverse

from joinedup.foundation import clock
from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.protection import queries, rules
from joinedup.web import presenters, words
from joinedup.web.protection import forms, vocabulary
from joinedup.web.protection import presenters as protection

INVITE = "invite"
_NONE = presenters.Tag(text="No concern", tone=presenters.Tone.QUIET)
_CORRECTED = presenters.Tag(text="Corrected later", tone=presenters.Tone.QUIET)
_CORRECTION = presenters.Tag(text="Correction", tone=presenters.Tone.PLAIN)
_NOW = presenters.Tag(text="Now", tone=presenters.Tone.CARE)
_STANDINGS = {
    timescales_rules.Standing.RUNNING: presenters.Tag(text="Running", tone=presenters.Tone.CARE),
    timescales_rules.Standing.LATE: presenters.Tag(text="Late", tone=presenters.Tone.ALARM),
    timescales_rules.Standing.MET: presenters.Tag(text="In time", tone=presenters.Tone.GOOD),
    timescales_rules.Standing.MET_LATE: presenters.Tag(text="Was late", tone=presenters.Tone.ALARM),
    timescales_rules.Standing.AT_ONCE: presenters.Tag(text="At once", tone=presenters.Tone.CARE),
    timescales_rules.Standing.RESTING: presenters.Tag(text="Resting", tone=presenters.Tone.QUIET),
    timescales_rules.Standing.TOO_SOON: presenters.Tag(text="Too soon", tone=presenters.Tone.ALARM),
}
#: What a page says of where a concern stands.
SAID = {
    rules.Stage.DISCUSSION: "A strategy discussion is called, and is to be held as soon as possible.",
    rules.Stage.ENQUIRY_DUE: "Enquiries under section 47 are decided on, and are to begin.",
    rules.Stage.ENQUIRY: "Enquiries under section 47 are being made.",
    rules.Stage.CONFERENCE: "The child is at continuing risk of significant harm: a conference is to be held.",
    rules.Stage.PLAN: "The child has a child protection plan.",
    rules.Stage.ENDED: "No concern is open, and there is no child protection plan.",
}
_NOTHING = "Nothing is written down here of a concern that this child suffers significant harm."


def page(
    found: queries.Page, *, back: presenters.Link, message: presenters.Message | None
) -> protection.ProtectionPage:
    """Show all that is done to protect a child."""
    foremost = foremost_of(found.concerns)
    return protection.ProtectionPage(
        name=found.child.full_name,
        number=words.child_number(found.child.number),
        tag=_NONE if foremost is None else vocabulary.STAGES[foremost.stage],
        said=_NOTHING if foremost is None else SAID[foremost.stage],
        concerns=tuple(_concern(found, concern) for concern in found.concerns),
        spans=tuple(_spans(found, kind) for kind in rules.SpanKind),
        worry=_worry(found),
        back=back,
        message=message,
    )


def foremost_of(concerns: tuple[queries.ConcernCard, ...]) -> queries.ConcernCard | None:
    """Return the concern that tells where the child stands: one that is open, the newest first; else the newest."""
    still_open = [one for one in concerns if one.stage is not rules.Stage.ENDED]
    return next(iter([*still_open, *concerns]), None)


def _worry(found: queries.Page) -> presenters.Link | None:
    """Offer to call a strategy discussion, unless a concern is on its way to a conference already."""
    settled = {rules.Stage.PLAN, rules.Stage.ENDED}
    if not found.standing.may(rules.Act.WORRY) or any(one.stage not in settled for one in found.concerns):
        return None
    said = vocabulary.ACTS[rules.Act.WORRY]
    return presenters.Link(text=said.heading, href=reverse("protection-worry", args=[found.child.number]))


def _href(found: queries.Page, concern: queries.ConcernCard, name: str) -> str:
    return reverse("protection-act", args=[found.child.number, concern.id, name])


def acts_of(found: queries.Page, concern: queries.ConcernCard) -> tuple[rules.Act, ...]:
    """Return the acts that begin where a concern stands, and that this viewer may do."""
    return tuple(act for act in rules.acts_in(concern.stage) if found.standing.may(act))


def may_invite(found: queries.Page, concern: queries.ConcernCard) -> bool:
    """Return whether this viewer may ask others to take part in what is still going on."""
    return concern.stage is not rules.Stage.ENDED and found.standing.may(rules.INVITED)


def _concern(found: queries.Page, concern: queries.ConcernCard) -> protection.Concern:
    can = acts_of(found, concern)
    links = {
        act: presenters.Link(text=vocabulary.ACTS[act].heading, href=_href(found, concern, act.value.replace("_", "-")))
        for act in can
    }
    coming = concern.next_act
    invite = [presenters.Link(text="Ask someone to take part", href=_href(found, concern, INVITE))]
    return protection.Concern(
        anchor=f"concern-{concern.id}",
        heading=f"Concern of {_day(concern.since_at)}",
        tag=vocabulary.STAGES[concern.stage],
        facts=tuple(_facts(concern)),
        next_act=links.get(coming) if coming else None,
        next_words=_next_words(concern),
        clocks=tuple(_clock(one) for one in concern.clocks),
        acts=(
            *(link for act, link in links.items() if act is not coming),
            *(invite if may_invite(found, concern) else []),
        ),
        events=tuple(_event(found, concern, step) for step in reversed(concern.steps)),
    )


def _facts(concern: queries.ConcernCard) -> Iterator[tuple[str, str]]:
    plan = concern.plan
    if plan is not None:
        since = f"Since {words.day(plan.started_on)}. {vocabulary.CATEGORIES[plan.category]}"
        ended = "" if plan.ended_on is None else f". Ended on {words.day(plan.ended_on)}"
        why = f": {vocabulary.ENDINGS[plan.ending].lower()}" if plan.ending else ""
        yield "Child protection plan", since + ended + why
    seen = [step.saying.happened_at for step in concern.standing_steps if step.saying.act is rules.Act.CHILD_SEEN]
    yield "Child last seen", _day(max(seen)) if seen else "Not written down yet"
    if concern.invitations:
        yield (
            "Asked to take part",
            "; ".join(
                f"{one.name}, {one.agency_name}, {one.part}, until {words.day(one.until_on)}"
                for one in concern.invitations
            ),
        )


def _next_words(concern: queries.ConcernCard) -> str:
    """Say by when what is next is due at most."""
    ends = [(one.due.at, one) for one in concern.clocks if one.is_running and one.due.at is not None]
    if concern.next_act is None or not ends:
        return ""
    _, first = min(ends, key=lambda pair: pair[0])
    return f"{first.due.timescale.name}: {_until(first.due)} at the latest. That is a maximum, not a target."


def _until(due: timescales_rules.Due) -> str:
    if due.at is None or due.last_date is None:
        return "as soon as possible"
    if due.timescale.unit is timescales_rules.Unit.HOUR:
        return words.moment(clock.local(due.at))
    return words.day(due.last_date)


def _clock(one: queries.ClockCard) -> protection.ClockRow:
    due = one.due
    met = f". Done on {_day(one.met_at)}" if one.met_at else ""
    scale = due.timescale
    length = timescales_rules.how_long(scale)
    most = f"At most {length}" if scale.most else length.capitalize()
    source = scale.source if scale.is_verified else f"to be checked: {scale.source}"
    return protection.ClockRow(
        what=due.timescale.name,
        since=f"{_day(due.started_at)}, {due.timescale.starts}",
        until=_until(due) + met,
        rule=f"{most}, {scale.kind.replace('_', ' ')}. Source: {source}",
        tag=_STANDINGS[one.standing],
    )


def _event(found: queries.Page, concern: queries.ConcernCard, step: queries.StepCard) -> protection.Event:
    saying = step.saying
    may_correct = not step.is_corrected and found.standing.may(saying.act)
    tag = _CORRECTED if step.is_corrected else _CORRECTION if step.corrects_id else None
    return protection.Event(
        when=_when(saying),
        heading=vocabulary.ACTS[saying.act].happened,
        lines=tuple(_said(step)),
        quiet=f"Written down by {step.recorded_by} on {words.moment(clock.local(step.recorded_at))}",
        tag=tag,
        act=_correct(found, concern, step.id) if may_correct else None,
    )


def _correct(found: queries.Page, concern: queries.ConcernCard, step_id: uuid.UUID) -> presenters.Link:
    href = reverse("protection-correct", args=[found.child.number, concern.id, step_id])
    return presenters.Link(text="Correct this", href=href)


def _when(saying: rules.Saying) -> str:
    at = clock.local(saying.happened_at)
    return words.moment(at) if saying.act in forms.TIMED else words.day(at.date())


def _said(step: queries.StepCard) -> Iterator[tuple[str, str]]:
    saying = step.saying
    alone = {True: "Yes", False: "No", None: ""}[saying.is_alone]
    said = (
        ("Outcome", vocabulary.OUTCOMES[saying.outcome] if saying.outcome else ""),
        ("Category", vocabulary.CATEGORIES[saying.category] if saying.category else ""),
        ("Why it ended", vocabulary.ENDINGS[saying.ending] if saying.ending else ""),
        ("Seen alone", alone),
        ("Chaired by", saying.chair),
        ("Took part", "; ".join(f"{one.name}, {one.agency}" for one in saying.present)),
        ("The child", saying.childs_view),
        ("", saying.words),
        ("Why it was corrected", step.why_corrected),
    )
    return ((label, text) for label, text in said if text)


def _spans(found: queries.Page, kind: rules.SpanKind) -> protection.Spans:
    name, number = kind.value.replace("_", "-"), found.child.number
    act = presenters.Link(
        text=f"Write down a {vocabulary.SPANS[kind].lower()}", href=reverse("protection-care", args=[number, name])
    )
    return protection.Spans(
        anchor=name,
        heading=f"{vocabulary.SPANS[kind]} in care",
        spans=tuple(_span(found, span) for span in found.spans if span.kind is kind),
        empty="None is written down.",
        act=act if found.standing.may(rules.SPAN_BEGUN) else None,
    )


def _span(found: queries.Page, span: queries.SpanCard) -> protection.Span:
    until = f" to {words.day(span.ended_on)}" if span.ended_on else ""
    tag = _CORRECTED if span.is_corrected else _NOW if span.ended_on is None else None
    acts = [("end", "End it", rules.SPAN_ENDED)] if span.ended_on is None else []
    acts.append(("correct", "Correct this", rules.SPAN_BEGUN))
    return protection.Span(
        heading=f"{span.code_words} ({span.code})",
        lines=tuple(
            filter(
                None,
                (
                    f"From {words.day(span.started_on)}{until}",
                    span.words,
                    span.ended_words if span.ended_words != span.words else "",
                    f"Why it was corrected: {span.why_corrected}" if span.why_corrected else "",
                ),
            )
        ),
        quiet=f"Written down by {span.recorded_by} on {words.moment(clock.local(span.recorded_at))}",
        tag=tag,
        acts=tuple(
            presenters.Link(text=text, href=reverse("protection-span", args=[found.child.number, span.id, name]))
            for name, text, act in acts
            if not span.is_corrected and found.standing.may(act)
        ),
    )


def _day(at: datetime.datetime) -> str:
    return words.day(clock.local(at).date())
