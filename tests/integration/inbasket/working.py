"""People of the demonstration who send to and work the in-basket, and the steps of their work.

Belongs here: arranging. Not here: what must hold (the tests).
"""

import datetime
import uuid

from joinedup.delivery.agencies import addressees
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.inbasket import operations, queries, rules
from tests.conftest import NOW, as_role
from tests.integration.looking import asking

WORRY = "She came without a coat again and said there is no food at home"
EARLY_HELP = operations.Decision(
    level=3, outcome=rules.Outcome.EARLY_HELP, why="Several needs, no significant harm; the mother agrees"
)
MINUTE = datetime.timedelta(minutes=1)


def person(username: str) -> access_rules.Viewer:
    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", username)
    return agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)


def said(**more: object) -> rules.Said:
    given = {"words": WORRY, "name": "Ada Nobody", "consent": rules.Consent.GIVEN, "ring_back": "0100 1"}
    return rules.Said(**{**given, **more})


def send(by: str = "safeguarding-lead", *, page_of: str = "", at: datetime.datetime = NOW, **more: object) -> uuid.UUID:
    """Send a worry to the front door; with a number, from that child's page."""
    return operations.send(
        kind=rules.Kind.CONTACT, said=said(**more), key=uuid.uuid4(), by=person(by), at=at, number=page_of
    )


def claimed(by: str = "front-door", **more: object) -> uuid.UUID:
    item_id = send(**more)
    operations.claim(item_id=item_id, by=person(by), at=NOW)
    return item_id


def ask(item_id: uuid.UUID, agency: str, *, question: str = "What do you know of her at home?") -> uuid.UUID:
    """Ask an agency what it knows."""
    return operations.ask(
        item_id=item_id,
        team_id=team(agency),
        question=question,
        basis=rules.Basis.SAFEGUARDING_DUTY,
        by=person("front-door"),
        at=NOW,
    )


def team(agency: str) -> int:
    return next(one.id for one in addressees.get_teams(is_whole=True) if one.agency_code == agency)


def card(item_id: uuid.UUID, by: str = "front-door") -> queries.ItemCard:
    return queries.get_item(viewer=person(by), item_id=item_id)


def receipt(item_id: uuid.UUID, by: str = "safeguarding-lead") -> queries.ReceiptCard:
    return queries.get_receipt(viewer=person(by), item_id=item_id)


def told(item_id: uuid.UUID, by: str = "front-door") -> None:
    """Decide early help and tell the sender."""
    operations.decide(item_id=item_id, decision=EARLY_HELP, by=person(by), at=NOW)
    operations.tell(item_id=item_id, words="A worker will ring the family", by=person(by), at=NOW)


def kept(statement: str, *given: object) -> list[tuple]:
    """Read as the definer does, who sees all."""
    with as_role("definer"):
        return asking.rows(statement, *given)
