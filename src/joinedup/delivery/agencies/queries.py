"""Reads of agencies: who they are, their teams, and who works for them.

Belongs here: questions about organisations. Not here: questions about children.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Collection
from typing import NamedTuple

from django.db import connection
from django.db import models as orm
from django.db.models import functions

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

    Shapes: 1 query. None when the user is gone or no longer active.
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
    agency_id: uuid.UUID
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
FROM access_user u JOIN agencies_practitioner p ON p.user_id = u.id
WHERE u.id = %s AND u.is_active
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


def find_practitioner(*, user_id: uuid.UUID) -> uuid.UUID | None:
    """Return the practitioner whom a user is; None for someone of no agency.

    Shapes: 1 query.
    """
    return models.Practitioner.objects.filter(user_id=user_id).values_list("id", flat=True).first()


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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person who works for an agency, as colleagues find and ring them.

    Shapes: `team_id` is the whole of the agency's where they belong to no team of it.
    """

    practitioner_id: uuid.UUID
    user_id: uuid.UUID
    name: str
    job_title: str
    agency_name: str
    team_id: int
    team_name: str
    phone: str
    is_active: bool
    supervisor_user_id: uuid.UUID | None


def find_people(*, words: str, most: int, agency_id: uuid.UUID | None = None) -> list[PersonCard]:
    """Return people who work here and whose name holds these words, of one agency or of all.

    Shapes: 1 query; at most `most`, by name.
    """
    return _people(most=most, words=words.strip(), agency_id=agency_id)


def get_people(*, practitioner_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonCard]:
    """Return these people by identifier, those who work here no more too.

    Shapes: 1 query.
    """
    found = _people(most=len(practitioner_ids), practitioner_ids=list(practitioner_ids))
    return {card.practitioner_id: card for card in found}


def find_person(*, user_id: uuid.UUID) -> PersonCard | None:
    """Return who a user is among those who work here; None for someone of no agency.

    Shapes: 1 query.
    """
    return next(iter(_people(most=1, user_id=user_id)), None)


def _people(
    *,
    most: int,
    words: str | None = None,
    agency_id: uuid.UUID | None = None,
    practitioner_ids: list[uuid.UUID] | None = None,
    user_id: uuid.UUID | None = None,
) -> list[PersonCard]:
    """Return people by what is given; what is not, narrows nothing."""
    given = {"words": words, "agency": agency_id, "ids": practitioner_ids, "user": user_id, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, given)
        names = [column.name for column in cursor.description or ()]
        return [PersonCard(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_PEOPLE = """
SELECT p.id AS practitioner_id, p.user_id, u.display_name AS name, p.job_title, a.name AS agency_name,
       coalesce(p.team_id, whole.id) AS team_id, coalesce(t.name, whole.name) AS team_name, p.phone, u.is_active,
       s.user_id AS supervisor_user_id
FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id JOIN agencies_agency a ON a.id = p.agency_id
JOIN agencies_team whole ON whole.agency_id = a.id AND whole.is_whole_agency
LEFT JOIN agencies_team t ON t.id = p.team_id LEFT JOIN agencies_practitioner s ON s.id = p.supervisor_id
WHERE (%(words)s::text IS NULL OR u.is_active AND strpos(lower(u.display_name), lower(%(words)s)) > 0
       AND NOT EXISTS (SELECT 1 FROM access_apiclient c WHERE c.user_id = u.id))
  AND (%(agency)s::uuid IS NULL OR p.agency_id = %(agency)s) AND (%(ids)s::uuid[] IS NULL OR p.id = ANY(%(ids)s::uuid[]))
  AND (%(user)s::uuid IS NULL OR p.user_id = %(user)s)
ORDER BY u.display_name, p.id LIMIT %(most)s
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """A team that a family would name."""

    id: int
    name: str
    agency_id: uuid.UUID
    agency_name: str
    phone: str


def find_teams(*, words: str, most: int) -> list[TeamCard]:
    """Return teams whose name, or whose agency's, holds these words; the whole of an agency is one.

    Shapes: 1 query; at most `most`, whole agencies first, then by agency and name.
    """
    said = orm.Value(words.strip().lower())
    places = {
        "in_name": functions.StrIndex(functions.Lower("name"), said),
        "in_agency": functions.StrIndex(functions.Lower("agency__name"), said),
    }
    found = models.Team.objects.alias(**places).filter(orm.Q(in_name__gt=0) | orm.Q(in_agency__gt=0))
    return _teams(found, most)


def get_teams(*, team_ids: Collection[int]) -> dict[int, TeamCard]:
    """Return these teams by identifier.

    Shapes: 1 query.
    """
    return {card.id: card for card in _teams(models.Team.objects.filter(pk__in=team_ids), len(team_ids))}


def _teams(teams: "orm.QuerySet[models.Team]", most: int) -> list[TeamCard]:
    return [
        TeamCard(id=team.pk, name=team.name, agency_id=team.agency_id, agency_name=team.agency.name, phone=team.phone)
        for team in teams.select_related("agency").order_by("-is_whole_agency", "agency__name", "name", "id")[:most]
    ]
