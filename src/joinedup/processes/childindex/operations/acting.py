"""The parts of a steward's act: who may, what stands now, what the act comes to, and asking the database for it.

Belongs here: steps that every act takes. Not here: which act takes which (stewarding, rejoining).
"""

import contextlib
import dataclasses
import datetime
import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from joinedup.foundation import ids, text
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import identifiers as linkage_identifiers
from joinedup.processes.childindex.linkage import stable as linkage_stable
from joinedup.processes.childindex.operations import history, results

_LINK = "link"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The national numbers of a record that stand for one child alone, and those they replaced."""

    nhs: Sequence[str]
    former_nhs: Sequence[str]
    upn: Sequence[str]
    former_upn: Sequence[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The children whom an act is about, with all their records.

    Shapes: `records` in ascending order; `evidence` pairs of records by which a run linked one of them.
    """

    records: Sequence[uuid.UUID]
    child_of: Mapping[uuid.UUID, uuid.UUID]
    authority: Mapping[uuid.UUID, int]
    numbers: Mapping[uuid.UUID, Numbers]
    evidence: Sequence[tuple[uuid.UUID, uuid.UUID]]

    def of(self, child_id: uuid.UUID) -> list[uuid.UUID]:
        """Return the records of one child."""
        return [record for record in self.records if self.child_of[record] == child_id]

    def together(self) -> dict[uuid.UUID, int]:
        """Put all records on one side."""
        return dict.fromkeys(self.records, 0)

    def split(self, leaving: Collection[uuid.UUID] = ()) -> dict[uuid.UUID, int]:
        """Leave every child as they are, but for those records that leave theirs."""
        sides: dict[tuple[uuid.UUID, bool], int] = {}
        return {
            record: sides.setdefault((self.child_of[record], record in leaving), len(sides)) for record in self.records
        }

    def clash(self, one: uuid.UUID, other: uuid.UUID) -> bool:
        """Return whether two children have different verified NHS numbers, or different permanent pupil numbers."""
        nhs, upn = _same("nhs", self.numbers.values()), _same("upn", self.numbers.values())
        for same, name in ((nhs, "nhs"), (upn, "upn")):
            here, there = (
                {
                    same.get(number, number)
                    for record in self.of(child)
                    for number in getattr(self.numbers[record], name)
                }
                for child in (one, other)
            )
            if here and there and not here & there:
                return True
        return False


def _same(name: str, numbers: Collection[Numbers]) -> dict[str, str]:
    replaced = (
        (number, former)
        for one in numbers
        for number in getattr(one, name)
        for former in getattr(one, f"former_{name}")
    )
    return linkage_identifiers.same_numbers(replaced, temporary=text.is_temporary_upn)


