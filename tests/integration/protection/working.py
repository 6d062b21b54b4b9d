"""A social worker who leads, and a manager who supervises, around one child; steps of a concern as they write them.

Belongs here: steps that the tests of child protection share. Not here: what must hold.
"""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from joinedup.processes.protection import operations, rules
from joinedup.processes.protection.rules import Act, Category, Ending, Outcome
from tests.conftest import NOW
from tests.integration.casework import working as casework

WORKER, MANAGER = "social-worker", "manager"
DAY = datetime.timedelta(days=1)
BOTH = (rules.Present(name="Rukhsana Peel", agency="Social care"), rules.Present(name="Aidan Frome", agency="Police"))
WORDS = "He was seen with bruises that nobody could explain"
#: From the cause to suspect harm to a plan, and to its end.
TO_A_PLAN = (
    (Act.DISCUSSED, Outcome.JOINT),
    (Act.ENQUIRY_STARTED, None),
    (Act.ENQUIRY_ENDED, Outcome.CONTINUING_RISK),
    (Act.CONFERENCE_HELD, Outcome.PLAN),
)

person, rows, the_database_refuses, refused = (
    *(casework.person, casework.rows),
    *(casework.the_database_refuses, casework.refused),
)
holds_at_the_end, grounds = casework.holds_at_the_end, casework.grounds


def a_number() -> str:
    """Return a child whom the social worker leads and the manager supervises."""
    number = casework.a_number()
    episode_id = casework.a_led_episode(number, lead=WORKER, by=MANAGER)
    casework.a_need(number, episode_id, by=WORKER)
    assert "L" in grounds(WORKER, number)
    assert "S" in grounds(MANAGER, number)
    return number


def says(username: str, number: str, *, at: datetime.datetime = NOW, purpose: str = "") -> operations.Asking:
    return operations.Asking(number=number, purpose=purpose, by=person(username), at=at)


def said(act: Act, outcome: Outcome | None = None, *, at: datetime.datetime = NOW, **changes: object) -> rules.Saying:
    whole = {
        "happened_at": at,
        "words": WORDS,
        "present": BOTH,
        "chair": "Ines Wray",
        "category": Category.PHYSICAL,
        "ending": Ending.SAFE,
        "is_alone": True,
        "childs_view": "I want to stay with Nan",
    }
    return rules.Saying(act=act, outcome=outcome, **{**whole, **changes})


def a_concern(number: str, *, by: str = WORKER, at: datetime.datetime = NOW) -> uuid.UUID:
    return operations.raise_worry(asking=says(by, number, at=at), saying=said(Act.WORRY, at=at))


def step(
    number: str,
    concern_id: uuid.UUID,
    act: Act,
    outcome: Outcome | None = None,
    *,
    by: str = WORKER,
    at: datetime.datetime = NOW,
    **changes: object,
) -> uuid.UUID:
    return operations.take_step(
        asking=says(by, number, at=at), concern_id=concern_id, saying=said(act, outcome, at=at, **changes)
    )


def a_plan(number: str, *, at: datetime.datetime = NOW) -> uuid.UUID:
    """Walk from a cause to suspect harm to a plan; return the concern."""
    concern_id = a_concern(number, at=at)
    for act, outcome in TO_A_PLAN:
        step(number, concern_id, act, outcome, at=at)
    holds_at_the_end()
    return concern_id


def refused_at_the_end(statement: str, *given: object, because: str) -> None:
    """Let the database refuse, at the end of the transaction, what the application has the rights to ask for."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        with pytest.raises(IntegrityError, match=because):
            holds_at_the_end()
        transaction.set_rollback(True)


def stage(concern_id: uuid.UUID) -> str:
    return rows("SELECT stage FROM protection_concern WHERE id = %s", concern_id)[0][0]


def child_of(number: str) -> uuid.UUID:
    return rows("SELECT id FROM people_child WHERE number = %s", number)[0][0]
