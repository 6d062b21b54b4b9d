"""Two shield officers and what they do together, as the tests of sealed children ask for it.

Belongs here: steps that go the way of the product. Not here: what a seal must do.
"""

import uuid

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.foundation.access import rules as access_rules
from joinedup.governance.sealing import operations, rules
from tests.conftest import NOW
from tests.integration.looking import asking

SET = rules.Asked(kind=rules.Kind.SET, reason=rules.Reason.VIOLENCE_AT_HOME, words="He asks for them at every school")
LIFT = rules.Asked(
    kind=rules.Kind.LIFT, reason=rules.Reason.NO_LONGER_NEEDED, words="They have moved to another country"
)


def person(username: str) -> access_rules.Viewer:
    """Return someone who is signed in and has just shown a second factor."""
    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", username)
    viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)
    assert viewer is not None
    return viewer


def add_officers(agency_code: str, *, by: access_rules.Viewer) -> None:
    """Add two shield officers to a database that holds nobody."""
    for username in ("shield-officer", "shield-deputy"):
        persona = agencies_rules.Persona(
            username=username,
            display_name=username,
            job_title="Shield officer",
            role="shield_officer",
            agency_code=agency_code,
        )
        agencies_operations.keep_persona(persona=persona, by=by, at=NOW)


def ask(number: str, asked: rules.Asked = SET, *, by: str = "shield-officer") -> uuid.UUID:
    return operations.ask(number=number, asked=asked, by=person(by), at=NOW)


def agree(request_id: uuid.UUID, *, by: str = "shield-deputy") -> None:
    operations.decide(request_id=request_id, agrees=True, by=person(by), at=NOW)


def seal(number: str) -> None:
    """Let one officer ask for a seal, and the other agree."""
    agree(ask(number))


def lift(number: str) -> None:
    """Let one officer ask for the seal to be lifted, and the other agree."""
    agree(ask(number, LIFT, by="shield-deputy"), by="shield-officer")


def is_sealed(child: asking.Known) -> bool:
    """Return whether a child is sealed; the child's row and the seal say the same."""
    with asking.peeking():
        ((sealed,),) = asking.rows("SELECT is_sealed FROM people_child WHERE id = %s", child.id)
        ((standing,),) = asking.rows(
            "SELECT count(*) FROM access_seal WHERE subject_id = %s AND lifted_at IS NULL", child.id
        )
    assert sealed == bool(standing)
    return bool(sealed)
