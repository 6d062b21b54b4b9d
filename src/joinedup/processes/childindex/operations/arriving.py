"""Arriving: a record is matched in the transaction that stores it, and its child is known when the transaction ends.

Belongs here: the order of the steps for the records of one small load. Not here: the choice (rules.arriving), the
comparing (queries.meeting), what is written (placing).
"""

import collections
import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import models, queries, rules
from joinedup.processes.childindex.operations import history, knowing, placing, remembering, summaries, touching

#: A record is asked about with at most so many children.
_MOST_ASKED = 5


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What became of records that arrived.

    Shapes: linked + new + held + unchanged + left = records. `asked` counts the pairs that wait for a steward. `left`
    are left to the next link run: one, or a steward, is at work, none has been yet by the model that is
    current, or what they are most like was itself left.
    """

    linked: int = 0
    new: int = 0
    held: int = 0
    unchanged: int = 0
    left: int = 0
    asked: int = 0
    children: frozenset[uuid.UUID] = frozenset()


@transaction.atomic
def arrive(*, person_record_ids: Sequence[uuid.UUID], by: access_rules.Viewer, at: datetime.datetime) -> Arrived:
    """Match records that have just been stored: each is a known child's, waits, or is a new child's.

    Shapes: person records whose aliases are kept already (`knowing`); each is matched after the ones before it.
    """
    if not person_record_ids:
        return Arrived()
    try:
        arrival = _Arrival(person_record_ids, at=at) if _may_begin() else None
    except queries.NoStanding:
        arrival = None
    if arrival is None:
        return Arrived(left=len(person_record_ids))
    for person in person_record_ids:
        arrival.take(person)
    knowing.set_weighed([person for person in person_record_ids if person not in arrival.left])
    summaries.refresh(sorted(arrival.children), at=at)
    with connection.cursor() as cursor:
        # Whoever now belongs to a child who lives where a sealed child lives is not found there.
        cursor.execute("SELECT childindex_spread()")
    act = history.Act(id=ids.uuid7(), because=rules.Because.ARRIVAL, by=by, at=at)
    history.keep(arrival.were.changes(), act)
    event = audit_operations.record(
        by=by, act="childindex.arrived", subjects=sorted(arrival.children), record_ref=str(act.id)
    )
    events_operations.publish("childindex.arrived", at=at, event_id=str(event), records=len(person_record_ids))
    return Arrived(**arrival.counts, children=frozenset(arrival.children))


def _may_begin() -> bool:
    """Wait for other arrivals, but never for a link run: it reads everyone, and takes what is left to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(hashtext('childindex.link'))")
        (is_free,) = cursor.fetchone()
        if is_free:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('childindex.arrive'))")
    return bool(is_free)


