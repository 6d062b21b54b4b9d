"""The questions that wait for a steward: the queue, how long it is, and what is proposed to rejoin.

Belongs here: lists that name no child. Not here: what one question shows (pairs).
"""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.linkage import explain as linkage_explain


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One pair that waits; an agency that is guarded as such has no name here.

    Units: `weight_bits` in bits, `odds` the same in words.
    """

    id: uuid.UUID
    weight_bits: float
    odds: str
    reason: rules.AskedBecause
    opened_at: datetime.datetime
    unsure_at: datetime.datetime | None
    agency_names: tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsAsked:
    """Which part of the queue is asked for, in which order, narrowed to what; `first` counts from 0."""

    reason: rules.AskedBecause | None = None
    agency_id: uuid.UUID | None = None
    order: rules.QuestionOrder = rules.QuestionOrder.UNSURE
    is_descending: bool = False
    first: int = 0
    most: int = 25


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """A part of the queue, and how many wait in all that it is narrowed to."""

    questions: tuple[Question, ...]
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RejoinCard:
    """That a steward proposes to rejoin two records that were parted; `is_own` where the viewer proposed it."""

    id: uuid.UUID
    record_ids: tuple[uuid.UUID, uuid.UUID]
    why: str
    proposed_by_name: str
    proposed_at: datetime.datetime
    is_own: bool


def get_questions(*, viewer: access_rules.Viewer, asked: QuestionsAsked) -> Questions:
    """Return a part of the queue; whatever somebody was not sure of comes after the rest.

    Shapes: 2 queries however many wait; nothing for those who may not link by their own word. It names no child.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.questions.listed")
    return _questions(viewer, asked)


def _questions(viewer: access_rules.Viewer, asked: QuestionsAsked) -> Questions:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, weight_bits, reason, opened_at, unsure_at, agency_a, agency_b, total "
            "FROM childindex_questions(%s, %s, %s, %s, %s, %s, %s)",
            [asked.reason or "", asked.agency_id, asked.order, asked.is_descending, asked.first, asked.most]
            + [sorted(viewer.given)],
        )
        rows = cursor.fetchall()
    return Questions(
        questions=tuple(
            Question(
                id=row[0],
                weight_bits=row[1],
                odds=linkage_explain.odds(row[1]),
                reason=rules.AskedBecause(row[2]),
                opened_at=row[3],
                unsure_at=row[4],
                agency_names=(row[5], row[6]),
            )
            for row in rows
        ),
        total=rows[0][7] if rows else 0,
    )


def get_next_question(*, viewer: access_rules.Viewer, asked: QuestionsAsked) -> uuid.UUID | None:
    """Return the question whose turn it is; under an open view, which names nobody.

    Shapes: 1 query.
    """
    turn = _questions(viewer, dataclasses.replace(asked, first=0, most=1))
    return turn.questions[0].id if turn.questions else None


def count_questions() -> tuple[int, int]:
    """Count the pairs that wait, and the rejoins that others propose; under an open view, which names nobody.

    Shapes: 1 query; 0 for those who may not link by their own word.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT questions, rejoins FROM childindex_count_questions()")
        row = cursor.fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def get_rejoins(*, viewer: access_rules.Viewer) -> list[RejoinCard]:
    """Return what stewards propose to rejoin, oldest first.

    Shapes: 2 queries. It names no child.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.rejoins.listed")
    return read_rejoins(viewer)


def read_rejoins(viewer: access_rules.Viewer) -> list[RejoinCard]:
    """Return what stewards propose to rejoin; under an open view."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, record_a, record_b, why, proposed_by_name, proposed_at, proposed_by_id FROM childindex_rejoins(%s)",
            [sorted(viewer.given)],
        )
        return [
            RejoinCard(
                id=row[0],
                record_ids=(row[1], row[2]),
                why=row[3],
                proposed_by_name=row[4],
                proposed_at=row[5],
                is_own=row[6] == viewer.user_id,
            )
            for row in cursor.fetchall()
        ]
