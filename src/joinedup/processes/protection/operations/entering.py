"""The one door to every act: the child is opened at the statutory tier, the matrix is asked, the concern is locked.

Belongs here: what comes before a change. Not here: the changes.
"""

import dataclasses
import datetime
import uuid

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.protection import models, rules
from joinedup.processes.protection.queries import standing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which child, why and by whom: what every act is given.

    Shapes: `number` is the child's public number; `purpose` as it was given for looking, empty for one's own work.
    """

    number: str
    purpose: str
    by: access_rules.Viewer
    at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A child who is open, and who acts."""

    child_id: uuid.UUID
    me: addressees.PersonCard


def enter(asking: Asking, *, act: str, name: str) -> Entered:
    """Open the child at the statutory tier, and decide by the matrix whether this act is the viewer's.

    Shapes: `act` by its name in `rules.ACTIONS`; `name` is how the audit calls it.
    Errors: as `childindex_queries.open_child`; NoSuchConcern where the viewer does not read the tier; NotAllowed.
    """
    opened = childindex_queries.open_child(
        viewer=asking.by, number=asking.number, purpose=asking.purpose, act=f"protection.{name}"
    )
    stands = standing.stand(viewer=asking.by, opened=opened)
    me = None if asking.by.user_id is None else addressees.find_person(user_id=asking.by.user_id)
    if me is None or not stands.may(act):
        raise rules.NotAllowed
    return Entered(child_id=opened.card.id, me=me)


def lock(entered: Entered, concern_id: uuid.UUID) -> models.Concern:
    """Return a concern of the child, locked: two people may press at once.

    Errors: NoSuchConcern.
    """
    concern = models.Concern.objects.select_for_update().filter(pk=concern_id, child_id=entered.child_id).first()
    if concern is None:
        raise rules.NoSuchConcern(concern_id)
    return concern


def announce(name: str, *, at: datetime.datetime, **subject: str) -> None:
    """Tell whoever listens."""
    events_operations.publish(f"protection.{name}", at=at, **subject)
