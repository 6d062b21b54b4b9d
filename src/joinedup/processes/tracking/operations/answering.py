"""What people do about a child who may be lost: take it on, hand it back, and say what they found."""

import datetime
import uuid

from django.db import transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.tracking import models, rules


@transaction.atomic
def take_on(*, listing_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Make the viewer the one who looks into it; pressing twice is once.

    Errors: NoSuchListing; AlreadyAnswered, with who did; NotAPractitioner.
    """
    listing = _listing(listing_id, by, "tracking.taken-on")
    person = addressees.find_person(user_id=by.user_id)
    if person is None:
        raise rules.NotAPractitioner
    if listing.owner_id == person.id:
        return
    models.TrackedChild.objects.filter(pk=listing.id).update(owner_id=person.id, taken_at=at)
    events_operations.publish("tracking.taken-on", at=at, listing_id=str(listing.id))


@transaction.atomic
def hand_back(*, listing_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Let it wait for someone again.

    Errors: NoSuchListing; AlreadyAnswered.
    """
    listing = _listing(listing_id, by, "tracking.handed-back")
    models.TrackedChild.objects.filter(pk=listing.id).update(owner_id=None, taken_at=None)
    events_operations.publish("tracking.handed-back", at=at, listing_id=str(listing.id))


@transaction.atomic
def answer(  # what was found, in which words, and whether there is a concern are each their own word
    *,
    listing_id: uuid.UUID,
    outcome: rules.Outcome,
    words: str,
    has_concern: bool,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    """Keep what was found; whoever answers takes it on with that.

    Errors: NoSuchListing; AlreadyAnswered; NotAPractitioner; WordsNeeded; ConcernRecorded.
    """
    rules.check_outcome(outcome=outcome, words=words, has_concern=has_concern)
    take_on(listing_id=listing_id, by=by, at=at)
    listing = _listing(listing_id, by, "tracking.answered")
    models.TrackedChild.objects.filter(pk=listing.id).update(
        outcome=outcome.value,
        words=words.strip(),
        has_concern=has_concern,
        answered_at=at,
        answered_by_id=by.user_id,
        answered_by_name=by.name,
    )
    events_operations.publish("tracking.answered", at=at, listing_id=str(listing.id), outcome=outcome.value)


def _listing(listing_id: uuid.UUID, by: access_rules.Viewer, act: str) -> models.TrackedChild:
    """Lock a listing that waits, in a view of its own that names the child."""
    event_id = audit_operations.open_view(viewer=by, act=act, record_ref=str(listing_id))
    its = models.TrackedChild.objects.filter(pk=listing_id)
    # The database lets nobody lock what is answered: of two who press at once, one finds nothing left to lock.
    locked, listing = its.select_for_update().first(), its.first()
    if listing is None:
        raise rules.NoSuchListing(listing_id)
    audit_operations.add_subjects(event_id=event_id, subjects=[listing.child_id])
    if locked is None or listing.outcome:
        raise rules.AlreadyAnswered(listing.answered_by_name)
    return locked
