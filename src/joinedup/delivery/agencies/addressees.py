"""Reads of agencies as those to whom something can be sent: their teams, and the people who work there.

Belongs here: whom to send to, and who someone is that sends. Not here: who looks (queries), what is sent (processes).
"""

import dataclasses
import uuid

from django.db import connection


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """A team, or the whole of an agency, to which something can be sent."""

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
    with connection.cursor() as cursor:
        cursor.execute(_TEAMS, [agency_id, agency_id, is_whole, is_whole])
        names = [column.name for column in cursor.description or ()]
        return [TeamCard(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_TEAMS = """
SELECT t.id, t.code, t.name, coalesce(nullif(t.phone, ''), a.phone) AS phone, a.id AS agency_id, a.code AS agency_code,
       a.name AS agency_name, whole.id AS whole_id
FROM agencies_team t JOIN agencies_agency a ON a.id = t.agency_id
JOIN agencies_team whole ON whole.agency_id = a.id AND whole.is_whole_agency
WHERE (%s::uuid IS NULL OR a.id = %s) AND (%s::boolean IS NULL OR t.is_whole_agency = %s)
ORDER BY lower(a.name), NOT t.is_whole_agency, lower(t.name), t.id
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PractitionerCard:
    """A person who works with children for an agency; `team_id` is their team, or the whole of the agency."""

    id: uuid.UUID
    user_id: uuid.UUID
    name: str
    job_title: str
    phone: str
    agency_id: uuid.UUID
    agency_name: str
    team_id: int
    is_of_whole_agency: bool
    roles: tuple[str, ...]


def find_practitioner(*, user_id: uuid.UUID | None) -> PractitionerCard | None:
    """Return the practitioner that a user is; None for someone of no agency.

    Shapes: 1 query.
    """
    found = _practitioners(user_id=user_id, agency_id=None) if user_id is not None else []
    return found[0] if found else None


def get_practitioners(*, agency_id: uuid.UUID) -> list[PractitionerCard]:
    """Return the people of an agency who may sign in, by name.

    Shapes: 1 query.
    """
    return _practitioners(user_id=None, agency_id=agency_id)


def _practitioners(*, user_id: uuid.UUID | None, agency_id: uuid.UUID | None) -> list[PractitionerCard]:
    with connection.cursor() as cursor:
        cursor.execute(_PRACTITIONERS, [user_id, user_id, agency_id, agency_id])
        names = [column.name for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [PractitionerCard(**{**row, "roles": tuple(row["roles"])}) for row in found]


_PRACTITIONERS = """
SELECT p.id, p.user_id, u.display_name AS name, p.job_title, coalesce(nullif(p.phone, ''), t.phone) AS phone, p.agency_id,
       a.name AS agency_name, t.id AS team_id, t.is_whole_agency AS is_of_whole_agency,
       array(SELECT r.role FROM access_roleheld r WHERE r.user_id = u.id AND r.ended_at IS NULL ORDER BY r.role)::text[] AS roles
FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id AND u.is_active
JOIN agencies_agency a ON a.id = p.agency_id
JOIN agencies_team t ON t.agency_id = p.agency_id AND (t.id = p.team_id OR (p.team_id IS NULL AND t.is_whole_agency))
WHERE (%s::uuid IS NULL OR u.id = %s) AND (%s::uuid IS NULL OR p.agency_id = %s)
ORDER BY lower(u.display_name), u.id
"""
