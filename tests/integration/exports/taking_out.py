"""Steps that the tests of exports share: who takes out, which children are theirs, and what a second person is."""

import dataclasses
import datetime
import uuid

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.governance.exports import operations, rules
from tests.conftest import NOW, as_role
from tests.integration.looking import asking
from tests.integration.web import visiting

WHY = "The review meeting on Thursday"
#: Children whom social care helps now, by the number of other agencies that know them too.
_OWN = """
SELECT c.id, c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id
WHERE c.circles && (SELECT array_agg(t.id::integer) FROM agencies_team t JOIN agencies_agency a ON a.id = t.agency_id
                    WHERE a.code = 'social_care' AND t.is_whole_agency)
ORDER BY s.agency_count DESC, c.number
"""
_USER = "SELECT id FROM access_user WHERE username = %s"


def lead() -> access_rules.Viewer:
    """The safeguarding lead of social care, who may take out what their own agency said of its own children."""
    return asking.lead_of("social_care")


def persona(username: str) -> access_rules.Viewer:
    with as_role("definer"):
        ((user_id,),) = asking.rows(_USER, username)
    viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)
    assert viewer is not None
    return viewer


def stepped_up(viewer: access_rules.Viewer, *, at: datetime.datetime = NOW) -> access_rules.Viewer:
    """The same person, who has just shown a second factor."""
    return dataclasses.replace(viewer, stepped_up_at=at, given=frozenset({access_rules.STEP_UP}))


def own_children() -> list[tuple[uuid.UUID, str]]:
    with asking.peeking():
        return asking.rows(_OWN)


def give_ground(viewer: access_rules.Viewer, child_id: uuid.UUID, ground: str) -> None:
    """Tie a person to a child, as an agency's record would."""
    visiting.write_as_batch(
        "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
        "VALUES (%s, %s, %s, %s, 'test', false, now())",
        uuid.uuid4(),
        viewer.user_id,
        child_id,
        ground,
    )


def make_many(viewer: access_rules.Viewer) -> None:
    """Let social care help thirty children, more than one person may take out alone."""
    with asking.peeking():
        ((circle,),) = asking.rows(
            "SELECT t.id FROM agencies_team t JOIN agencies_agency a ON a.id = t.agency_id "
            "WHERE a.code = 'social_care' AND t.is_whole_agency"
        )
    ids = [known.id for known in asking.children(most=30)]
    visiting.write_as_batch("UPDATE people_child SET circles = circles || %s WHERE id = ANY (%s)", circle, ids)
    visiting.write_as_batch(
        "UPDATE people_childsummary SET circles = circles || %s WHERE child_id = ANY (%s)", circle, ids
    )
    for child_id in ids:
        give_ground(viewer, child_id, "I")


def asked(
    by: access_rules.Viewer, *, of: str = "", kind: rules.Kind = rules.Kind.ROLL, at: datetime.datetime = NOW
) -> uuid.UUID:
    return operations.ask(kind=kind, of=of, reason=rules.Reason.MEETING, why=WHY, by=stepped_up(by, at=at), at=at)
