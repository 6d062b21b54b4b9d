"""People of the borough at work with one child, and looks into the tables for the tests themselves.

Belongs here: steps that the tests of casework share. Not here: what must hold.
"""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from joinedup.delivery.agencies import addressees
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.casework import operations, rules
from tests.conftest import NOW, as_role
from tests.integration.looking import asking

AIM = "SELECT code FROM framework_aim WHERE framework_id = 'every_child_matters' AND kind = 'aim' ORDER BY code LIMIT 1"
WORDS = "Lately she comes to school tired and hungry"


def person(username: str) -> access_rules.Viewer:
    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", username)
    viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)
    assert viewer is not None
    return viewer


def card(username: str) -> addressees.PersonCard:
    found = addressees.find_person(user_id=person(username).user_id)
    assert found is not None
    return found


def practitioner(username: str) -> uuid.UUID:
    return card(username).id


def team(username: str) -> int:
    return card(username).team_id


#: People who are at work in these tests; by their records nothing ties them to the child.
PEOPLE = (
    *("teacher", "safeguarding-lead", "youth-worker", "health-visitor", "manager", "social-worker", "out-of-hours"),
    *("front-door", "police-officer"),
)


def a_number() -> str:
    """Return a child of whom the people at work know nothing by their records."""
    with asking.peeking():
        return asking.rows(
            "SELECT number FROM people_child c WHERE state = 'active' AND NOT is_sealed AND known_only_to IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM access_groundheld g WHERE g.subject_id = c.id) AND NOT c.circles && array("
            "    SELECT coalesce(p.team_id, w.id)::integer FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id "
            "    JOIN agencies_team w ON w.agency_id = p.agency_id AND w.is_whole_agency WHERE u.username = ANY(%s)) "
            "ORDER BY number",
            list(PEOPLE),
        )[0][0]


def says(username: str, number: str, *, at: datetime.datetime = NOW, purpose: str = "referral") -> operations.Asking:
    return operations.Asking(number=number, purpose=purpose, by=person(username), at=at)


def an_episode(number: str, *, by: str = "manager", at: datetime.datetime = NOW) -> uuid.UUID:
    return operations.open_episode(
        asking=says(by, number, at=at), kind=rules.EpisodeKind.EARLY_HELP, level=rules.Level.INTENSIVE, why=WORDS
    )


def a_led_episode(number: str, *, lead: str = "social-worker", by: str = "manager") -> uuid.UUID:
    episode_id = an_episode(number, by=by)
    operations.name_lead(asking=says(by, number), episode_id=episode_id, practitioner_id=practitioner(lead))
    return episode_id


def a_need(number: str, episode_id: uuid.UUID, *, by: str = "social-worker", owner: str = "") -> uuid.UUID:
    return operations.record_need(
        asking=says(by, number),
        episode_id=episode_id,
        level=rules.Level.INTENSIVE,
        statement=WORDS,
        element="child.health",
        owner_id=practitioner(owner) if owner else None,
    )


def an_aim() -> str:
    return asking.rows(AIM)[0][0]


def holds_at_the_end() -> None:
    """Let the database look now at what it looks at when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def grounds(username: str, number: str) -> set[str]:
    """Return what ties a person to a child at present."""
    with asking.peeking():
        return {
            ground
            for (ground,) in asking.rows(
                "SELECT g.ground FROM access_groundheld g JOIN people_child c ON c.id = g.subject_id "
                "WHERE g.user_id = %s AND c.number = %s AND (g.ended_at IS NULL OR g.ended_at > clock_timestamp())",
                person(username).user_id,
                number,
            )
        }


def rows(query: str, *given: object) -> list[tuple]:
    """Look into the tables past every policy but the definer's."""
    with as_role("definer"):
        return asking.rows(query, *given)


def the_database_refuses(statement: str, *given: object, because: str = "") -> None:
    """Let the database refuse a change that the application would never ask for."""
    with (
        as_role("definer"),
        pytest.raises(IntegrityError, match=because),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, given or None)


def refused(kind: type[Exception] | tuple[type[Exception], ...], act) -> None:
    """Let an act be refused, and nothing of it stay."""
    with pytest.raises(kind), transaction.atomic():
        act()
