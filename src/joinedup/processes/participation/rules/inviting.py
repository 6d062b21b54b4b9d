"""Rules of inviting: who may have a page of their own, how an invitation stands, and who makes one.

Belongs here: ages and states. Not here: making the sign-in (operations), whether a parent's page is safe (assurance).
"""

import datetime
import enum

from joinedup.processes.participation.rules.words import Voice

#: From this age a child may have a page of their own. Source: Data Protection Act 2018 s.208, for Scotland; practice in England.
OWN_PAGE_FROM_YEARS = 12
GROWN_UP_AT_YEARS = 18
#: Grounds of the matrix on which nobody invites: that nothing ties them to the child, and that the page would be their own.
_NO_TIES = frozenset({"N", "Y"})


class Standing(enum.StrEnum):
    """How an invitation stands."""

    OPEN = "open"  #: the link works
    ACCEPTED = "accepted"  #: it was used, once
    WITHDRAWN = "withdrawn"  #: taken back; a sign-in that came of it is over
    EXPIRED = "expired"  #: nobody used it in time


class TooYoung(Exception):
    """The child is younger than twelve, or their age is not known."""


class NotRecordedSafe(Exception):
    """Nobody has recorded that it is safe for this parent to have the page."""


class NameIsTaken(Exception):
    """Somebody signs in by this name already, or it is none to sign in by."""


class InvitationIsOver(Exception):
    """The link was used, taken back or never made, or is too old."""


def is_old_enough(*, birth_date: datetime.date | None, on: datetime.date) -> bool:
    """Return whether a child may have a page of their own; one whose age is not known may not."""
    return birth_date is not None and _years(birth_date, on) >= OWN_PAGE_FROM_YEARS


def is_grown_up(*, birth_date: datetime.date | None, on: datetime.date) -> bool:
    """Return whether somebody is eighteen: from that day on a parent's page is closed."""
    return birth_date is not None and _years(birth_date, on) >= GROWN_UP_AT_YEARS


def _years(birth_date: datetime.date, on: datetime.date) -> int:
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def check_may_have_a_page(
    *, voice: Voice, birth_date: datetime.date | None, is_recorded_safe: bool, on: datetime.date
) -> None:
    """Refuse a page that a child is too young for, or that nobody recorded as safe for this parent.

    Errors: TooYoung; NotRecordedSafe, for a parent of somebody who is eighteen too.
    """
    if voice is Voice.CHILD and not is_old_enough(birth_date=birth_date, on=on):
        raise TooYoung
    if voice is Voice.PARENT and (not is_recorded_safe or is_grown_up(birth_date=birth_date, on=on)):
        raise NotRecordedSafe


def ties(grounds: frozenset[str]) -> frozenset[str]:
    """Return the grounds on which a worker may invite: those of their own work with the child."""
    return grounds - _NO_TIES


def stands(
    *,
    expires_at: datetime.datetime,
    accepted_at: datetime.datetime | None,
    withdrawn_at: datetime.datetime | None,
    at: datetime.datetime,
) -> Standing:
    """Return how an invitation stands; what was taken back is so even after it was used."""
    if withdrawn_at is not None:
        return Standing.WITHDRAWN
    if accepted_at is not None:
        return Standing.ACCEPTED
    return Standing.OPEN if at < expires_at else Standing.EXPIRED
