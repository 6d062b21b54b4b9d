"""What is read of child protection, as frozen cards.

Belongs here: the shapes. Not here: reading them (pages).
"""

import dataclasses
import datetime
import uuid

from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.protection import rules
from joinedup.processes.protection.queries import standing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """One step as it was written; `corrects_id` leads to what it corrects, which is shown too."""

    id: uuid.UUID
    place: int
    saying: rules.Saying
    corrects_id: uuid.UUID | None
    is_corrected: bool
    why_corrected: str
    recorded_at: datetime.datetime
    recorded_by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClockCard:
    """One clock: which rule, from when, until when, whether it was met."""

    due: timescales_rules.Due
    standing: timescales_rules.Standing
    met_at: datetime.datetime | None

    @property
    def is_running(self) -> bool:
        """Return whether it still asks for something."""
        return self.met_at is None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlanCard:
    """A child protection plan; `ended_on` is nothing while it is in force."""

    started_on: datetime.date
    category: rules.Category
    ended_on: datetime.date | None
    ending: rules.Ending | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConcernLine:
    """One concern in short: where it stands, since when, and the plan that came of it."""

    stage: rules.Stage
    since_at: datetime.datetime
    plan: PlanCard | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InvitationCard:
    """Someone who was asked to take part, and until when they read the case."""

    name: str
    agency_name: str
    part: str
    until_on: datetime.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConcernCard:
    """One concern whole: where it stands, its steps in order with what they corrected, its clocks."""

    id: uuid.UUID
    contact_id: uuid.UUID | None
    stage: rules.Stage
    since_at: datetime.datetime
    steps: tuple[StepCard, ...]
    clocks: tuple[ClockCard, ...]
    plan: PlanCard | None
    invitations: tuple[InvitationCard, ...]

    @property
    def standing_steps(self) -> tuple[StepCard, ...]:
        """Return the steps that no later row corrects."""
        return tuple(step for step in self.steps if not step.is_corrected)

    @property
    def next_act(self) -> rules.Act | None:
        """Return what is to be done next."""
        has_core_group = any(step.saying.act is rules.Act.CORE_GROUP_HELD for step in self.standing_steps)
        return rules.next_act(self.stage, has_core_group=has_core_group)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SpanCard:
    """From when to when a child was looked after under one code, in the words of the list of that day."""

    id: uuid.UUID
    kind: rules.SpanKind
    code: str
    code_words: str
    started_on: datetime.date
    words: str
    ended_on: datetime.date | None
    ended_words: str
    is_corrected: bool
    corrects_id: uuid.UUID | None
    why_corrected: str
    recorded_at: datetime.datetime
    recorded_by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that is done to protect one child, and how the viewer stands to it.

    Shapes: concerns newest first; spans newest first, corrected ones among them.
    """

    child: people_queries.ChildCard
    standing: standing.Standing
    concerns: tuple[ConcernCard, ...]
    spans: tuple[SpanCard, ...]
