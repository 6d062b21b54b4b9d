"""One week of everybody's looks with what the rules need of lookers and of the children looked at; for the batch role.

Belongs here: gathering facts. Not here: judging them (rules), keeping alerts (operations).
"""

import collections
import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from joinedup.foundation import clock, text
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.audit import queries as audit_queries
from joinedup.governance.assurance.rules import looking, names, workweeks

#: Acts that show one child; to stand in the answer to a search is not to be looked at.
_SOURCE = "records.source.seen"
ACTS = (*looking.PAGES, _SOURCE)
_INVOLVED = datetime.timedelta(days=30)
_HABIT = datetime.timedelta(weeks=8)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs in, as far as the installation knows them."""

    id: uuid.UUID
    surname: str
    agency_id: uuid.UUID | None
    team_id: int | None
    leaves_on: datetime.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A week of looks, ready to be judged; `users` are all who could have looked."""

    weeks: list[workweeks.Week]
    names: names.Names
    people: Mapping[uuid.UUID, Person]
    agencies: Mapping[uuid.UUID, str]
    users: int


def postcode_hash(postcode: str) -> str:
    """Return the fingerprint of a postcode in its one form, which only this installation's key can test."""
    return audit_operations.keyed_hash({"postcode": postcode}).hex()


def gather(*, since: datetime.datetime, until: datetime.datetime, ethnicity_of: Mapping[uuid.UUID, str]) -> Gathered:
    """Return who looked at whom between two moments, in the open view of a batch's run.

    Shapes: 8 queries; one week for each person who looked.
    """
    lines = list(audit_queries.read_looks(since=since, until=until, acts=ACTS))
    children = _children(sorted({line.subject_id for line in lines}))
    lines = [line for line in lines if _is_of_its_own(line, children)]
    people = _people()
    declared = _declared()
    colleagues = _colleagues(people, declared)
    involved = _involved(sorted({line.subject_id for line in lines}), since=since, until=until)
    habits = audit_queries.count_hours(since=since - _HABIT, until=since, acts=ACTS)
    by_person: dict[uuid.UUID, list[audit_queries.WeekLine]] = collections.defaultdict(list)
    for line in lines:
        by_person[line.actor_id].append(line)
    weeks = [
        workweeks.Week(
            looker=_looker(people[person_id], theirs, declared),
            looks=tuple(_look(line, children, involved) for line in theirs),
            habits=habits.get(person_id, {}),
            colleagues=colleagues.get(person_id, frozenset()),
        )
        for person_id, theirs in sorted(by_person.items())
        if person_id in people
    ]
    return Gathered(
        weeks=weeks,
        names=_names(ethnicity_of),
        people=people,
        agencies=dict(_rows("SELECT id, code FROM agencies_agency")),
        users=max(len(people), 1),
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Child:
    number: str
    subject: workweeks.Subject


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Declared:
    addresses: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()


def _rows(query: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, given or None)
        return list(cursor.fetchall())


def _children(child_ids: list[uuid.UUID]) -> dict[uuid.UUID, _Child]:
    found = {}
    for child_id, number, family_name, postcode, upn, is_watched in _rows(_CHILDREN, child_ids):
        digits = upn[1:]
        found[child_id] = _Child(
            number=number,
            subject=workweeks.Subject(
                id=str(child_id),
                surname=text.fold_name(family_name),
                address=postcode_hash(postcode) if postcode else "",
                serial=int(digits) if digits.isdecimal() else None,
                is_watched=is_watched,
            ),
        )
    return found


# Looks are judged by what anyone says of the child: the index leaves out what guarded agencies alone say.
_ANYONE_SAYS = """
coalesce(nullif(s.{field}, ''), (
    SELECT i.{field} FROM childindex_link l JOIN records_identitystatement i ON i.person_record_id = l.person_record_id
    WHERE l.child_id = c.id AND l.ended_at IS NULL AND i.is_current AND i.{field} <> ''
    ORDER BY i.source_record_id DESC LIMIT 1), '')
"""
_CHILDREN = f"""
SELECT c.id, c.number, {", ".join(_ANYONE_SAYS.format(field=field) for field in ("family_name", "postcode", "upn"))},
       EXISTS (SELECT 1 FROM assurance_watchedchild w WHERE w.child_id = c.id AND w.until IS NULL)
FROM people_child c LEFT JOIN people_childsummary s ON s.child_id = c.id WHERE c.id = ANY(%s)
"""  # noqa: S608  (only our own column names are put together)


def _is_of_its_own(line: audit_queries.WeekLine, children: Mapping[uuid.UUID, _Child]) -> bool:
    """Leave out children who were only named on another's page, because they live there too."""
    child = children.get(line.subject_id)
    return child is not None and (line.act == _SOURCE or line.record_ref == child.number)


def _people() -> dict[uuid.UUID, Person]:
    return {
        user_id: Person(
            id=user_id,
            surname=(text.name_tokens(display_name) or ("",))[-1],
            agency_id=agency_id,
            team_id=team_id,
            leaves_on=None if leaves_at is None else clock.local(leaves_at).date(),
        )
        for user_id, display_name, agency_id, team_id, leaves_at in _rows(_PEOPLE)
    }


_PEOPLE = """
SELECT u.id, u.display_name, p.agency_id, p.team_id, r.leaves_at FROM access_user u
LEFT JOIN agencies_practitioner p ON p.user_id = u.id
LEFT JOIN (
    SELECT user_id, CASE WHEN bool_or(ended_at IS NULL) THEN NULL ELSE max(ended_at) END AS leaves_at
    FROM access_roleheld GROUP BY user_id
) r ON r.user_id = u.id ORDER BY u.id
"""


def _declared() -> dict[uuid.UUID, _Declared]:
    addresses: dict[uuid.UUID, set[str]] = collections.defaultdict(set)
    relatives: dict[uuid.UUID, set[str]] = collections.defaultdict(set)
    for user_id, kind, child_id, postcode in _rows(
        "SELECT user_id, kind, child_id, postcode_hash FROM assurance_declaredinterest WHERE ended_at IS NULL"
    ):
        if kind == "address":
            addresses[user_id].add(postcode)
        else:
            relatives[user_id].add(str(child_id))
    return {
        user_id: _Declared(addresses=frozenset(addresses[user_id]), relatives=frozenset(relatives[user_id]))
        for user_id in addresses.keys() | relatives.keys()
    }


def _colleagues(
    people: Mapping[uuid.UUID, Person], declared: Mapping[uuid.UUID, _Declared]
) -> dict[uuid.UUID, frozenset[tuple[str, str]]]:
    """Return for each person the surnames and declared addresses of the others in their team."""
    teams: dict[int, set[tuple[uuid.UUID, str, str]]] = collections.defaultdict(set)
    for person in people.values():
        for address in declared.get(person.id, _Declared()).addresses:
            if person.team_id is not None:
                teams[person.team_id].add((person.id, person.surname, address))
    return {
        person.id: frozenset((surname, at) for who, surname, at in teams[person.team_id] if who != person.id)
        for person in people.values()
        if person.team_id is not None and person.team_id in teams
    }


def _involved(
    child_ids: list[uuid.UUID], *, since: datetime.datetime, until: datetime.datetime
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Return which agencies helped which children at some time from 30 days before to 30 days after."""
    first, last = clock.local(since - _INVOLVED).date(), clock.local(until + _INVOLVED).date()
    return {(agency_id, child_id) for agency_id, child_id in _rows(_INVOLVEMENTS, child_ids, last, first)}


_INVOLVEMENTS = """
SELECT DISTINCT p.agency_id, l.child_id FROM childindex_link l
JOIN records_personrecord p ON p.id = l.person_record_id
JOIN records_involvement i ON i.person_record_id = p.id AND i.is_current
WHERE l.ended_at IS NULL AND l.child_id = ANY(%s)
  AND (i.started_date IS NULL OR i.started_date <= %s) AND (i.ended_date IS NULL OR i.ended_date >= %s)
"""


def _looker(
    person: Person, lines: Iterable[audit_queries.WeekLine], declared: Mapping[uuid.UUID, _Declared]
) -> workweeks.Looker:
    theirs = declared.get(person.id, _Declared())
    roles = collections.Counter(role for line in lines for role in line.roles)
    return workweeks.Looker(
        id=str(person.id),
        surname=person.surname,
        role=min(roles, key=lambda role: (-roles[role], role), default=""),
        agency=str(person.agency_id or ""),
        team=str(person.team_id or ""),
        addresses=theirs.addresses,
        relatives=theirs.relatives,
        leaves_on=person.leaves_on,
    )


def _look(
    line: audit_queries.WeekLine,
    children: Mapping[uuid.UUID, _Child],
    involved: set[tuple[uuid.UUID, uuid.UUID]],
) -> workweeks.Look:
    return workweeks.Look(
        event=str(line.event_id),
        subject=children[line.subject_id].subject,
        at=clock.local(line.at),
        seconds=None if line.went_on is None else line.went_on.total_seconds(),
        purpose=line.purpose,
        has_involvement=line.home_id is not None and (line.home_id, line.subject_id) in involved,
        is_override=looking.is_override(line.act, line.purpose),
    )


def _names(ethnicity_of: Mapping[uuid.UUID, str]) -> names.Names:
    """Count surnames among all children, within the community of each where one is known."""
    rows = _rows("SELECT child_id, family_name FROM people_childsummary WHERE family_name <> ''")
    return names.count_names((text.fold_name(name), ethnicity_of.get(child_id, "")) for child_id, name in rows)
