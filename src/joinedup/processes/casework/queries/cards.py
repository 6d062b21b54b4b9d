"""What is read of an episode, as frozen cards.

Belongs here: the shapes. Not here: reading them (plans, work).
"""

import dataclasses
import datetime
import uuid

from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import rules
from joinedup.processes.casework.queries import standing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """Someone of the team, or who was in it."""

    id: uuid.UUID
    practitioner_id: uuid.UUID | None
    name: str
    agency_name: str
    phone: str
    part: str
    joined_at: datetime.datetime
    left_at: datetime.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """One spell of leading."""

    name: str
    agency_name: str
    phone: str
    is_of_child: bool
    is_here: bool
    started_at: datetime.datetime
    ended_at: datetime.datetime | None
    goodbye: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NeedCard:
    """A need or strength; `owner` names the practitioner, or the duty post whose it is."""

    id: uuid.UUID
    about: str
    level: int
    statement: str
    state: rules.NeedState
    found_at: datetime.datetime
    found_by: str
    owner: str
    ended_at: datetime.datetime | None
    ended_words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActionCard:
    """What someone will do by when, or has done."""

    id: uuid.UUID
    words: str
    doer: str
    agency_name: str
    has_left: bool
    due_on: datetime.date
    done_at: datetime.datetime | None
    done_words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCard:
    """What is wanted, by an aim of the framework, and what will be done for it."""

    id: uuid.UUID
    aim: str
    statement: str
    how_we_will_know: str
    actions: tuple[ActionCard, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """A review, held or due; `clock` is the code of the timescale by which it is due."""

    clock: str
    from_at: datetime.datetime
    due_on: datetime.date | None
    held_at: datetime.datetime | None
    held_by: str
    what_changed: str
    spoken: str
    childs_view: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TransferCard:
    """An offer and its answer."""

    id: uuid.UUID
    from_team: str
    to: str
    is_to_area: bool
    from_level: int
    to_level: int
    why: str
    state: rules.Transfer
    offered_at: datetime.datetime
    offered_by: str
    answered_at: datetime.datetime | None
    answered_by: str
    answer: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCard:
    """What a manager is asked to agree to, and the answer."""

    id: uuid.UUID
    act: rules.ApprovedAct
    words: str
    asked_at: datetime.datetime
    asked_by: str
    is_own: bool
    answer: rules.Approving
    answered_by: str
    answered_words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoteCard:
    """A note of supervision."""

    words: str
    noted_at: datetime.datetime
    noted_by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeCard:
    """An episode in short: what it is, which team answers, who leads."""

    id: uuid.UUID
    kind: rules.EpisodeKind
    level: int
    team: str
    team_phone: str
    why: str
    opened_at: datetime.datetime
    closed_at: datetime.datetime | None
    closing: str
    closing_words: str
    lead: LeadCard | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One episode whole, and how the viewer stands to it.

    Shapes: `lead_changes` counts how often another person became the child's lead professional, over all episodes seen.
    """

    child: people_queries.ChildCard
    episode: EpisodeCard
    standing: standing.Standing
    leads: tuple[LeadCard, ...]
    lead_changes: int
    members: tuple[MemberCard, ...]
    needs: tuple[NeedCard, ...]
    outcomes: tuple[OutcomeCard, ...]
    reviews: tuple[ReviewCard, ...]
    transfers: tuple[TransferCard, ...]
    approvals: tuple[ApprovalCard, ...]
    supervisions: tuple[NoteCard, ...]
