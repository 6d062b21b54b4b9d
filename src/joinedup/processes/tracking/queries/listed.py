"""Who is listed as perhaps lost between services, as far as the viewer may see.

Belongs here: reading listings with the child's name. Not here: the rules, or what agencies say (the child's page).
"""

import dataclasses
import datetime
import enum
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.tracking import models, rules


class State(enum.StrEnum):
    """Where a listing stands."""

    WAITING = "waiting"  #: nobody looks into it yet
    TAKEN = "taken"  #: someone does
    ANSWERED = "answered"  #: someone said what they found
    UNLISTED = "unlisted"  #: no rule names the child any longer, and nobody had answered


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the lists: one of them or all, where the listings stand, and whether the viewer's own alone."""

    code: str = ""
    state: State = State.WAITING
    is_mine: bool = False

    def given(self, viewer: access_rules.Viewer) -> dict[str, Any]:
        """Return it as the statements take it."""
        return {"viewer": viewer.user_id, "code": self.code, "state": self.state.value, "mine": self.is_mine}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListingCard:
    """One child whom a list names.

    Shapes: `reasons` are facts, each with `fact` and, where known, `date`, `agency` (its name), `team` (its name) and
    `source` (the identifier of the source record).
    """

    id: uuid.UUID
    child: people_queries.ChildCard
    code: str
    since_date: datetime.date
    listed_at: datetime.datetime
    state: State
    owner_name: str
    owner_is_viewer: bool
    reasons: Sequence[dict[str, Any]]
    outcome: str
    words: str
    has_concern: bool
    answered_at: datetime.datetime | None
    answered_by_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one list has led to: how many it named, how many of them someone looked into, and who was helped.

    Shapes: helped are those whom a service was found for, and those whom the agencies' own records show helped since.
    """

    code: str
    found: int
    waiting: int
    looked_into: int
    helped: int


_STATE_SQL = """
CASE WHEN t.outcome <> '' THEN 'answered' WHEN t.unlisted_at IS NOT NULL THEN 'unlisted'
     WHEN t.owner_id IS NOT NULL THEN 'taken' ELSE 'waiting' END
"""

_ROWS = f"""
SELECT t.id, t.child_id, t.code, t.since_date, t.listed_at, {_STATE_SQL} AS state, coalesce(u.display_name, '') AS owner_name,
       coalesce(p.user_id = %(viewer)s, false) AS owner_is_viewer, t.outcome, t.words, t.has_concern, t.answered_at,
       t.answered_by_name,
       (SELECT jsonb_agg(jsonb_strip_nulls(r.value || jsonb_build_object('agency', a.name, 'team', m.name)) ORDER BY r.nth)::text
        FROM jsonb_array_elements(t.reasons) WITH ORDINALITY AS r(value, nth)
        LEFT JOIN agencies_agency a ON a.id = (r.value ->> 'agency')::uuid
        LEFT JOIN agencies_team m ON m.id = (r.value ->> 'team')::bigint) AS reasons
