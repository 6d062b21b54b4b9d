"""Workers who look, reviewers who review, and a look at what assurance then holds."""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import operations
from joinedup.governance.assurance.rules import interests
from tests.conftest import as_role
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
