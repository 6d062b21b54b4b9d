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
from joinedup.processes.childindex.linkage import stable as linkage_stable

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


def apply(  # each is one thing that only the caller knows
    *,
    run_id: uuid.UUID,
    records: Sequence[uuid.UUID],
    membership: Mapping[int, int],
    assign: Assign,
    evidence: Evidence,
    at: datetime.datetime,
) -> Changes:
    """Make the links say what the clusters say."""
    places = {record: place for place, record in enumerate(records)}
    latest = _latest_links()
    current = {places[record]: child for record, (child, is_open) in latest.items() if is_open and record in places}
    previous = {places[record]: child for record, (child, _) in latest.items() if record in places}
    assignment = assign(previous)
    minted = people_operations.mint_children(count=len(assignment.new), at=at)
    child_of = {**assignment.kept, **dict(zip(assignment.new, minted, strict=True))}
    people_operations.set_state(child_ids=list(assignment.kept.values()), is_active=True)
    wanted = {place: child_of[cluster] for place, cluster in membership.items()}
    made = {place for place, child in wanted.items() if current.get(place) != child}
    gone = [record for record, (_, is_open) in latest.items() if is_open and record not in places]
    changed = [records[place] for place in made if place in current]
    ended = _end_links([*gone, *changed], at=at)
    _make_links(run_id, records, wanted, made, evidence(made), at)
    people_operations.redirect_children(redirects=assignment.redirected)
    withdrawn = _withdraw_empty()
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


def end_links_of_unsaid(*, person_record_ids: Sequence[uuid.UUID], at: datetime.datetime) -> list[uuid.UUID]:
    """End the links of persons of whom no record counts any longer; withdraw children who have none left.

    Shapes: the children who had any of these records.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT child_id FROM childindex_link WHERE ended_at IS NULL AND person_record_id = ANY(%s)",
            [list(person_record_ids)],
        )
        children = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "UPDATE childindex_link l SET ended_at = %s WHERE ended_at IS NULL AND person_record_id = ANY(%s) "
            "AND NOT EXISTS (SELECT 1 FROM records_identitystatement i "
            "WHERE i.person_record_id = l.person_record_id AND i.is_current)",
            [at, list(person_record_ids)],
        )
    _withdraw_empty()
    return children
