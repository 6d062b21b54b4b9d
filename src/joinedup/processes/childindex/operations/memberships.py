"""Writing links: only what changed is ended and made, and every child's number is kept, led on or withdrawn."""

import dataclasses
import datetime
import json
import uuid
from collections.abc import Callable, Mapping, Sequence

from django.db import connection

from joinedup.foundation import ids
from joinedup.foundation.database import copying
from joinedup.outcomes.people import operations as people_operations
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.linkage import stable as linkage_stable
from joinedup.processes.childindex.operations import history

Assign = Callable[[Mapping[int, uuid.UUID]], "linkage_stable.Assignment[uuid.UUID]"]
#: Told the places of records whose link is new; returns for each the weight and the evidence, where there is any.
Evidence = Callable[[set[int]], Mapping[int, tuple[float, dict[str, object]]]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a run changed."""

    children_new: int
    children_redirected: int
    children_parted: int
    children_withdrawn: int
    links_made: int
    links_ended: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What would become of the children if the links said what the clusters say; nothing is written yet.

    Shapes: `before` gives the child of each record that is linked now, `current` the same by place; `gone` are the
    records that are linked and of whom nothing is said any longer.
    """

    before: Mapping[uuid.UUID, uuid.UUID]
    current: Mapping[int, uuid.UUID]
    assignment: "linkage_stable.Assignment[uuid.UUID]"
    gone: Sequence[uuid.UUID]


def propose(*, records: Sequence[uuid.UUID], assign: Assign) -> Proposed:
    """Say which child each cluster is, and write nothing."""
    places = {record: place for place, record in enumerate(records)}
    latest = _latest_links()
    return Proposed(
        before={record: child for record, (child, is_open) in latest.items() if is_open},
        current={places[record]: child for record, (child, is_open) in latest.items() if is_open and record in places},
        assignment=assign({places[record]: child for record, (child, _) in latest.items() if record in places}),
        gone=[record for record, (_, is_open) in latest.items() if is_open and record not in places],
    )


def apply(  # each is one thing that only the caller knows
    *,
    run_id: uuid.UUID,
    records: Sequence[uuid.UUID],
    membership: Mapping[int, int],
    assign: Assign,
    evidence: Evidence,
    act: history.Act,
) -> Changes:
    """Make the links say what the clusters say, and add to the children's history what that changed."""
    proposed = propose(records=records, assign=assign)
    assignment, current = proposed.assignment, proposed.current
    minted = people_operations.mint_children(count=len(assignment.new), at=act.at)
    child_of = {**assignment.kept, **dict(zip(assignment.new, minted, strict=True))}
    people_operations.set_state(child_ids=list(assignment.kept.values()), is_active=True)
    wanted = {place: child_of[cluster] for place, cluster in membership.items()}
    made = {place for place, child in wanted.items() if current.get(place) != child}
    changed = [records[place] for place in made if place in current]
    ended = _end_links([*proposed.gone, *changed], at=act.at)
    _make_links(run_id, records, wanted, made, evidence(made), act.at)
    people_operations.redirect_children(redirects=assignment.redirected)
    withdrawn = _withdraw_empty()
    after = {records[place]: child for place, child in wanted.items()}
    history.keep(rules.changes(proposed.before, after, minted=set(minted), redirected=assignment.redirected), act)
    return Changes(
        children_new=len(minted),
        children_redirected=len(assignment.redirected),
        children_parted=len(assignment.parted),
        children_withdrawn=withdrawn,
        links_made=len(made),
        links_ended=ended,
    )


def _latest_links() -> dict[uuid.UUID, tuple[uuid.UUID, bool]]:
    """Return each record's newest link: a child whose records come back is the same child again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (l.person_record_id) l.person_record_id, coalesce(c.redirect_to_id, c.id), "
            "l.ended_at IS NULL FROM childindex_link l JOIN people_child c ON c.id = l.child_id "
            "ORDER BY l.person_record_id, l.ended_at DESC NULLS FIRST, l.made_at DESC"
        )
        return {record: (child, is_open) for record, child, is_open in cursor.fetchall()}


def _end_links(record_ids: Sequence[uuid.UUID], *, at: datetime.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE childindex_link SET ended_at = %s WHERE ended_at IS NULL AND person_record_id = ANY(%s)",
            [at, list(record_ids)],
        )
        return int(cursor.rowcount)


def _make_links(
    run_id: uuid.UUID,
    records: Sequence[uuid.UUID],
    wanted: Mapping[int, uuid.UUID],
    made: set[int],
    evidence: Mapping[int, tuple[float, dict[str, object]]],
    at: datetime.datetime,
) -> None:
    copying.copy_rows(
        "childindex_link",
        ["id", "person_record_id", "child_id", "run_id", "weight_bits", "evidence", "made_at"],
        (
            (ids.uuid7(), records[place], wanted[place], run_id, weight, json.dumps(why) if why else None, at)
            for place in sorted(made)
            for weight, why in [evidence.get(place, (None, None))]
        ),
    )


def _withdraw_empty() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_child c SET state = 'withdrawn' WHERE state = 'active' AND NOT EXISTS "
            "(SELECT 1 FROM childindex_link l WHERE l.child_id = c.id AND l.ended_at IS NULL)"
        )
        return int(cursor.rowcount)


def end_links_of_unsaid(*, person_record_ids: Sequence[uuid.UUID], act: history.Act) -> list[uuid.UUID]:
    """End the links of persons of whom no record counts any longer; withdraw children who have none left.

    Shapes: the children who had any of these records.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT child_id FROM childindex_link WHERE ended_at IS NULL AND person_record_id = ANY(%s)",
            [list(person_record_ids)],
        )
        children = [row[0] for row in cursor.fetchall()]
        before = linked_to(children)
        cursor.execute(
            "UPDATE childindex_link l SET ended_at = %s WHERE ended_at IS NULL AND person_record_id = ANY(%s) "
            "AND NOT EXISTS (SELECT 1 FROM records_identitystatement i "
            "WHERE i.person_record_id = l.person_record_id AND i.is_current)",
            [act.at, list(person_record_ids)],
        )
    _withdraw_empty()
    history.keep(rules.changes(before, linked_to(children), minted=set(), redirected={}), act)
    return children


def linked_to(children: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the records that are linked to these children now, each with its child."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_record_id, child_id FROM childindex_link WHERE ended_at IS NULL AND child_id = ANY(%s)",
            [list(children)],
        )
        return dict(cursor.fetchall())
