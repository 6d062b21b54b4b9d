"""Stewards and what they do, and how children stand: as sets of records, with all that is worked out from them.

Belongs here: steps that go the way of the product, and reading how things stand. Not here: what must hold.
"""

import contextlib
import dataclasses
import json
import uuid

from django.db import connection

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.database import roles
from joinedup.processes.childindex import operations
from tests.conftest import NOW, as_role
from tests.integration.intake import bringing

STEP_UP = frozenset({access_rules.STEP_UP})
ROWS = (
    ",Ada,Lovell,2014-03-09,NG1 5FT,Family help,early help,,W-1",
    ",Bohdan,Finch,2013-11-21,NG7 2RD,Swimming,leisure,,",
    ",Cyra,Stone,2012-02-02,LE1 1AA,Judo,leisure,,W-2",
    ",Dov,Marsh,2015-05-30,NG1 5FT,,,,",
)
_HEADING = "local_id,given_name,family_name,date_of_birth,postcode,service,service_type,carer_1_name,key_worker"


def bring(code, *people):
    """Bring a list in from an agency, each row under the agency's own numbers from 1."""
    rows = [f"{code}-{place}{row}" for place, row in enumerate(people, start=1)]
    source = bringing.formats.Source.of_bytes(f"{code}.csv", "\r\n".join([_HEADING, *rows, ""]).encode())
    return bringing.load(source, bringing.agency(code))


def records():
    """Return each person record by the agency's own number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT local_id, id FROM records_personrecord")
        return dict(cursor.fetchall())


def add(*usernames, agency="social_care", role="steward", worker_code=""):
    """Let people sign in who hold a role."""
    for username in usernames:
        persona = agencies_rules.Persona(
            username=username,
            display_name=username.title(),
            job_title="At work",
            role=role,
            agency_code=agency,
            worker_code=worker_code,
        )
        agencies_operations.keep_persona(persona=persona, by=bringing.MACHINE, at=NOW)


def person(username, *, given=STEP_UP):
    """Return someone who is signed in and, unless told otherwise, has just shown a second factor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_user WHERE username = %s", [username])
        ((user_id,),) = cursor.fetchall()
    return dataclasses.replace(agencies_queries.find_viewer(user_id=user_id, session="", request_id=None), given=given)


@contextlib.contextmanager
def as_people_are():
    """Act under the role of the application, and step back to that of loads and links."""
    with as_role("app"):
        yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")


def link(one, other, *, by="ines"):
    with as_people_are():
        return operations.link_records(record_a=one, record_b=other, by=person(by), at=NOW)


def confirm(one, other, *, by="ines"):
    with as_people_are():
        return operations.confirm(record_a=one, record_b=other, by=person(by), at=NOW)


def part(records, *, rest=(), by="ines"):
    with as_people_are():
        return operations.part_records(record_ids=list(records), from_ids=list(rest), by=person(by), at=NOW)


def undo(act_id, *, by="ines"):
    with as_people_are():
        return operations.undo(act_id=act_id, by=person(by), at=NOW)


def rejoin(one, other, *, by="ines", agreed_by="omar"):
    with as_people_are():
        proposal_id = operations.propose_rejoin(
            record_a=one, record_b=other, why="Their mother says that it is one child", by=person(by), at=NOW
        )
        return operations.agree_to_rejoin(proposal_id=proposal_id, by=person(agreed_by), at=NOW)


def together():
    """Return which records are one child, as sets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(person_record_id) FROM childindex_link WHERE ended_at IS NULL GROUP BY child_id"
        )
        return {frozenset(records) for (records,) in cursor.fetchall()}


def standing():
    """Return how each child stands, by their records: who they are said to be, whose they are, who is tied to them."""
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT array_agg(l.person_record_id ORDER BY l.person_record_id) FROM childindex_link l "
            "        WHERE l.child_id = c.id AND l.ended_at IS NULL), "
            "to_jsonb(s) - 'child_id', (SELECT array_agg(t ORDER BY t) FROM unnest(c.circles) AS t), c.is_sealed, "
            "(SELECT array_agg(g.user_id::text || g.ground ORDER BY g.user_id, g.ground) FROM access_groundheld g "
            " WHERE g.subject_id = c.id AND g.ended_at IS NULL AND g.origin = 'records') "
            "FROM people_child c LEFT JOIN people_childsummary s ON s.child_id = c.id "
            "WHERE c.state = 'active'"
        )
        found = {tuple(records): tuple(map(_plain, rest)) for records, *rest in cursor.fetchall()}
        cursor.execute("SELECT person_record_id, array_agg(value ORDER BY value) FROM childindex_searchkey GROUP BY 1")
        keys = {record: tuple(values) for record, values in cursor.fetchall()}
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")
    return found, keys


def _plain(value):
    if isinstance(value, str):
        read = json.loads(value)
        read["circles"] = sorted(read["circles"])
        return repr(sorted(read.items()))
    return tuple(value) if isinstance(value, list) else value


def numbers():
    """Return each number and the state and number of the child to whom it leads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.number, t.state, t.number FROM people_child c "
            "JOIN people_child t ON t.id = coalesce(c.redirect_to_id, c.id)"
        )
        return {number: (state, target) for number, state, target in cursor.fetchall()}


def number_of(record_id: uuid.UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.number FROM childindex_link l JOIN people_child c ON c.id = l.child_id "
            "WHERE l.ended_at IS NULL AND l.person_record_id = %s",
            [record_id],
        )
        ((number,),) = cursor.fetchall()
    return number
