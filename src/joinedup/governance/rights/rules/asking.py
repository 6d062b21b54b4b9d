"""Rules of what people ask about their own data: who may ask what, and by when they are answered.

Belongs here: pure choices on dates and states. Not here: who works a request (the matrix), rows (models).
"""

import datetime
import enum

from joinedup.foundation.timescales import rules as timescales_rules

FEWEST_WORDS, MOST_WORDS = 10, 1_000
#: A request is answered within so many months, and within so many where it is extended.
MONTHS, MONTHS_EXTENDED = 1, 3


class Kind(enum.StrEnum):
    """What a person asks."""

    ACCESS = "access"  #: a copy of what is kept of them
    CORRECTION = "correction"  #: that something is put right
    OBJECTION = "objection"  #: that something is used no longer


class Asker(enum.StrEnum):
    """Who asks."""

    CHILD = "child"  #: the child or young person, or the adult they became
    PARENT = "parent"  #: a parent with parental responsibility
    REPRESENTATIVE = "representative"  #: a solicitor, an advocate, or someone with written authority


class Outcome(enum.StrEnum):
    """How a request was answered."""

    GRANTED = "granted"  #: what was asked was done
    PARTLY = "partly"  #: a part of it was done, and why not the rest was said
    REFUSED = "refused"  #: it was not done, and why was said


class State(enum.StrEnum):
    """Where a request stands."""

    RECORDED = "recorded"  #: written down; a second person must confirm that the person is who they say
    OPEN = "open"  #: confirmed: who works it may look at this one record
    CLOSED = "closed"  #: answered; nobody looks by it any longer


class OwnRequest(Exception):
    """The person who wrote a request down does not confirm it as well."""


class NotInState(Exception):
    """The request does not stand where this can be done; the argument is where it stands."""


class StillWaiting(Exception):
    """Something in the request still waits for a decision; the argument is how much."""


class NothingToGive(Exception):
    """Of the record nothing can be read by this request, as when it is sealed: the shield officer must be asked."""


class NoPackYet(Exception):
    """A request for a copy is granted when the copy has been made."""


class TooFewLetters(Exception):
    """Something that must be said in words was not."""


class InTheFuture(Exception):
    """A request cannot have been made later than today."""


class TooLate(Exception):
    """A request is extended within the first month, and once."""


def check_said(words: str) -> str:
    """Return words, trimmed.

    Errors: TooFewLetters.
    """
    trimmed = " ".join(words.split())[:MOST_WORDS]
    if len(trimmed.replace(" ", "")) < FEWEST_WORDS:
        raise TooFewLetters
    return trimmed


def due_on(*, asked_on: datetime.date, calendar: timescales_rules.Calendar, is_extended: bool = False) -> datetime.date:
    """Return the last day on which a request is answered in time.

    The same day of the month after, or that month's last day where it has none; a weekend or a bank holiday waits for
    the next working day.
    Source: UK GDPR, Article 12(3); ICO, Right of access, time limits.
    """
    months = MONTHS_EXTENDED if is_extended else MONTHS
    return calendar.next_working_day(timescales_rules.months_on(asked_on, months))


def state_of(*, confirmed_at: datetime.datetime | None, closed_at: datetime.datetime | None) -> State:
    """Return where a request stands."""
    if closed_at is not None:
        return State.CLOSED
    return State.RECORDED if confirmed_at is None else State.OPEN


def check_can_extend(
    *,
    asked_on: datetime.date,
    is_extended: bool,
    state: State,
    on: datetime.date,
    calendar: timescales_rules.Calendar,
) -> None:
    """Refuse an extension that comes too late or twice.

    Errors: NotInState; TooLate.
    """
    if state is State.CLOSED:
        raise NotInState(state)
    if is_extended or on > due_on(asked_on=asked_on, calendar=calendar):
        raise TooLate
