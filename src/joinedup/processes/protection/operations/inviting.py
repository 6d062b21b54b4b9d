"""Asking people to take part: whoever chairs the conference, the police, health; they read the case until a day.

Belongs here: the tie and its end. Not here: what an invited person may do (the matrix).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation import clock
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.protection import models, rules
from joinedup.processes.protection.operations import entering
from joinedup.processes.protection.operations.entering import Asking
from joinedup.processes.protection.queries import standing

#: Nobody is invited for longer without being asked anew.
MOST_DAYS = 200


@transaction.atomic
def invite(
    *, asking: Asking, concern_id: uuid.UUID, practitioner_id: uuid.UUID, part: str, until_on: datetime.date
) -> uuid.UUID:
    """Ask someone who signs in here to take part; they read the child's case until the end of that day.

    Errors: as `entering.enter`; SayMore; NoSuchConcern where there is no such person; NotInStage where the concern has ended;
    EndsBeforeItBegins where the day is past or too far; NotOneself.
    """
    said = rules.check_words(part, most=rules.MOST_NAME)
    entered = entering.enter(asking, act=rules.INVITED, name=rules.INVITED)
    concern = entering.lock(entered, concern_id)
    if concern.stage == rules.Stage.ENDED:
        raise rules.NotInStage(concern_id)
    today = clock.local(asking.at).date()
    if not today <= until_on <= today + datetime.timedelta(days=MOST_DAYS):
        raise rules.EndsBeforeItBegins(until_on)
    person = addressees.get_people(practitioner_ids=[practitioner_id]).get(practitioner_id)
    if person is None or not person.is_active:
        raise rules.NoSuchConcern(practitioner_id)
    if person.user_id == entered.me.user_id:
        raise rules.NotOneself
    _tie(concern, person, until=_end_of(until_on, asking.at))
    invitation = models.Invitation.objects.create(
        child_id=entered.child_id,
        concern=concern,
        practitioner_id=practitioner_id,
        part=said,
        until_on=until_on,
        invited_at=asking.at,
        invited_by_name=entered.me.name,
    )
    entering.announce(rules.INVITED, at=asking.at, concern_id=str(concern.pk))
    return invitation.pk


def _tie(concern: models.Concern, person: addressees.PersonCard, *, until: datetime.datetime) -> None:
    """Let someone read the case until a moment; asked anew, the later word counts.

    Errors: NotOneself, for the database lets nobody in by their own word.
    """
    _untie(concern, person)
    if not access_operations.hold(
        user_id=person.user_id,
        subject_id=concern.child_id,
        ground=access_rules.INVITED,
        origin=standing.origin(concern.pk),
        until=until,
    ):
        raise rules.NotOneself


def _untie(concern: models.Concern, person: addressees.PersonCard) -> None:
    access_operations.release(
        user_id=person.user_id,
        subject_id=concern.child_id,
        ground=access_rules.INVITED,
        origin=standing.origin(concern.pk),
    )


def _end_of(day: datetime.date, at: datetime.datetime) -> datetime.datetime:
    """Return the first moment after a day, as the clocks of England show it."""
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), tzinfo=clock.local(at).tzinfo)


def end_all(concern: models.Concern) -> None:
    """End what lets the invited read the case, once the concern has ended."""
    asked = models.Invitation.objects.filter(concern=concern).values_list("practitioner_id", flat=True)
    for person in addressees.get_people(practitioner_ids=set(asked)).values():
        _untie(concern, person)
