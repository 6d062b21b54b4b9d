"""Rules of exports: what may be asked for, who must agree, how long it stands, and what is written on every page of it.

Belongs here: pure choices on frozen values. Not here: which child may leave (the one decision), rows (models), words of
pages (web).
"""

import dataclasses
import datetime
import enum
import uuid
from collections.abc import Iterable

from joinedup.foundation.access import rules as access_rules

#: Above so many children a second person must agree.
MOST_FOR_ONE_PERSON = 25
LIFETIME = datetime.timedelta(hours=24)
FEWEST_LETTERS_OF_WHY = 10


class NothingToExport(Exception):
    """None of the children may leave with this person."""


class TooManyChildren(Exception):
    """More children than one export may hold; the arguments are how many were asked for and the most."""


class OneChildOnly(Exception):
    """This person may take out one child at a time."""


class StepUpNeeded(Exception):
    """A second factor must be shown first."""


class WhyIsTooShort(Exception):
    """The words say too little of why."""


class NobodySignedIn(Exception):
    """An export was asked for by no one."""


class NotASecondPerson(Exception):
    """This person's roles do not let them agree to what others take out."""


class OwnExport(Exception):
    """Nobody agrees to what they asked for themselves."""


class NotOpen(Exception):
    """The export is no longer, or not yet, in a state in which this can be done; the argument is its state."""


class Kind(enum.StrEnum):
    """Which list of children is taken out."""

    CHILD = "child"  #: one child's page
    FOUND = "found"  #: the children found by a search of the asker's
    ROLL = "roll"  #: the children who are at present those of the asker's own team or agency


class Reason(enum.StrEnum):
    """Why it is taken out; kept with each row of the audit."""

    MEETING = "meeting"  #: a meeting about the child or children
    COURT = "court"  #: a court or a tribunal asked
    TRANSFER = "transfer"  #: the work is handed to another agency or area
    FAMILY_REQUEST = "family_request"  #: the child or family asked for it
    SUPERVISION = "supervision"  #: a manager reviews the work of their people
    CHECKING = "checking"  #: the agency compares its own list


class State(enum.StrEnum):
    """What has become of an export; `EXPIRED` is worked out from the time and never kept."""

    WAITING = "waiting"  #: for a second person
    READY = "ready"  #: can be taken
    REFUSED = "refused"  #: the second person said no
    WITHDRAWN = "withdrawn"  #: called back; whoever took it is listed
    EXPIRED = "expired"  #: its day is over


class Format(enum.StrEnum):
    """How it is taken."""

    CSV = "csv"  #: cells parted by commas
    WORKBOOK = "xlsx"  #: an Excel workbook
    PRINT = "print"  #: a page to print


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The children of a list who may leave, and those who may not.

    Shapes: `own_only` are those of whom only what the asker's agency said may leave.
    """

    allowed: tuple[uuid.UUID, ...]
    own_only: frozenset[uuid.UUID]
    left_out: int


def conditions_met(*, children: int, is_stepped_up: bool, is_agreed: bool) -> frozenset[str]:
    """Return the conditions of the matrix that are met; every export is watermarked."""
    met = {"watermark", "own"}
    if children == 1:
        met.add("one-child")
    if children <= MOST_FOR_ONE_PERSON or is_agreed:
        met.add("two-above-25")
    if is_stepped_up:
        met.add("step-up")
    return frozenset(met)


def sort_out(decided: Iterable[tuple[uuid.UUID, access_rules.Decision]]) -> Sorted:
    """Part the children who may leave from those who may not.

    Errors: StepUpNeeded, OneChildOnly or NothingToExport where nobody may; what is lacking is told first.
    """
    rows = list(decided)
    allowed = tuple(child_id for child_id, decision in rows if decision.is_allowed)
    if not allowed:
        lacking = {need for _, decision in rows for need in decision.needs}
        if "one-child" in lacking:
            raise OneChildOnly
        if "step-up" in lacking:
            raise StepUpNeeded
        raise NothingToExport
    own_only = frozenset(
        child_id for child_id, decision in rows if decision.is_allowed and "own" in conditions_of(decision)
    )
    return Sorted(allowed=allowed, own_only=own_only, left_out=len(rows) - len(allowed))


def conditions_of(decision: access_rules.Decision) -> frozenset[str]:
    """Return the conditions of the cell that allowed it."""
    return frozenset(decision.rule.partition(":")[2].split("+"))


def check_size(*, asked: int, most: int) -> None:
    """Refuse a list that is too long.

    Errors: TooManyChildren; NothingToExport for an empty one.
    """
    if asked == 0:
        raise NothingToExport
    if asked > most:
        raise TooManyChildren(asked, most)


def check_why(words: str) -> str:
    """Return the words of why, trimmed.

    Errors: WhyIsTooShort.
    """
    trimmed = " ".join(words.split())
    if len(trimmed) < FEWEST_LETTERS_OF_WHY:
        raise WhyIsTooShort
    return trimmed


def first_state(*, children: int) -> State:
    """Return in which state an export begins: with many children it waits for a second person."""
    return State.WAITING if children > MOST_FOR_ONE_PERSON else State.READY


def state_at(*, kept: State, expires_at: datetime.datetime, at: datetime.datetime) -> State:
    """Return the state at a moment; a day after it was asked for or agreed to, an export is over."""
    return State.EXPIRED if kept in {State.WAITING, State.READY} and at >= expires_at else kept


def who(viewer: access_rules.Viewer) -> uuid.UUID:
    """Return the user who is asking.

    Errors: NobodySignedIn.
    """
    if viewer.user_id is None:
        raise NobodySignedIn
    return viewer.user_id


def may_be_second(policy: access_rules.Policy, roles: Iterable[str]) -> bool:
    """Return whether a person may agree: who may take out many children with a second person may be one."""
    return any("two-above-25" in cell.conditions for role in roles for cell in policy.cells_of(role, "export"))


def check_can_agree(*, state: State, asked_by_id: uuid.UUID, by_id: uuid.UUID | None) -> None:
    """Refuse a second person who is the first, and a decision that is not waited for.

    Errors: OwnExport; NotOpen.
    """
    if asked_by_id == by_id:
        raise OwnExport
    if state is not State.WAITING:
        raise NotOpen(state)


def watermark(*, number: str, name: str, at: str, why: str) -> str:
    """Return what stands on every page: which export, who took it, when and why."""
    return f"Export {number}, taken by {name} on {at}, because: {why}. Not to be passed on."


def row_mark(*, number: str, name: str, at: str) -> str:
    """Return what stands in the last column of every row, so that a row cut out still says whose it is."""
    return f"Export {number}, {name}, {at}"
