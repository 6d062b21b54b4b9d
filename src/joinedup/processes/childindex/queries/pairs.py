"""Two records side by side, for the steward who decides whether they are one child: what they say, and who is around them.

Belongs here: what one question shows. Not here: the queue (questions), the decision (operations.stewarding).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.queries import linked, many, questions, wholechild


class NoSuchQuestion(Exception):
    """There is no such question, or it is decided, or one of its children is not for this viewer."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two records, and the child whom it is linked to: their other records, and who is near them.

    `agency_name` is empty for an agency that is guarded as such.
    """

    record_id: uuid.UUID
    agency_name: str
    scheme: str
    child_number: str
    other_records: tuple[linked.LinkedRecord, ...] = ()
    relatives: tuple[records_queries.RelativeLine, ...] = ()
    others_at_home: tuple[wholechild.Sibling, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UnsureNote:
    """That a steward was not sure, and in which words."""

    at: datetime.datetime
    by_name: str
    note: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records side by side, and who is around each."""

    sides: tuple[Side, Side]
    rows: tuple[rules.SideBySide, ...]

    @property
    def record_ids(self) -> tuple[uuid.UUID, uuid.UUID]:
        return self.sides[0].record_id, self.sides[1].record_id


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """A question: the pair, what the evidence says, why it is asked, since when, and who was not sure."""

    pair: Pair
    why: linked.WhyLinked
    reason: rules.AskedBecause
    opened_at: datetime.datetime
    notes: tuple[UnsureNote, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """One record in question, as it says who the child is."""

    record_id: uuid.UUID
    child_id: uuid.UUID
    child_number: str
    agency_name: str
    scheme: str
    sayings: list[rules.Saying]


def get_question(*, viewer: access_rules.Viewer, task_id: uuid.UUID) -> QuestionCard:
    """Return a question with all that a steward judges by; the event names both children and everyone at their homes.

    Shapes: at most 15 queries.
    Errors: NoSuchQuestion.
    """
    event = _open(viewer, "childindex.question.seen", task_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_a, record_b, weight_bits, evidence, opened_at, trained_at, model_hash "
            "FROM childindex_question(%s, %s)",
            [task_id, sorted(viewer.given)],
        )
        row = cursor.fetchone()
    if row is None:
        raise NoSuchQuestion(task_id)
    asked = {"evidence": row[3], "with_agency_name": "", "trained_at": row[5], "model_hash": row[6]}
    kept = linked.as_value(row[3])
    return QuestionCard(
        pair=_pair(viewer, event, (row[0], row[1]), apart=kept.get("sides")),
        why=linked.why_of(asked),
        reason=rules.AskedBecause(kept.get("reason", rules.AskedBecause.MAY_BE_ONE)),
        opened_at=row[4],
        notes=tuple(
            UnsureNote(at=note.at, by_name=note.by_name, note=note.note)
            for note in models.ReviewNote.objects.filter(task_id=task_id).order_by("-at", "-id")
        ),
    )


def get_rejoin(*, viewer: access_rules.Viewer, proposal_id: uuid.UUID) -> tuple[questions.RejoinCard, Pair]:
    """Return what a steward proposes to rejoin, with the two records side by side.

    Shapes: at most 14 queries.
    Errors: NoSuchQuestion.
    """
    event = _open(viewer, "childindex.rejoin.seen", proposal_id)
    card = next((one for one in questions.read_rejoins(viewer) if one.id == proposal_id), None)
    if card is None:
        raise NoSuchQuestion(proposal_id)
    return card, _pair(viewer, event, card.record_ids)


def _open(viewer: access_rules.Viewer, act: str, ref: uuid.UUID) -> uuid.UUID:
    return audit_operations.open_view(viewer=viewer, act=act, record_ref=str(ref), purpose=rules.Purpose.LINKING)


def _pair(
    viewer: access_rules.Viewer,
    event: uuid.UUID,
    record_ids: tuple[uuid.UUID, uuid.UUID],
    *,
    apart: Sequence[Sequence[str]] | None = None,
) -> Pair:
    """Show two records; of one child who may be two, `apart` says which of their records would go with either."""
    one, other = said_of(viewer, record_ids)
    many.open_children(child_ids=list({one.child_id: True, other.child_id: True}), given=viewer.given)
    near = _at_home(event, [one.child_id, other.child_id])
    sides = tuple(
        Side(
            record_id=said.record_id,
            agency_name=said.agency_name,
            scheme=said.scheme,
            child_number=said.child_number,
            other_records=tuple(
                record
                for record in linked.get_linked_records(child_id=said.child_id)
                if record.person_record_id != said.record_id
                and (with_it is None or str(record.person_record_id) in with_it)
            ),
            relatives=_relatives(said.child_id),
            others_at_home=near.get(said.child_id, ()),
        )
        for said, with_it in zip((one, other), apart or (None, None), strict=True)
    )
    return Pair(sides=(sides[0], sides[1]), rows=rules.side_by_side([one.sayings, other.sayings]))


def said_of(viewer: access_rules.Viewer, record_ids: Sequence[uuid.UUID]) -> list[_Said]:
    """Return what records in question say, in the order asked for; the event names whose they are.

    Shapes: 1 query.
    Errors: NoSuchQuestion where nobody is asked about them, or one is not for this viewer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM childindex_said(%s, %s)", [list(record_ids), sorted(viewer.given)])
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    found: dict[uuid.UUID, _Said] = {}
    for row in rows:
        said = found.setdefault(
            row["person_record_id"],
            _Said(
                row["person_record_id"],
                row["child_id"],
                row["child_number"],
                row["agency_name"],
                row["scheme"],
                [],
            ),
        )
        said.sayings.extend(_sayings(row))
    if set(found) != set(record_ids):
        raise NoSuchQuestion(record_ids)
    return [found[record] for record in record_ids]


def _sayings(row: dict[str, Any]) -> list[rules.Saying]:
    return [
        rules.Saying(
            field=field,
            value=str(row[field]),
            # Whose word it is does not matter here, and may not be told.
            agency_id=row["person_record_id"],
            agency_name=row["agency_name"],
            agency_kind="",
            source_record_id=row["source_record_id"],
            received_at=row["received_at"],
        )
        for field in rules.FIELDS
        if row[field]
    ]


def _relatives(child_id: uuid.UUID) -> tuple[records_queries.RelativeLine, ...]:
    """Return who is named beside a child, in the records that the viewer may read."""
    opened = models.Link.objects.filter(child_id=child_id, ended_at=None).values_list("person_record_id", flat=True)
    return tuple(records_queries.get_relatives(person_record_ids=list(opened)))


def _at_home(event: uuid.UUID, child_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[wholechild.Sibling, ...]]:
    """Return which other children live with each of these; they are shown, so the event names them too."""
    homes = [
        card for card in people_queries.get_children(child_ids=child_ids).values() if card.address and card.postcode
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.child_id, h.child_id, h.agency_name, h.source_record_id "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS asked(child_id, postcode, address), "
            "LATERAL childindex_at_home(asked.child_id, asked.postcode, asked.address, %s) h",
            [
                [card.id for card in homes],
                [card.postcode.replace(" ", "") for card in homes],
                [card.address for card in homes],
                settings.INDEX_SCOPE == "all",
            ],
        )
        near = cursor.fetchall()
    cards = people_queries.get_children(child_ids=[row[1] for row in near])
    audit_operations.add_subjects(event_id=event, subjects=list(cards))
    found: dict[uuid.UUID, tuple[wholechild.Sibling, ...]] = {}
    for child_id, neighbour, agency_name, source_record_id in near:
        if neighbour in cards and neighbour not in child_ids:
            card = cards[neighbour]
            found[child_id] = (
                *found.get(child_id, ()),
                wholechild.Sibling(
                    number=card.number,
                    name=card.full_name,
                    birth_date=card.birth_date,
                    relationship="same address",
                    agency_name=agency_name,
                    source_record_id=source_record_id,
                ),
            )
    return found
