"""The child's protection page whole, and what the child's own page says of it.

Belongs here: reads of one child, each under a view that is open. Not here: how a clock is counted (foundation.timescales).
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence

from joinedup.delivery.agencies import addressees
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.protection import models, rules, shipped
from joinedup.processes.protection.queries import standing
from joinedup.processes.protection.queries.cards import (
    ClockCard,
    ConcernCard,
    ConcernLine,
    InvitationCard,
    Page,
    PlanCard,
    SpanCard,
    StepCard,
)


def get_page(*, viewer: access_rules.Viewer, number: str, purpose: str, at: datetime.datetime) -> Page:
    """Open the child and return all that is done to protect them.

    Shapes: the same number of queries whatever there is.
    Errors: as `childindex_queries.open_child`; NoSuchConcern for whoever the matrix does not let read it.
    """
    opened = childindex_queries.open_child(viewer=viewer, number=number, purpose=purpose, act="protection.page.seen")
    stands = standing.stand(viewer=viewer, opened=opened)
    return Page(
        child=opened.card,
        standing=stands,
        concerns=_concerns(opened.card.id, at=at),
        spans=_spans(opened.card.id),
    )


def get_lines(*, child_id: uuid.UUID, tiers: frozenset[str]) -> tuple[ConcernLine, ...]:
    """Return in short what is done to protect a child who is open before the viewer; none where the tier is not read.

    Shapes: at most 1 query, newest first.
    """
    if rules.READ not in tiers:
        return ()
    found = models.Concern.objects.filter(child_id=child_id).select_related("plan").order_by("-since_at", "-id")
    return tuple(_line(concern) for concern in found)


def _line(concern: models.Concern) -> ConcernLine:
    plan = getattr(concern, "plan", None)
    return ConcernLine(
        stage=rules.Stage(concern.stage), since_at=concern.since_at, plan=None if plan is None else _plan(plan)
    )


def _concerns(child_id: uuid.UUID, *, at: datetime.datetime) -> tuple[ConcernCard, ...]:
    found = list(models.Concern.objects.filter(child_id=child_id).order_by("-since_at", "-id"))
    if not found:
        return ()
    steps = list(models.Step.objects.filter(child_id=child_id).order_by("place", "recorded_at", "id"))
    present = _present(child_id)
    plans = {plan.concern_id: plan for plan in models.ProtectionPlan.objects.filter(child_id=child_id)}
    asked = list(models.Invitation.objects.filter(child_id=child_id).order_by("invited_at", "id"))
    people = addressees.get_people(practitioner_ids={one.practitioner_id for one in asked})
    return tuple(
        _concern(
            concern,
            steps=[step for step in steps if step.concern_id == concern.pk],
            present=present,
            plan=plans.get(concern.pk),
            invitations=tuple(_invitation(one, people) for one in asked if one.concern_id == concern.pk),
            at=at,
        )
        for concern in found
    )


def _present(child_id: uuid.UUID) -> dict[uuid.UUID, list[rules.Present]]:
    found: dict[uuid.UUID, list[rules.Present]] = {}
    for one in models.Presence.objects.filter(child_id=child_id).order_by("id"):
        found.setdefault(one.step_id, []).append(rules.Present(name=one.person_name, agency=one.agency_name))
    return found


def _concern(  # one concern, and what was read for all of them
    concern: models.Concern,
    *,
    steps: Sequence[models.Step],
    present: Mapping[uuid.UUID, Sequence[rules.Present]],
    plan: models.ProtectionPlan | None,
    invitations: tuple[InvitationCard, ...],
    at: datetime.datetime,
) -> ConcernCard:
    stage = rules.Stage(concern.stage)
    return ConcernCard(
        id=concern.pk,
        contact_id=concern.contact_id,
        stage=stage,
        since_at=concern.since_at,
        steps=tuple(_step(step, present.get(step.pk, ())) for step in steps),
        clocks=tuple(_clocks(taken(steps), stage, at=at)),
        plan=None if plan is None else _plan(plan),
        invitations=invitations,
    )


def taken(steps: Iterable[models.Step]) -> list[rules.Taken]:
    """Return the steps that stand, as the rules follow them."""
    return [
        rules.Taken(
            id=step.pk,
            place=step.place,
            act=rules.Act(step.act),
            happened_at=step.happened_at,
            outcome=rules.Outcome(step.outcome) if step.outcome else None,
            category=rules.Category(step.category) if step.category else None,
        )
        for step in steps
        if not step.is_corrected
    ]


def _clocks(steps: Sequence[rules.Taken], stage: rules.Stage, *, at: datetime.datetime) -> Iterable[ClockCard]:
    for one in rules.clocks_of(steps, stage):
        started = clock.local(one.from_at)
        timescale = _timescale(one.codes, on=started.date())
        if timescale is None:
            continue
        due = timescales_rules.due(
            timescale,
            started_at=started,
            zone=started.tzinfo or datetime.UTC,
            calendar=timescales_queries.get_calendar(),
        )
        yield ClockCard(due=due, standing=timescales_rules.standing(due, ended_at=one.met_at, at=at), met_at=one.met_at)


def _timescale(codes: Iterable[str], *, on: datetime.date) -> timescales_rules.Timescale | None:
    """Return the first of these timescales that the profile in force here has; none where it has none of them."""
    profile = timescales_queries.get_profile()
    for code in codes:
        try:
            return profile.get(code, on=on)
        except (timescales_rules.NoSuchTimescale, timescales_rules.NotInForce):
            continue
    return None


def _step(step: models.Step, present: Sequence[rules.Present]) -> StepCard:
    return StepCard(
        id=step.pk,
        place=step.place,
        saying=rules.Saying(
            act=rules.Act(step.act),
            happened_at=step.happened_at,
            words=step.words,
            outcome=rules.Outcome(step.outcome) if step.outcome else None,
            present=tuple(present),
            chair=step.chair,
            category=rules.Category(step.category) if step.category else None,
            ending=rules.Ending(step.ending) if step.ending else None,
            is_alone=step.is_alone,
            childs_view=step.childs_view,
        ),
        corrects_id=step.corrects_id,
        is_corrected=step.is_corrected,
        why_corrected=step.why_corrected,
        recorded_at=step.recorded_at,
        recorded_by=step.recorded_by_name,
    )


def _plan(plan: models.ProtectionPlan) -> PlanCard:
    return PlanCard(
        started_on=plan.started_on,
        category=rules.Category(plan.latest_category),
        ended_on=plan.ended_on,
        ending=rules.Ending(plan.ending) if plan.ending else None,
    )


def _invitation(one: models.Invitation, people: Mapping[uuid.UUID, addressees.PersonCard]) -> InvitationCard:
    person = people[one.practitioner_id]
    return InvitationCard(name=person.name, agency_name=person.agency_name, part=one.part, until_on=one.until_on)


def _spans(child_id: uuid.UUID) -> tuple[SpanCard, ...]:
    found = models.CareSpan.objects.filter(child_id=child_id).order_by("-started_on", "-recorded_at", "-id")
    return tuple(_span(span) for span in found)


def _span(span: models.CareSpan) -> SpanCard:
    kind = rules.SpanKind(span.kind)
    words = {code.code: code.words for code in shipped.codes(kind)}
    return SpanCard(
        id=span.pk,
        kind=kind,
        code=span.code,
        code_words=words.get(span.code, span.code),
        started_on=span.started_on,
        words=span.words,
        ended_on=span.ended_on,
        ended_words=span.ended_words,
        is_corrected=span.is_corrected,
        corrects_id=span.corrects_id,
        why_corrected=span.why_corrected,
        recorded_at=span.recorded_at,
        recorded_by=span.recorded_by_name,
    )


def get_codes(*, kind: rules.SpanKind, on: datetime.date) -> dict[str, str]:
    """Return the codes under which a span of this kind may begin on a day, with their words."""
    return {code.code: code.words for code in shipped.codes(kind) if code.is_valid(on)}
