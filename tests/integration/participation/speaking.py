"""Children and parents of the borough who come in by an invitation, and the people who help them.

Belongs here: steps that the tests of participation share. Not here: what must hold.
"""

import dataclasses
import datetime
import uuid

from django.contrib import auth
from django.test import Client

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.access import sessions
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import operations, queries, rules
from tests.conftest import NOW
from tests.integration.casework import working
from tests.integration.looking import asking

PASSWORD = "copper lantern seven owls"
MOTHER = "invited:mother"


@dataclasses.dataclass(frozen=True)
class Family:
    """A child with a plan that the social worker leads, and the child's own sign-in."""

    number: str
    episode_id: uuid.UUID
    child: access_rules.Viewer


def teenagers(most: int = 2) -> list[str]:
    """Return children between twelve and seventeen of whom the people at work know nothing by their records."""
    on = clock.local(NOW).date()
    born = (on.replace(year=on.year - 17), on.replace(year=on.year - 12))
    with asking.peeking():
        found = asking.rows(
            "SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id "
            "WHERE c.state = 'active' AND NOT c.is_sealed AND c.known_only_to IS NULL AND s.birth_date BETWEEN %s AND %s "
            "AND s.given_name <> '' AND NOT EXISTS (SELECT 1 FROM access_groundheld g WHERE g.subject_id = c.id) "
            "AND NOT c.circles && array("
            "    SELECT coalesce(p.team_id, w.id)::integer FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id "
            "    JOIN agencies_team w ON w.agency_id = p.agency_id AND w.is_whole_agency WHERE u.username = ANY(%s)) "
            "ORDER BY c.number LIMIT %s",
            *(*born, list(working.PEOPLE), most),
        )
    return [number for (number,) in found]


def invite(
    number: str, voice: rules.Voice = rules.Voice.CHILD, *, by: str = "social-worker", at=NOW, **more
) -> operations.Made:
    if voice is rules.Voice.PARENT:
        more = {"parent_ref": MOTHER, "parent_name": "Sade Marlow", "is_recorded_safe": True, **more}
    return operations.invite(number=number, purpose="referral", voice=voice, by=working.person(by), at=at, **more)


def come_in(number: str, voice: rules.Voice = rules.Voice.CHILD, *, by: str = "social-worker") -> access_rules.Viewer:
    """Invite someone and let them come in; return who they are from then on."""
    made = invite(number, voice, by=by, at=clock.now())
    user = operations.accept(
        token=made.token, username=f"fox-{uuid.uuid4().hex[:8]}", password=PASSWORD, at=clock.now()
    )
    return viewer_of(user.pk)


def viewer_of(user_id: uuid.UUID) -> access_rules.Viewer:
    viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)
    assert viewer is not None
    return viewer


def a_family(number: str = "") -> Family:
    number = number or teenagers()[0]
    episode_id = working.a_led_episode(number)
    return Family(number=number, episode_id=episode_id, child=come_in(number))


def say(
    family: Family, shown_to: rules.ShownTo = rules.ShownTo.HELPERS, *, words: str = "I like the club", **more
) -> uuid.UUID:
    given = {"occasion": rules.Occasion.ANY_TIME, "by": family.child, "at": NOW, **more}
    return operations.give_view(number=family.number, words=words, shown_to=shown_to, **given)


def read(number: str, viewer: access_rules.Viewer, *, on: datetime.date | None = None) -> list[queries.ViewCard]:
    """Open the child and read what somebody may see of what was said."""
    opened = childindex_queries.open_child(viewer=viewer, number=number, purpose="referral", act="test.looked")
    return queries.get_views(
        viewer=viewer, child_id=opened.card.id, grounds=opened.grounds, on=on or clock.local(NOW).date()
    )


def words_seen(family: Family, viewer: access_rules.Viewer) -> set[str]:
    """Return what somebody sees past all code of ours: by a statement of their own under an open view of the child."""
    childindex_queries.open_child(viewer=viewer, number=family.number, purpose="referral", act="test.looked")
    return {words for (words,) in asking.rows("SELECT words FROM participation_view")}


def browser(viewer: access_rules.Viewer) -> Client:
    """Return a browser in which this person has signed in with a second factor a moment ago."""
    client = Client()
    client.force_login(auth.get_user_model().objects.get(pk=viewer.user_id))
    at = clock.now().isoformat()
    session = client.session
    session[sessions.ASSURANCE] = access_rules.Assurance.TWO_FACTORS.value
    session[sessions.SIGNED_IN_AT] = session[sessions.STEPPED_UP_AT] = at
    session.save()
    return client


def come_in_elsewhere(family: Family) -> access_rules.Viewer:
    """Return another young person with a page of their own."""
    number = somebody_else(family)
    working.a_led_episode(number)
    return come_in(number)


def somebody_else(family: Family) -> str:
    """Return another young person, whoever knows them."""
    on = clock.local(NOW).date()
    with asking.peeking():
        ((number,),) = asking.rows(
            "SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id WHERE c.state = 'active' "
            "AND NOT c.is_sealed AND c.known_only_to IS NULL AND s.birth_date BETWEEN %s AND %s AND c.number <> %s "
            "ORDER BY c.number LIMIT 1",
            on.replace(year=on.year - 17),
            on.replace(year=on.year - 12),
            family.number,
        )
    return number
