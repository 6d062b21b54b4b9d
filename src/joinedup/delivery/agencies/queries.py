"""Reads of agencies: who they are, their teams, and who works for them.

Belongs here: questions about organisations. Not here: questions about children.
"""

import dataclasses
import uuid

from joinedup.delivery.agencies import models
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
    return dict(models.Team.objects.filter(agency_id=agency_id).values_list("code", "id"))


def find_viewer(*, user_id: uuid.UUID, session: str, request_id: uuid.UUID | None) -> access_rules.Viewer | None:
    """Return who is looking: the signed-in user with their roles, team and agency as they are at this moment.

    Shapes: 1 query. None when the user is gone or no longer active.
    """
    row = models.Practitioner.objects.raw(_VIEWER, [user_id])
    for found in row:
        return access_rules.Viewer(
            user_id=user_id,
            name=found.display_name,
            roles=frozenset(found.roles or ()),
            team_ids=frozenset() if found.team_id is None else frozenset({found.team_id}),
            home_id=found.agency_id,
            session=session,
            request_id=request_id,
        )
    return None


_VIEWER = """
SELECT p.id, p.agency_id, p.team_id, u.display_name,
       array(SELECT r.role FROM access_roleheld r WHERE r.user_id = u.id AND r.ended_at IS NULL ORDER BY r.role) AS roles
FROM access_user u JOIN agencies_practitioner p ON p.user_id = u.id
WHERE u.id = %s AND u.is_active
"""
