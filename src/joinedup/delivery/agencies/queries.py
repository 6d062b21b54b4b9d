"""Reads of agencies: who they are, their teams, and who works for them.

Belongs here: questions about organisations. Not here: questions about children.
"""

import dataclasses
import datetime
import uuid
from typing import NamedTuple

from django.db import connection

from joinedup.delivery.agencies import models
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCard:
    """An agency as pages and files name it."""

    id: uuid.UUID
    code: str
    name: str
    kind: str
    phone: str
    legal_basis: str


class NoSuchAgency(Exception):
    """No agency has this code."""


def _card(agency: models.Agency) -> AgencyCard:
    return AgencyCard(
        id=agency.id,
        code=agency.code,
        name=agency.name,
        kind=agency.kind,
        phone=agency.phone,
        legal_basis=agency.legal_basis,
    )


def get_agencies() -> list[AgencyCard]:
    """Return all agencies by name.

    Shapes: 1 query.
    """
    return [_card(agency) for agency in models.Agency.objects.order_by("name", "id")]


def get_agency(*, code: str) -> AgencyCard:
    """Return the agency with this code.

    Errors: NoSuchAgency.
    """
    agency = models.Agency.objects.filter(code=code).first()
    if agency is None:
        raise NoSuchAgency(code)
    return _card(agency)


def get_team_ids(*, agency_id: uuid.UUID) -> dict[str, int]:
    """Return an agency's teams by the agency's own codes."""
    teams = models.Team.objects.filter(agency_id=agency_id, is_whole_agency=False)
    return dict(teams.values_list("code", "id"))


def find_viewer(*, user_id: uuid.UUID, session: str, request_id: uuid.UUID | None) -> access_rules.Viewer | None:
    """Return who is looking: the signed-in user with their roles, team and agency as they are at this moment.

    Shapes: 1 query. None when the user is gone or no longer active, or works for nobody and has no page of their own.
    """
    row = _viewer_row(user_id)
    return None if row is None else _viewer(row, user_id, session, request_id)


def find_viewer_signed_in(
    *, user_id: uuid.UUID, password_mark: str, session: str, request_id: uuid.UUID
) -> access_rules.Viewer | None:
    """Return who is looking, where the session that says so was begun with the password that the user has now.

    Shapes: 1 query. None when the user is gone, no longer active, or has changed their password since.
    """
    row = _viewer_row(user_id)
    if row is None:
        return None
    if not access_queries.is_marked_by(password_mark, password=row.password):
        return None
    return _viewer(row, user_id, session, request_id)


class _ViewerRow(NamedTuple):
    agency_id: uuid.UUID | None
    team_id: int | None
    display_name: str
    roles: list[str]
    password: str


def _viewer_row(user_id: uuid.UUID) -> _ViewerRow | None:
    with connection.cursor() as cursor:
        cursor.execute(_VIEWER, [user_id])
        row = cursor.fetchone()
    return None if row is None else _ViewerRow(*row)


def _viewer(row: _ViewerRow, user_id: uuid.UUID, session: str, request_id: uuid.UUID | None) -> access_rules.Viewer:
    return access_rules.Viewer(
        user_id=user_id,
        name=row.display_name,
        roles=frozenset(row.roles),
        team_ids=frozenset() if row.team_id is None else frozenset({row.team_id}),
        home_id=row.agency_id,
        session=session,
        request_id=request_id,
    )


_VIEWER = """
SELECT p.agency_id, p.team_id, u.display_name,
       array(SELECT r.role FROM access_roleheld r WHERE r.user_id = u.id AND r.ended_at IS NULL ORDER BY r.role) AS roles,
       u.password
FROM access_user u LEFT JOIN agencies_practitioner p ON p.user_id = u.id
WHERE u.id = %s AND u.is_active AND (p.id IS NOT NULL OR EXISTS (
    SELECT 1 FROM access_roleheld r JOIN access_policycell c ON c.role = r.role AND c.action = 'own_page'
    WHERE r.user_id = u.id AND r.ended_at IS NULL))
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PositionCard:
    """Where a person works, and as what."""

    job_title: str
    agency_code: str
    agency_name: str
    team_name: str


def find_position(*, user_id: uuid.UUID) -> PositionCard | None:
    """Return where a person works; None for someone of no agency.

    Shapes: 1 query.
    """
    practitioner = models.Practitioner.objects.select_related("agency", "team").filter(user_id=user_id).first()
    if practitioner is None:
        return None
    return PositionCard(
        job_title=practitioner.job_title,
        agency_code=practitioner.agency.code,
        agency_name=practitioner.agency.name,
        team_name=practitioner.team.name if practitioner.team else "",
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonaCard:
    """A person of the demonstration, as the sign-in page offers them."""

    user_id: uuid.UUID
    username: str
    display_name: str
    job_title: str
    role: str
    agency_name: str


def get_personas() -> list[PersonaCard]:
    """Return the people of the demonstration who can sign in, by role and name.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PERSONAS)
        names = [column.name for column in cursor.description or ()]
        return [PersonaCard(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_PERSONAS = """
SELECT u.id AS user_id, u.username, u.display_name, p.job_title, a.name AS agency_name,
       coalesce((SELECT min(r.role) FROM access_roleheld r WHERE r.user_id = u.id AND r.ended_at IS NULL), '') AS role
FROM access_user u JOIN agencies_practitioner p ON p.user_id = u.id JOIN agencies_agency a ON a.id = p.agency_id
WHERE u.is_demo AND u.is_active
ORDER BY role, u.display_name, u.id
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """Another system that may sign in, or could once."""

    id: uuid.UUID
    name: str
    agency_code: str
    made_at: datetime.datetime
    ended_at: datetime.datetime | None


def get_clients() -> list[ClientCard]:
    """Return the API clients, those that may sign in first.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLIENTS)
        names = [column.name for column in cursor.description or ()]
        return [ClientCard(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_CLIENTS = """
SELECT c.id, c.name, a.code AS agency_code, c.made_at, c.ended_at
FROM access_apiclient c JOIN agencies_practitioner p ON p.user_id = c.user_id JOIN agencies_agency a ON a.id = p.agency_id
ORDER BY c.ended_at IS NOT NULL, a.code, c.name, c.id
"""
