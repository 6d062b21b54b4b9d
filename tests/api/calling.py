"""Ways to ask the API, and the children that its tests ask for.

Belongs here: steps that the tests of the API share. Not here: what an operation must answer.
"""

import functools
import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation import ids
from tests.integration.looking import asking

BASE = "/api/v1"
PARTS = ("", "/facts", "/helping", "/chronology", "/relatives", "/records")
OF_NOBODY = "/api/v1/health"


def signed_in(persona: str) -> Client:
    """Sign in as one of the people of the demonstration, by the button of the sign-in page."""
    visitor = Client()
    answer = visitor.post("/sign-in", {"persona": persona})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    return visitor


def post(visitor: Client, address: str, body: object, **more: object):
    return visitor.post(BASE + address, json.dumps(body), content_type="application/json", **more)


def get(visitor: Client, address: str, **headers: str):
    return visitor.get(BASE + address, headers=headers)


def search(visitor: Client, **remembered: str) -> str:
    """Begin a search; return its token."""
    answer = post(visitor, "/searches", remembered)
    assert answer.status_code == 201, answer.content
    return answer.json()["token"]


@functools.cache
def never_given() -> str:
    """Return a well-formed number that no child has."""
    return ids.new_child_number()


def numbers(where: str, *given: object, most: int = 5) -> list[str]:
    """Return child numbers of children for whom this holds, the same ones every time."""
    with asking.peeking():
        return [
            number
            for (number,) in asking.rows(
                f"SELECT c.number FROM people_child c WHERE c.state = 'active' AND c.known_only_to IS NULL AND ({where}) "
                f"ORDER BY (SELECT sort_name FROM people_childsummary s WHERE s.child_id = c.id), c.number LIMIT {most}",
                *given,
            )
        ]


_WHOLE = (
    "(SELECT t.id::integer FROM agencies_team t JOIN agencies_agency a ON a.id = t.agency_id "
    "WHERE t.is_whole_agency AND a.code = %s)"
)


def known_to(agency: str, *, most: int = 5) -> list[str]:
    """Return children whom an agency has on its roll or helps at present."""
    return numbers(f"c.circles @> ARRAY[{_WHOLE}]", agency, most=most)


def not_known_to(agency: str, *, most: int = 5) -> list[str]:
    """Return children with whom an agency has nothing to do at present."""
    return numbers(f"NOT c.circles @> ARRAY[{_WHOLE}]", agency, most=most)


def record_of(number: str, agency: str) -> str | None:
    """Return a current source record that an agency has sent of a child."""
    with asking.peeking():
        found = asking.rows(
            "SELECT i.source_record_id FROM people_child c JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL "
            "JOIN records_identitystatement i ON i.person_record_id = l.person_record_id AND i.is_current "
            "JOIN records_personrecord p ON p.id = l.person_record_id JOIN agencies_agency a ON a.id = p.agency_id "
            "WHERE c.number = %s AND a.code = %s ORDER BY i.id LIMIT 1",
            number,
            agency,
        )
    return str(found[0][0]) if found else None


def kind(answer) -> str:
    """Return the kind of a problem, and hold it to the one shape."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    said = answer.json()
    assert said.keys() - {"faults"} == {"type", "title", "status", "detail"}
    assert said["status"] == answer.status_code
    return said["type"].removeprefix("urn:joinedup:problem:")


def queries_of(visitor: Client, address: str, **headers: str) -> int:
    """Return how many queries an operation takes, without the marks of the test's own transaction."""
    assert get(visitor, address, **headers).status_code == 200  # whatever is only done the first time is done
    with CaptureQueriesContext(connection) as counted:
        assert get(visitor, address, **headers).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in counted)
