"""Who looked at one child: the last looks for those who may read them, and the family's versions. Reading is itself a look."""

import dataclasses
import datetime
import uuid
from collections.abc import Collection, Iterable, Sequence

from django.conf import settings
from django.db import connection

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import models
from joinedup.governance.assurance.queries import granting
from joinedup.governance.assurance.rules import family, looking
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.participation import rules as participation_rules

#: As many looks as are read for a family: a list without names is short, and old looks are there to be read.
_FAMILY_LOOKS = 500
#: Enough for 25 lines, though a page may be turned many times in a day.
_PRACTITIONERS_LOOKS = 300


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LookCard:
    """What one person looked at in one day, as a practitioner reads it; `at` is the last time."""

    at: datetime.datetime
    kind: looking.Kind
    mark: looking.Mark
    times: int
    actor_name: str
    roles: tuple[str, ...]
    agency_name: str
    purpose: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One event that names a child, or that was refused for them."""

    event_id: uuid.UUID
    at: datetime.datetime
    actor_id: uuid.UUID
    actor_name: str
    roles: str
    home_id: uuid.UUID | None
    act: str
    purpose: str
    record_ref: str


def get_last_looks(  # who asks, of whom, and how the matrix finds them standing to each other
    *,
    viewer: access_rules.Viewer,
    child_id: uuid.UUID,
    number: str,
    grounds: Collection[str],
    at: datetime.datetime,
) -> list[LookCard]:
    """Return who looked at a child last, newest first, with names; that this was read is written down.

    Shapes: 3 queries; at most 25 looks, as Child Protection - Information Sharing shows.
    Errors: MayNotSeeWhoLooked, before anything is asked of the database.
    """
    allowed = granting.check_may_see_who_looked(viewer, grounds=grounds)
    audit_operations.open_view(
        viewer=viewer, act="assurance.looks.seen", record_ref=number, subjects=[child_id], grounds=allowed
    )
    seen = _seen(child_id=child_id, number=number, before=at, most=_PRACTITIONERS_LOOKS)
    return [
        LookCard(
            at=looks.last.at,
            kind=looking.kind_of(looks.last.act, is_beside=looks.last.is_beside),
            mark=looking.mark_of(looks.last.act, looks.last.purpose),
            times=looks.times,
            actor_name=looks.last.actor_name,
            roles=looks.last.roles,
            agency_name=looks.last.agency_name,
            purpose=looks.last.purpose,
        )
        for looks in looking.last_looks(seen, reader_id=viewer.user_id, on=clock.local(at).date())
    ]


def get_childs_version(
    *, viewer: access_rules.Viewer, child: people_queries.ChildCard, at: datetime.datetime
) -> family.FamilyView:
    """Return what a child reads of the looks at their own page; off below the age of twelve.

    Shapes: 5 queries.
    Errors: MayNotSeeWhoLooked for whoever is not the child.
    """
    if not participation_rules.is_old_enough(birth_date=child.birth_date, on=clock.local(at).date()):
        return family.FamilyView(is_on=False)
    seen = _seen_by_family(viewer=viewer, child=child, at=at)
    return family.childs_version(seen, at=at, delay=delay())


def get_parents_version(
    *, viewer: access_rules.Viewer, child: people_queries.ChildCard, parent_ref: str, at: datetime.datetime
) -> family.FamilyView:
    """Return what one parent reads of the looks at their child's page.

    Shapes: 7 queries, whatever is suspended, so that time tells nothing either.
    Errors: MayNotSeeWhoLooked for whoever has no parental responsibility.
    """
    seen = _seen_by_family(viewer=viewer, child=child, at=at)
    safety = _safety(child_id=child.id, parent_ref=parent_ref)
    suspensions = [
        family.Suspension(kind=family.Suspends(row.kind), since=_since(row), until=row.until)
        for row in models.LookSuspension.objects.filter(child_id=child.id).order_by("since", "id")
    ]
    return family.parents_version(seen, safety=safety, suspensions=suspensions, at=at, delay=delay())


def _since(row: models.LookSuspension) -> datetime.datetime:
    """Return from when a suspension runs: from when a concern arose, but from no earlier than a parent could have read of."""
    if row.recorded_at is None:
        return row.since
    return family.earliest_since(since=row.since, at=row.recorded_at, delay=delay())


def is_parents_page_safe(*, child_id: uuid.UUID, parent_ref: str, at: datetime.datetime) -> bool:
    """Return whether it is recorded as safe that one parent has a page of their own, of a child who is open.

    Shapes: 1 query.
    """
    return family.is_safe_now(_safety(child_id=child_id, parent_ref=parent_ref), at=at)


def _safety(*, child_id: uuid.UUID, parent_ref: str) -> list[family.Safety]:
    rows = models.ParentalViewSafety.objects.filter(child_id=child_id, parent_ref=parent_ref)
    return [
        family.Safety(is_safe=row.is_safe, recorded_at=row.recorded_at, ended_at=row.ended_at)
        for row in rows.order_by("recorded_at", "id")
    ]


def delay() -> datetime.timedelta:
    """Return how old a look must be before a family reads of it."""
    return datetime.timedelta(days=settings.LOOKS_SHOWN_TO_FAMILY_AFTER_DAYS)


def _seen_by_family(
    *, viewer: access_rules.Viewer, child: people_queries.ChildCard, at: datetime.datetime
) -> list[looking.Seen]:
    audit_operations.open_view(
        viewer=viewer, act="assurance.looks.seen-by-family", record_ref=child.number, subjects=[child.id]
    )
    granting.check_may_see_who_looked(viewer, grounds=granting.held_grounds(child_id=child.id))
    granting.open_child(child_id=child.id)
    return _seen(child_id=child.id, number=child.number, before=at - delay(), most=_FAMILY_LOOKS)


def _seen(*, child_id: uuid.UUID, number: str, before: datetime.datetime, most: int) -> list[looking.Seen]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assurance_looks_at(%s, %s, %s)", [child_id, before, most])
        names = [column.name for column in cursor.description or ()]
        lines = [_Line(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return list(_as_seen(lines, number=number, agencies=agencies_queries.get_agencies()))


def _as_seen(
    lines: Iterable[_Line], *, number: str, agencies: Sequence[agencies_queries.AgencyCard]
) -> Iterable[looking.Seen]:
    names = {agency.id: agency.name for agency in agencies}
    for line in lines:
        yield looking.Seen(
            event_id=line.event_id,
            at=clock.local(line.at),
            act=line.act,
            purpose=line.purpose,
            is_beside=looking.kind_of(line.act) is looking.Kind.PAGE and line.record_ref != number,
            actor_id=line.actor_id,
            actor_name=line.actor_name,
            roles=tuple(line.roles.split(",")) if line.roles else (),
            agency_name=names.get(line.home_id, "") if line.home_id else "",
        )