class Act:
    """One act of one steward: gathers what it decides, then asks the database for all of it at once."""

    def __init__(self, *, by: access_rules.Viewer, why: str, because: rules.Because, at: datetime.datetime) -> None:
        self.id = ids.uuid7()
        self.undoes_id: uuid.UUID | None = None
        self.proposal_id: uuid.UUID | None = None
        self._by, self._why, self._because, self._at = by, why, because, at
        self._decisions: list[dict[str, str]] = []
        self._revoked: list[uuid.UUID] = []
        self._notes: list[history.Changed] = []

    def read(self, record_ids: Collection[uuid.UUID]) -> Whole:
        """Return the children who have these records, whole.

        Errors: NotDone where a record is nobody's, or a child is not for this viewer.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM childindex_whole(%s, %s)", [sorted(record_ids), sorted(self._by.given)])
            rows = cursor.fetchall()
        if not rows:
            raise rules.NotDone(rules.Answer.ABSENT)
        return Whole(
            records=[row[0] for row in rows],
            child_of={row[0]: row[1] for row in rows},
            authority={row[0]: _rank(row[2]) for row in rows},
            evidence=[(row[0], row[3]) for row in rows if row[3] is not None],
            numbers={
                row[0]: Numbers(
                    nhs=row[4],
                    former_nhs=row[5],
                    upn=[number for number in row[6] if not text.is_temporary_upn(number)],
                    former_upn=row[7],
                )
                for row in rows
            },
        )

    def decide(self, decided: Sequence[tuple[uuid.UUID, uuid.UUID]], decision: rules.Decision) -> None:
        """Say of pairs of records that they must, or cannot, be one child."""
        self._decisions += [
            {"id": str(ids.uuid7()), "a": str(one), "b": str(other), "decision": decision.value}
            for one, other in decided
        ]

    def revoke(
        self, decision: rules.Decision, *, crossing: tuple[Collection[uuid.UUID], Collection[uuid.UUID]]
    ) -> None:
        """Take decisions back that were made of a record on each side."""
        one, other = (list(side) for side in crossing)
        standing = models.StewardDecision.objects.filter(decision=decision, revoked_at=None)
        for first, second in ((one, other), (other, one)):
            found = standing.filter(record_a__in=first, record_b__in=second)
            self._revoked += found.values_list("id", flat=True)

    def revoke_these(self, decision_ids: Collection[uuid.UUID]) -> None:
        """Take these decisions back."""
        self._revoked += decision_ids

    def note(self, kind: rules.ChangeKind, whole: Whole, child_id: uuid.UUID) -> None:
        """Add to a child's history what changes none of their records."""
        records = tuple(whole.of(child_id))
        self._notes.append(rules.Change(kind=kind, child=child_id, other=None, before=records, after=records))

    def settle(self, whole: Whole, *, sides: Mapping[uuid.UUID, int]) -> None:
        """Let each side be one child, and write all that follows from it.

        Errors: NotDone, where the database refuses.
        """
        places = {record: place for place, record in enumerate(whole.records)}
        assignment = linkage_stable.assign(
            {places[record]: side for record, side in sides.items()},
            {places[record]: child for record, child in whole.child_of.items()},
            {places[record]: rank for record, rank in whole.authority.items()},
        )
        minted = {side: ids.uuid7() for side in assignment.new}
        child_of = {**assignment.kept, **minted}
        after = {record: child_of[side] for record, side in sides.items()}
        changed = list(
            rules.changes(whole.child_of, after, minted=set(minted.values()), redirected=assignment.redirected)
        )
        moved = {one.child for one in changed}
        changed += [one for one in self._notes if one.child not in moved]
        self._ask(
            changed,
            moves=[
                {"record": str(record), "child": str(child), "link": str(ids.uuid7())}
                for record, child in after.items()
                if whole.child_of[record] != child
            ],
            minted=[{"id": str(child), "number": ids.new_child_number()} for child in minted.values()],
            redirects=[
                {"source": str(child), "target": str(target)} for child, target in assignment.redirected.items()
            ],
        )
        history.announce(changed, act_id=self.id, at=self._at)
        events_operations.publish("childindex.steward.acted", at=self._at, act_id=str(self.id), moved=len(moved))

    def _ask(self, changed: Sequence[history.Changed], **asked: list[dict[str, str]]) -> None:
        wanted = {
            **asked,
            "id": str(self.id),
            "why": self._why,
            "because": self._because.value,
            "undoes": None if self.undoes_id is None else str(self.undoes_id),
            "proposal": None if self.proposal_id is None else str(self.proposal_id),
            "decisions": self._decisions,
            "revoked": [str(one) for one in self._revoked],
            "events": [_as_json(one) for one in changed],
        }
        answered("SELECT childindex_settle(%s, %s)", [sorted(self._by.given), json.dumps(wanted)])


@contextlib.contextmanager
def act_of(
    by: access_rules.Viewer,
    *,
    what: str,
    why: str,
    at: datetime.datetime,
    because: rules.Because = rules.Because.STEWARD,
) -> Iterator[Act]:
    """Begin an act: the viewer may, it is written down, and no run or other act is at work.

    Errors: NotAllowed; SecondFactorNeeded; NotDone, where a run of linking is under way.
    """
    check_may_link(by)
    act = Act(by=by, why=why[: rules.MOST_WORDS], because=because, at=at)
    audit_operations.open_view(viewer=by, act=f"childindex.steward.{what}", record_ref=str(act.id), reason=why)
    answered("SELECT childindex_begin_act(%s)", [sorted(by.given)])
    yield act


def check_may_link(by: access_rules.Viewer) -> None:
    """Refuse whoever may not link or part by their own word.

    Errors: NotAllowed; SecondFactorNeeded.
    """
    decision = access_rules.decide(
        policy=access_queries.get_policy(),
        asked=access_rules.Asked(roles=by.roles, action=_LINK, given=by.given),
    )
    if decision.needs == (access_rules.STEP_UP,):
        raise results.SecondFactorNeeded
    if not decision.is_allowed:
        raise results.NotAllowed


def answered(statement: str, given: Sequence[Any]) -> None:
    """Ask the database for something, which says whether it is done.

    Errors: NotDone, with the reason.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    answer = rules.Answer(row[0]) if row else rules.Answer.ABSENT
    if answer is not rules.Answer.DONE:
        raise rules.NotDone(answer)


def pairs(
    decision: rules.Decision, record_ids: Collection[uuid.UUID], *, but: Collection[uuid.UUID] = ()
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the pairs of these records of which a steward's word stands."""
    standing = models.StewardDecision.objects.filter(
        decision=decision, revoked_at=None, record_a__in=record_ids, record_b__in=record_ids
    )
    return list(standing.exclude(id__in=but).values_list("record_a_id", "record_b_id"))


def _rank(agency_kind: str) -> int:
    return rules.AUTHORITY.index(agency_kind) if agency_kind in rules.AUTHORITY else len(rules.AUTHORITY)


def _as_json(change: history.Changed) -> dict[str, object]:
    return {
        "id": str(ids.uuid7()),
        "kind": change.kind.value,
        "child": str(change.child),
        "other": None if change.other is None else str(change.other),
        "before": [str(record) for record in change.before],
        "after": [str(record) for record in change.after],
    }