class _Arrival:
    """The records of one load, matched one after the other."""

    def __init__(self, people: Iterable[uuid.UUID], *, at: datetime.datetime) -> None:
        self._at = at
        #: Those that come later in this load: they meet the earlier ones, and not the other way round.
        self._later = set(people)
        self._standing = queries.get_standing_for_batch()
        self._limits = self._standing.limits()
        #: The children touched, as they were: their history says afterwards what became of each.
        self.were = remembering.Remembered()
        self.children: set[uuid.UUID] = set()
        self.left: set[uuid.UUID] = set()
        self.counts: collections.Counter[str] = collections.Counter()

    def take(self, person: uuid.UUID) -> None:
        """Match one record."""
        self._later.discard(person)
        record, keys = queries.get_aliases(person_record_id=person)
        child = queries.get_child_of_record(person_record_id=person)
        if not record:
            self.counts["unchanged"] += 1
            return
        near = self._near(record, keys, person, child)
        if child is None:
            self._settle(person, record, near)
        else:
            self._settle_again(person, child, record, near)

    def _near(
        self, record: Sequence[queries.Alias], keys: Sequence[int], person: uuid.UUID, child: uuid.UUID | None
    ) -> list[queries.Likeness]:
        """Return the known records that are like this one, the closest first, with all records of the children near."""
        met = [
            each
            for each in queries.meet(keys, but=person)
            if each.person_record_id not in self._later and (child is None or each.child_id != child)
        ]
        first = [
            each.known
            for each in queries.weigh(record, met, self._standing.scorer)
            if each.weighed.weight >= self._limits.review
        ]
        children = sorted({each.child_id for each in first if each.child_id})
        alone = [each for each in first if each.child_id is None]
        whole = queries.get_known(child_ids=children) if children else []
        return queries.weigh(record, [*alone, *whole], self._standing.scorer)

    def _settle(self, person: uuid.UUID, record: Sequence[queries.Alias], near: Sequence[queries.Likeness]) -> None:
        """Say whose a record is that is nobody's yet."""
        before = placing.get_before(person_record_id=person)
        if before is not None and before[1]:
            # A record of a sealed child that comes again is that child's, as it was: an officer is not asked twice.
            self._place(person, near, child=None)
            return
        waits = self._sealed(person, near)
        if waits is not None:
            placing.keep_waiting(person_record_id=person, child_id=waits[0], closest=waits[1], at=self._at)
            self.counts["held"] += 1
            return
        near = _open(near)
        decided, refusals = self._decide(person, record, near)
        if decided.child is not None and not any(each.known.child_id == decided.child for each in near):
            self.left.add(person)
            self.counts["left"] += 1
            return
        joins = decided.child if decided.decision is rules.Arrival.LINK else None
        placed = self._place(person, near, child=joins)
        self._ask(person, near, refusals, but=placed)

    def _place(self, person: uuid.UUID, near: Sequence[queries.Likeness], *, child: uuid.UUID | None) -> uuid.UUID:
        placed = placing.place(
            person_record_id=person,
            child_id=child,
            run_id=self._standing.run_id,
            closest=_closest(near, child),
            were=self.were,
            at=self._at,
        )
        self.counts["linked" if child else "new"] += 1
        self.children.add(placed)
        return placed

    def _settle_again(
        self,
        person: uuid.UUID,
        child: uuid.UUID,
        record: Sequence[queries.Alias],
        near: Sequence[queries.Likeness],
    ) -> None:
        """Say whether a record that is a child's, and now says something else, is an older child's as well.

        Only where the child is nothing but this record; what concerns more than it is left to the next link run.
        """
        self.children.add(child)
        near, own = _open(near), queries.get_known(child_ids=[child])
        if any(each.is_sealed for each in own):
            # Nobody is asked about a sealed child's record, and nothing takes it away.
            self.counts["unchanged"] += 1
            return
        alone = [each.person_record_id for each in own] == [person]
        decided, refusals = self._decide(person, record, near)
        joins = decided.child if decided.decision is rules.Arrival.LINK else None
        closest = _closest(near, joins)
        if not alone or closest is None or joins is None or joins > child:
            self.counts["unchanged"] += 1
            self._ask(person, near, refusals, but=child)
            return
        placing.move(
            person_record_id=person,
            from_child=child,
            to_child=joins,
            run_id=self._standing.run_id,
            closest=closest,
            were=self.were,
            at=self._at,
        )
        self.counts["linked"] += 1
        self.children.add(joins)
        self._ask(person, near, refusals, but=joins)

    def _decide(
        self, person: uuid.UUID, record: Sequence[queries.Alias], near: Sequence[queries.Likeness]
    ) -> tuple[rules.Decided[uuid.UUID], dict[uuid.UUID, str]]:
        """Return what becomes of a record, and why it may not be with some of the children near."""
        parted = touching.get_parted(person_record_id=person)
        decided = rules.decide((each.as_rule() for each in near), self._limits)
        refusals = {}
        for child in dict.fromkeys(each.known.child_id for each in near):
            of_child = [each for each in near if each.known.child_id == child]
            if child is not None and (
                why := touching.refusal(record, of_child, parted=parted, link_bits=self._standing.link_bits)
            ):
                refusals[child] = why
        if decided.child in refusals and decided.decision is rules.Arrival.LINK:
            decided = dataclasses.replace(decided, decision=rules.Arrival.REVIEW)
        return decided, refusals

    def _sealed(self, person: uuid.UUID, near: Sequence[queries.Likeness]) -> tuple[uuid.UUID, queries.Likeness] | None:
        """Return the sealed child about whom a record may be, unless an officer said that it is not."""
        said = models.HeldRecord.objects.filter(person_record_id=person, outcome=models.HeldRecord.Outcome.OTHER)
        cleared = set(said.values_list("child_id", flat=True))
        for each in near:
            child = each.known.child_id if each.known.is_sealed else each.known.held_for
            if child is not None and child not in cleared and each.weighed.weight >= self._limits.review:
                return child, each
        return None

    def _ask(
        self,
        person: uuid.UUID,
        near: Sequence[queries.Likeness],
        refusals: Mapping[uuid.UUID, str],
        *,
        but: uuid.UUID,
    ) -> None:
        """Ask a steward of each other child who is near; whom a steward parted is not asked of again."""
        first: dict[uuid.UUID, queries.Likeness] = {}
        for each in near:
            child = each.known.child_id
            if child is not None and child != but and each.weighed.weight >= self._limits.review:
                first.setdefault(child, each)
        asked = [
            (each, why)
            for child, each in first.items()
            if (why := refusals.get(child, queries.MAY_BE_ONE)) != queries.PARTED
        ]
        self.counts["asked"] += placing.ask(
            person_record_id=person, asked=asked[:_MOST_ASKED], run_id=self._standing.run_id, at=self._at
        )


def _open(near: Sequence[queries.Likeness]) -> list[queries.Likeness]:
    """Leave out what is, or may be, a sealed child's: no steward is told of it."""
    return [each for each in near if not each.known.is_sealed and each.known.held_for is None]


def _closest(near: Sequence[queries.Likeness], child: uuid.UUID | None) -> queries.Likeness | None:
    return next((each for each in near if child is not None and each.known.child_id == child), None)