FROM tracking_trackedchild t
LEFT JOIN agencies_practitioner p ON p.id = t.owner_id LEFT JOIN access_user u ON u.id = p.user_id
"""  # noqa: S608  (only our own words are put together)
_COUNT = "SELECT count(*) AS listed FROM tracking_trackedchild t LEFT JOIN agencies_practitioner p ON p.id = t.owner_id"
_WHERE = f"""
WHERE (%(code)s = '' OR t.code = %(code)s) AND ({_STATE_SQL} = %(state)s) AND (NOT %(mine)s OR p.user_id = %(viewer)s)
"""


def get_listed(*, viewer: access_rules.Viewer, asked: Asked, first: int = 0, count: int = 20) -> list[ListingCard]:
    """Return those whom the lists name, longest lost first; the audit names each child shown.

    Shapes: 4 queries.
    """
    event_id = audit_operations.open_view(viewer=viewer, act="tracking.listed")
    rows = _rows(_ROWS + _WHERE + _PART, **asked.given(viewer), first=first, count=count)
    cards = people_queries.get_children(child_ids=[row["child_id"] for row in rows])
    audit_operations.add_subjects(event_id=event_id, subjects=list(cards))
    # A child whose card may not be read is not shown by a list either.
    return [_card(row, cards[row["child_id"]]) for row in rows if row["child_id"] in cards]


_PART = " ORDER BY t.since_date, t.id OFFSET %(first)s LIMIT %(count)s"


def count_listed(*, viewer: access_rules.Viewer, asked: Asked) -> int:
    """Return how many the lists name, within a view that is open.

    Shapes: 1 query.
    """
    (row,) = _rows(_COUNT + _WHERE, **asked.given(viewer))
    return int(row["listed"])


def get_listing(*, viewer: access_rules.Viewer, listing_id: uuid.UUID) -> ListingCard:
    """Return one listing; the audit names the child.

    Shapes: 4 queries.
    Errors: NoSuchListing.
    """
    event_id = audit_operations.open_view(viewer=viewer, act="tracking.listing.seen", record_ref=str(listing_id))
    rows = _rows(_ROWS + " WHERE t.id = %(id)s", viewer=viewer.user_id, id=listing_id)
    cards = people_queries.get_children(child_ids=[row["child_id"] for row in rows])
    if not cards:
        raise rules.NoSuchListing(listing_id)
    audit_operations.add_subjects(event_id=event_id, subjects=list(cards))
    return _card(rows[0], cards[rows[0]["child_id"]])


def get_effects() -> list[Effect]:
    """Return what each list has led to, within a view that is open, as far as the viewer sees its listings.

    Shapes: 1 query; one for each list, in their order.
    """
    found = {row["code"]: row for row in _rows(_EFFECTS)}
    none = {"found": 0, "waiting": 0, "looked_into": 0, "helped": 0}
    return [Effect(code=code, **{name: int(found.get(code, none)[name]) for name in none}) for code in rules.LISTS]


_EFFECTS = f"""
SELECT t.code, count(*) AS found, count(*) FILTER (WHERE {_STATE_SQL} = 'waiting') AS waiting,
       count(*) FILTER (WHERE t.owner_id IS NOT NULL) AS looked_into,
       count(*) FILTER (WHERE t.outcome = 'help_found' OR (t.owner_id IS NOT NULL AND t.unlisted_at IS NOT NULL)) AS helped
FROM tracking_trackedchild t GROUP BY t.code
"""  # noqa: S608  (only our own words are put together)


def read_listed() -> dict[str, dict[uuid.UUID, list[uuid.UUID]]]:
    """Return for each list the children whom it names now, with their person records; for batches alone, who see all.

    Shapes: 1 query.
    """
    found: dict[str, dict[uuid.UUID, list[uuid.UUID]]] = {code: {} for code in rules.LISTS}
    for row in _rows(_NAMED):
        found[row["code"]][row["child_id"]] = row["records"]
    return found


_NAMED = """
SELECT t.code, t.child_id, array(SELECT l.person_record_id FROM childindex_link l
                                 WHERE l.child_id = t.child_id AND l.ended_at IS NULL ORDER BY l.person_record_id) AS records
FROM tracking_trackedchild t WHERE t.unlisted_at IS NULL
"""


def get_latest_run() -> tuple[datetime.datetime, datetime.date] | None:
    """Return when the lists were last made, and for which day; None where they never were.

    Shapes: 1 query.
    """
    run = models.TrackingRun.objects.exclude(finished_at=None).order_by("-began_at", "-id").first()
    return None if run is None or run.finished_at is None else (run.finished_at, run.on_day)


def _rows(statement: str, **given: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _card(row: dict[str, Any], child: people_queries.ChildCard) -> ListingCard:
    copied = {name: value for name, value in row.items() if name not in {"child_id", "state", "reasons"}}
    return ListingCard(child=child, state=State(row["state"]), reasons=json.loads(row["reasons"] or "[]"), **copied)
