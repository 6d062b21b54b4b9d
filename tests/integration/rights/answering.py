"""Who answers for rights, and children whose records' time will be over one day; steps that these tests share."""

import dataclasses
import datetime
import uuid

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.governance.rights import operations, queries
from tests.conftest import NOW, as_role
from tests.integration.exports import taking_out
from tests.integration.looking import asking

#: By then every child of the borough who held no other status is long past the twenty-fifth birthday.
LATER = datetime.date(2060, 6, 1)
WHY = "The inquiry asked that nothing be destroyed"
MACHINE = access_rules.Viewer(user_id=None, name="test command", roles=frozenset({"command"}))


def officer(username: str = "data-protection-officer", *, at: datetime.datetime = NOW) -> access_rules.Viewer:
    return taking_out.stepped_up(taking_out.persona(username), at=at)


def due(*, on: datetime.date = LATER) -> list[queries.DueChild]:
    with asking.peeking():
        return list(queries.find_due(on=on))


def list_due(*, on: datetime.date = LATER) -> None:
    with transaction.atomic(), as_role("batch"):
        operations.list_due(by=MACHINE, on=on, at=NOW)


def approve(child_id: uuid.UUID) -> None:
    with asking.peeking():
        ((due_id,),) = asking.rows("SELECT id FROM rights_duedeletion WHERE child_id = %s", child_id)
    operations.approve(due_id=due_id, by=officer(), at=NOW)


def delete(child_id: uuid.UUID, *, on: datetime.date = LATER):
    with as_role("batch"), transaction.atomic():
        return operations.delete_approved(child_id=child_id, by=MACHINE, on=on, at=NOW)


@dataclasses.dataclass(frozen=True)
class Known:
    """What the records say of a child, to look for afterwards."""

    id: uuid.UUID
    number: str
    people: list[uuid.UUID]
    secrets: list[str]


def known_of(one: queries.DueChild) -> Known:
    """Return what could give a child away: numbers, and the full name as files write it."""
    with asking.peeking():
        people = [
            row[0]
            for row in asking.rows(
                "SELECT person_record_id FROM childindex_link WHERE child_id = %s AND ended_at IS NULL", one.child_id
            )
        ]
        ((nhs, upn),) = asking.rows("SELECT nhs_number, upn FROM people_childsummary WHERE child_id = %s", one.child_id)
        local = [
            row[0]
            for row in asking.rows(
                "SELECT local_id FROM records_personrecord WHERE id = ANY (%s) AND scheme <> 'stated'", people
            )
        ]
    return Known(one.child_id, one.number, people, [said for said in (nhs, upn, *local) if len(said) > 6])
