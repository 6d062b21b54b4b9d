"""Who works an in-basket, and to whom something can be sent.

Belongs here: people and teams as the in-basket's rules know them. Not here: items.
"""

import uuid

from django.conf import settings

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.inbasket import rules

#: Grounds of the matrix: that nothing ties one to the child, and that one supervises who works with the child.
_NO_RELATIONSHIP, _SUPERVISOR = "N", "S"


class NoFrontDoor(Exception):
    """The settings name an agency or a team as front door that is not here."""


def get_person(*, viewer: access_rules.Viewer) -> rules.Person:
    """Return who the viewer is to the in-basket.

    Shapes: 1 query.
    """
    card = addressees.find_person(user_id=viewer.user_id)
    if card is None:
        return rules.Person(user_id=viewer.user_id, name=viewer.name)
    return rules.Person(
        user_id=viewer.user_id,
        practitioner_id=card.id,
        agency_id=card.agency_id,
        team_id=card.team_id,
        name=card.name,
        works=works(viewer.roles),
        is_of_whole_agency=card.is_of_whole_agency,
        is_manager=manages(viewer.roles),
    )


def works(roles: frozenset[str]) -> bool:
    """Return whether these roles work in-baskets: whether they write about children to whom nothing else ties them."""
    return _has_cell(roles, "write", _NO_RELATIONSHIP)


def manages(roles: frozenset[str]) -> bool:
    """Return whether these roles hand over the work of people whom they supervise."""
    return _has_cell(roles, "transfer", _SUPERVISOR)


def _has_cell(roles: frozenset[str], action: str, ground: str) -> bool:
    policy = access_queries.get_policy()
    return any(cell.ground == ground for role in roles for cell in policy.cells_of(role, action))


def get_front_door() -> addressees.TeamCard:
    """Return the team to whose in-basket a worry goes.

    Errors: NoFrontDoor.
    """
    agency_code, _, team_code = settings.FRONT_DOOR.partition("/")
    for team in addressees.get_teams():
        if team.agency_code == agency_code and (team.code == team_code if team_code else team.id == team.whole_id):
            return team
    raise NoFrontDoor(settings.FRONT_DOOR)


def get_team(*, team_id: int) -> addressees.TeamCard | None:
    """Return a team by its identifier."""
    return next((team for team in addressees.get_teams() if team.id == team_id), None)


def get_colleagues(*, agency_id: uuid.UUID) -> list[addressees.PersonCard]:
    """Return the people of an agency who work its in-baskets, by name.

    Shapes: 1 query.
    """
    found = addressees.get_people_of(agency_id=agency_id)
    return [card for card in found if works(frozenset(card.roles))]
