"""Reads of agencies as those to whom something can be sent, or who can be named: their teams, and the people who work there.

Belongs here: whom to send to and name, and who someone is that sends. Not here: who looks (queries), what is sent (processes).
"""

import dataclasses
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """A team that a family would name, or the whole of an agency, which is a team too.

    Shapes: `phone` is the agency's where the team has none of its own; `whole_id` is the team that is the whole.
    """

    id: int
    code: str
    name: str
    phone: str
    agency_id: uuid.UUID
    agency_code: str
    agency_name: str
    whole_id: int

    @property
    def circles(self) -> list[int]:
        """Return those whose own it is: the team, and the whole of its agency."""
        return sorted({self.id, self.whole_id})


def get_teams(*, agency_id: uuid.UUID | None = None, is_whole: bool | None = None) -> list[TeamCard]:
    """Return teams by agency and name; of one agency, or only those that are the whole of one, where asked so.

    Shapes: 1 query.
    """
    return _teams(agency=agency_id, is_whole=is_whole)


def get_teams_by_id(*, team_ids: Collection[int]) -> dict[int, TeamCard]:
    """Return these teams by identifier.

    Shapes: 1 query.
    """
    return {card.id: card for card in _teams(ids=list(team_ids))}


def find_teams(*, words: str, most: int) -> list[TeamCard]:
    """Return teams whose name, or whose agency's, holds these words; the whole of an agency is one.

    Shapes: 1 query; at most `most`, whole agencies first, then by agency and name.
    """
    found = sorted(_teams(words=words.strip()), key=lambda card: card.id != card.whole_id)
    return found[:most]


def _teams(
    *,
    agency: uuid.UUID | None = None,
    is_whole: bool | None = None,
    ids: list[int] | None = None,
    words: str | None = None,
) -> list[TeamCard]:
    """Return teams by what is given; what is not, narrows nothing."""
    given = {"agency": agency, "is_whole": is_whole, "ids": ids, "words": words}
    return [TeamCard(**row) for row in _rows(_TEAMS, given)]


_TEAMS = """
SELECT t.id, t.code, t.name, coalesce(nullif(t.phone, ''), a.phone) AS phone, a.id AS agency_id, a.code AS agency_code,
       a.name AS agency_name, whole.id AS whole_id
FROM agencies_team t JOIN agencies_agency a ON a.id = t.agency_id
JOIN agencies_team whole ON whole.agency_id = a.id AND whole.is_whole_agency
WHERE (%(agency)s::uuid IS NULL OR a.id = %(agency)s) AND (%(is_whole)s::boolean IS NULL OR t.is_whole_agency = %(is_whole)s)
  AND (%(ids)s::bigint[] IS NULL OR t.id = ANY (%(ids)s::bigint[]))
  AND (%(words)s::text IS NULL OR strpos(lower(t.name), lower(%(words)s)) > 0 OR strpos(lower(a.name), lower(%(words)s)) > 0)
ORDER BY lower(a.name), NOT t.is_whole_agency, lower(t.name), t.id
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person who works with children for an agency, as colleagues find and ring them.

    Shapes: `id` is the practitioner's; `team_id` is their team, or the whole of the agency where they belong to none of it;
    `phone` is the team's where they have none of their own.
    """

    id: uuid.UUID
    user_id: uuid.UUID
    name: str
    job_title: str
    phone: str
    agency_id: uuid.UUID
    agency_name: str
    team_id: int
    team_name: str
    is_of_whole_agency: bool
    is_active: bool
    supervisor_user_id: uuid.UUID | None
    roles: tuple[str, ...]


def find_person(*, user_id: uuid.UUID | None) -> PersonCard | None:
    """Return who a user is among those who work here and may sign in; None for someone of no agency.

    Shapes: 1 query.
    """
    found = [] if user_id is None else _people(user=user_id)
    return next((card for card in found if card.is_active), None)


def get_people(*, practitioner_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonCard]:
    """Return these people by identifier, those who work here no more too.

    Shapes: 1 query.
    """
    return {card.id: card for card in _people(ids=list(practitioner_ids))}


def get_people_of(*, agency_id: uuid.UUID) -> list[PersonCard]:
    """Return the people of an agency who may sign in, by name.

    Shapes: 1 query.
    """
    return [card for card in _people(agency=agency_id) if card.is_active]


def find_people(*, words: str, most: int, agency_id: uuid.UUID | None = None) -> list[PersonCard]:
    """Return people who may sign in and whose name holds these words, of one agency or of all; no other systems.

    Shapes: 1 query; at most `most`, by name.
    """
    return _people(words=words.strip(), agency=agency_id, most=most)


def _people(
    *,
    user: uuid.UUID | None = None,
    agency: uuid.UUID | None = None,
    ids: list[uuid.UUID] | None = None,
    words: str | None = None,
    most: int | None = None,
) -> list[PersonCard]:
    """Return people by what is given; what is not, narrows nothing."""
    given = {"user": user, "agency": agency, "ids": ids, "words": words, "most": most}
    return [PersonCard(**{**row, "roles": tuple(row["roles"])}) for row in _rows(_PEOPLE, given)]


_PEOPLE = """
SELECT p.id, p.user_id, u.display_name AS name, p.job_title, coalesce(nullif(p.phone, ''), t.phone) AS phone, p.agency_id,
       a.name AS agency_name, t.id AS team_id, t.name AS team_name, t.is_whole_agency AS is_of_whole_agency, u.is_active,
       s.user_id AS supervisor_user_id,
       array(SELECT r.role FROM access_roleheld r WHERE r.user_id = u.id AND r.ended_at IS NULL ORDER BY r.role)::text[] AS roles
FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id
JOIN agencies_agency a ON a.id = p.agency_id
JOIN agencies_team t ON t.agency_id = p.agency_id AND (t.id = p.team_id OR (p.team_id IS NULL AND t.is_whole_agency))
LEFT JOIN agencies_practitioner s ON s.id = p.supervisor_id
WHERE (%(user)s::uuid IS NULL OR u.id = %(user)s) AND (%(agency)s::uuid IS NULL OR p.agency_id = %(agency)s)
  AND (%(ids)s::uuid[] IS NULL OR p.id = ANY (%(ids)s::uuid[]))
  AND (%(words)s::text IS NULL OR u.is_active AND strpos(lower(u.display_name), lower(%(words)s)) > 0
       AND NOT EXISTS (SELECT 1 FROM access_apiclient c WHERE c.user_id = u.id))
ORDER BY lower(u.display_name), p.id LIMIT %(most)s
"""


def _rows(statement: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
