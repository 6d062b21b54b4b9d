"""Workers who look, reviewers who review, and a look at what assurance then holds."""

import dataclasses
import datetime
import uuid
from collections.abc import Callable

from django.db import connection

from joinedup.foundation import clock
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import operations
from joinedup.governance.assurance.rules import interests
from tests.conftest import NOW, as_role
from tests.integration.looking import asking

#: The audit's times are the database's own, so what reads it is asked at the present moment or later.
SOON = datetime.timedelta(minutes=1)
MACHINE = access_rules.Viewer(user_id=None, name="a test", roles=frozenset({"job"}))


def now() -> datetime.datetime:
    return clock.now() + SOON


def later(days: float) -> datetime.datetime:
    return now() + datetime.timedelta(days=days)


_PERSON = """
SELECT u.id, u.display_name, p.agency_id, p.team_id, array(SELECT role FROM access_roleheld r WHERE r.user_id = u.id)
FROM access_user u JOIN agencies_practitioner p ON p.user_id = u.id WHERE u.username = %s
"""


def person(username: str, **changes: object) -> access_rules.Viewer:
    """Return a person of the demonstration as the one who asks."""
    ((user_id, name, agency, team, held),) = asking.rows(_PERSON, username)
    viewer = access_rules.Viewer(
        user_id=user_id,
        name=name,
        roles=frozenset(held),
        team_ids=frozenset() if team is None else frozenset({team}),
        home_id=agency,
        session="a-session",
        request_id=uuid.uuid4(),
    )
    return dataclasses.replace(viewer, **changes)


_ON_A_ROLL = """
SELECT DISTINCT l.child_id FROM childindex_link l JOIN records_personrecord p ON p.id = l.person_record_id
JOIN records_involvement i ON i.person_record_id = p.id AND i.is_current AND i.level = 'universal'
JOIN agencies_agency a ON a.id = p.agency_id
WHERE l.ended_at IS NULL AND a.code = 'schools' AND (i.started_date IS NULL OR i.started_date <= current_date)
  AND (i.ended_date IS NULL OR i.ended_date >= current_date)
"""


def pupils(keep: Callable[[asking.Known], bool] = lambda _: True, *, most: int = 60) -> list[asking.Known]:
    """Return children on a school's roll, who are therefore on that of the schools' safeguarding lead."""
    with asking.peeking():
        on_roll = {child_id for (child_id,) in asking.rows(_ON_A_ROLL)}
    return asking.children(lambda each: each.id in on_roll and keep(each), most=most)


def is_known_to(agency_code: str, known: asking.Known) -> bool:
    """Return whether an agency sent anything of a child."""
    with asking.peeking():
        found = asking.rows(
            "SELECT 1 FROM childindex_link l JOIN records_personrecord p ON p.id = l.person_record_id "
            "JOIN agencies_agency a ON a.id = p.agency_id WHERE l.child_id = %s AND a.code = %s AND l.ended_at IS NULL",
            known.id,
            agency_code,
        )
    return bool(found)


def family_member(role: str, *children: asking.Known) -> access_rules.Viewer:
    """Return somebody of a family who signs in: a child, or a parent with parental responsibility for these children."""
    with as_role("batch"):
        user_id = access_operations.keep_demo_user(username=f"a-{role}", display_name="Sade Marlow", role=role, at=NOW)
    with as_role("batch"), connection.cursor() as cursor:
        for known in children:
            cursor.execute(
                "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
                "VALUES (gen_random_uuid(), %s, %s, 'Y', 'test', false, now() - interval '1 day')",
                [user_id, known.id],
            )
    return access_rules.Viewer(user_id=user_id, name="Sade Marlow", roles=frozenset({role}), session="theirs")


def holding(username: str, role: str, **changes: object) -> access_rules.Viewer:
    """Return a person of the demonstration who holds another role, by the database's word too."""
    user_id = person(username).user_id
    with as_role("batch"), as_role("batch"):
        access_operations.keep_role(user_id=user_id, role=role, at=NOW)
    return person(username, **changes)


def look(viewer: access_rules.Viewer, known: asking.Known, *, purpose: str = "referral", reason: str = "") -> None:
    """Look at a child's page, as far as the audit sees it."""
    audit_operations.open_view(
        viewer=dataclasses.replace(viewer, request_id=uuid.uuid4()),
        act="childindex.child.seen",
        record_ref=known.number,
        purpose=purpose,
        reason=reason,
        subjects=[known.id],
    )


def find() -> operations.Run:
    """Find unusual looks of this week, as the nightly job does."""
    at = now()
    with as_role("batch"):
        return operations.find_unusual_looks(since=operations.monday_of(at), until=at, by=MACHINE, at=at)


def declared_relative(viewer: access_rules.Viewer, known: asking.Known) -> None:
    operations.declare_child(
        user_id=viewer.user_id, child_id=known.id, kind=interests.Kind.RELATIVE, by=viewer, at=now()
    )


def alerts() -> list[tuple]:
    """Return what alerts there are, whoever may see them."""
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, u.username, a.state, a.points, a.reasons->0->>'rule' FROM assurance_unusuallook a "
            "JOIN access_user u ON u.id = a.looker_id ORDER BY u.username"
        )
        return cursor.fetchall()
