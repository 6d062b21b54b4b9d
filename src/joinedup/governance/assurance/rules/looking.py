"""Rules of showing who looked: what kind of look it was, and what sets it apart.

Belongs here: the practitioner's version. Not here: the family's (family), unusual looking (snooping), which roles may
read the list (the matrix).
"""

import dataclasses
import datetime
import enum
import uuid
from collections.abc import Iterable

#: How many looks a practitioner is shown. Source: Child Protection - Information Sharing, the previous 25 accesses.
LAST_LOOKS = 25


class Kind(enum.StrEnum):
    """What was looked at."""

    PAGE = "page"  #: the child's page
    SOURCE = "source"  #: a source record of the child
    FOUND = "found"  #: the child stood in the answer to a search
    BESIDE = "beside"  #: the child was named on the page of another at the same address
    LOOKS = "looks"  #: who had looked
    OTHER = "other"  #: anything else that named the child


class Mark(enum.StrEnum):
    """What sets a look apart."""

    NONE = ""  #: nothing
    DENIED = "denied"  #: it was refused
    BROKEN_GLASS = "broken_glass"  #: it was made by override, because a child was in danger


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One look at one child, as the audit holds it; `tier` is empty where the audit does not say.

    `is_beside` where the page was another child's.
    """

    event_id: uuid.UUID
    at: datetime.datetime
    act: str
    purpose: str = ""
    tier: str = ""
    is_beside: bool = False
    actor_id: uuid.UUID | None = None
    actor_name: str = ""
    roles: tuple[str, ...] = ()
    agency_name: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """All looks of one kind that one person made on one day, for one reason; `last` is the last of them."""

    last: Seen
    times: int


#: A child's page, and its parts as another system or a person's own program asks for them.
PAGES = tuple(
    f"childindex.{part}.seen" for part in ("child", "card", "facts", "help", "chronology", "relatives", "records")
)
#: The purpose of a look by override, and the beginning of the acts that make or ask for one.
_EMERGENCY, _BREAK_GLASS = "emergency", "breakglass."

_KINDS = {
    **dict.fromkeys(PAGES, Kind.PAGE),
    "records.source.seen": Kind.SOURCE,
    **dict.fromkeys(("childindex.searched", "childindex.matched", "childindex.contact.matched"), Kind.FOUND),
    "assurance.looks.seen": Kind.LOOKS,
}
_DENIED = ".denied"


def kind_of(act: str, *, is_beside: bool = False) -> Kind:
    """Return what kind of look an act of the audit is; a refused one is of the kind that was asked for."""
    if is_beside:
        return Kind.BESIDE
    return _KINDS.get(act.removesuffix(_DENIED), Kind.OTHER)


def is_override(act: str, purpose: str) -> bool:
    """Return whether a look was made by override."""
    return purpose == _EMERGENCY or act.startswith(_BREAK_GLASS)


def mark_of(act: str, purpose: str = "") -> Mark:
    """Return what sets a look apart; that it was refused counts before that it was an override."""
    if act.endswith(_DENIED):
        return Mark.DENIED
    return Mark.BROKEN_GLASS if is_override(act, purpose) else Mark.NONE


def last_looks(looks: Iterable[Seen], *, reader_id: uuid.UUID | None, on: datetime.date) -> tuple[Looks, ...]:
    """Return the looks that a practitioner is shown, newest first; a page turned ten times in a day is one line.

    The reader's own looks of today are left out, for they know of them, and so is that somebody read who had looked: whoever did
    had the page before them, and stands in the list with that.
    Shapes: at most 25.
    """
    days: dict[tuple[object, ...], Looks] = {}
    for look in sorted(looks, key=lambda look: (look.at, look.event_id), reverse=True):
        kind = kind_of(look.act, is_beside=look.is_beside)
        if kind is Kind.LOOKS or (look.actor_id == reader_id and look.at.date() == on):
            continue
        key = (look.actor_id, look.at.date(), kind, look.purpose, mark_of(look.act, look.purpose))
        known = days.get(key)
        days[key] = Looks(last=known.last if known else look, times=known.times + 1 if known else 1)
    return tuple(days.values())[:LAST_LOOKS]
