"""Rules of the family's version of who looked: late, without names, and never a sign that somebody is worried.

Belongs here: what a child or a parent may be shown, given all looks. Not here: reading them (queries), words (web).
Whatever is not known to be safe to show is not shown: purposes and acts stand in a list of what may be, not of what may not.
"""

import dataclasses
import datetime
import enum
from collections.abc import Iterable, Sequence

from joinedup.governance.assurance.rules import looking


class Reader(enum.StrEnum):
    """Who reads the family's version."""

    CHILD = "child"  #: the child, about themselves
    PARENT = "parent"  #: a parent or carer with parental responsibility


class Suspends(enum.StrEnum):
    """What suspends a parent's version without a word."""

    STRATEGY_DISCUSSION = "strategy_discussion"  #: agencies discuss whether the child is in danger
    SECTION_47 = "section_47"  #: enquiries under section 47 of the Children Act 1989
    DOMESTIC_ABUSE = "domestic_abuse"  #: a flag that someone at home may be abusing another


#: Purposes that a parent may read. Not here, for good: section 47, strategy discussion, missing, sealed, sensitive services.
SHOWN_TO_A_PARENT = frozenset(
    {"own_work", "referral", "assessment", "plan_review", "transition", "family_request", "supervision", "tracking"}
)
#: A child may also read that they were looked for when missing.
SHOWN_TO_A_CHILD = SHOWN_TO_A_PARENT | {"missing"}
_SHOWN_KINDS = frozenset({looking.Kind.PAGE, looking.Kind.SOURCE})
#: Sensitive services and sealed facts.
_HIDDEN_TIERS = frozenset({"T4", "T5"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What a practitioner recorded of one parent: that reading who looked is safe, or that it is not."""

    is_safe: bool
    recorded_at: datetime.datetime
    ended_at: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A time in which a parent's version knows of no look; without `until` it still runs."""

    kind: Suspends
    since: datetime.datetime
    until: datetime.datetime | None = None

    def covers(self, at: datetime.datetime) -> bool:
        """Return whether a moment lies within."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLook:
    """One look as a family reads it: who by role and agency, on which day, and why."""

    on: datetime.date
    roles: tuple[str, ...]
    agency_name: str
    purpose: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FamilyView:
    """What a family reads; where it is off, nobody has recorded that it is safe, and there is nothing in it."""

    is_on: bool
    looks: tuple[FamilyLook, ...] = ()


def is_safe_now(safety: Sequence[Safety], *, at: datetime.datetime) -> bool:
    """Return whether the last word recorded of one parent is that it is safe for them to have a page."""
    until = _safe_until(safety, at)
    return until is not None and at < until


def earliest_since(*, since: datetime.datetime, at: datetime.datetime, delay: datetime.timedelta) -> datetime.datetime:
    """Return from when a suspension recorded at `at` may run, so that nothing a parent could read already vanishes."""
    return max(since, at - delay)


def childs_version(looks: Iterable[looking.Seen], *, at: datetime.datetime, delay: datetime.timedelta) -> FamilyView:
    """Return what a child of twelve or over reads of the looks at their own page, newest first."""
    shown = [look for look in looks if _is_ripe(look, at, delay) and _may_be_shown(look, SHOWN_TO_A_CHILD)]
    return FamilyView(is_on=True, looks=_in_order(shown))


def parents_version(  # the looks, and all that may hide them
    looks: Iterable[looking.Seen],
    *,
    safety: Sequence[Safety],
    suspensions: Sequence[Suspension],
    at: datetime.datetime,
    delay: datetime.timedelta,
) -> FamilyView:
    """Return what one parent reads, newest first.

    It is on once a practitioner has recorded that it is safe for this parent. When that ends, later looks are hidden
    without a word, as in a suspension: a list that is taken away would tell as much as one that is full.
    """
    until = _safe_until(safety, at)
    if until is None:
        return FamilyView(is_on=False)
    shown = [
        look
        for look in looks
        if _is_ripe(look, at, delay)
        and look.at < until
        and _may_be_shown(look, SHOWN_TO_A_PARENT)
        and not any(suspension.covers(look.at) for suspension in suspensions)
    ]
    return FamilyView(is_on=True, looks=_in_order(shown))


def _safe_until(safety: Sequence[Safety], at: datetime.datetime) -> datetime.datetime | None:
    """Return up to when looks are safe to read; None where it was never recorded that any is."""
    until: datetime.datetime | None = None
    for said in sorted(safety, key=lambda each: each.recorded_at):
        if said.recorded_at > at:
            break
        if said.is_safe:
            until = said.ended_at or datetime.datetime.max.replace(tzinfo=datetime.UTC)
        elif until is not None:
            until = min(until, said.recorded_at)
    return until


def _is_ripe(look: looking.Seen, at: datetime.datetime, delay: datetime.timedelta) -> bool:
    return look.at <= at - delay


def _may_be_shown(look: looking.Seen, purposes: frozenset[str]) -> bool:
    return (
        look.purpose in purposes
        and look.tier not in _HIDDEN_TIERS
        and looking.kind_of(look.act, is_beside=look.is_beside) in _SHOWN_KINDS
        and looking.mark_of(look.act, look.purpose) is looking.Mark.NONE
    )


def _in_order(looks: Iterable[looking.Seen]) -> tuple[FamilyLook, ...]:
    """Show each look without its hour, so that nobody is recognised by when they work; several alike on one day are one."""
    newest_first = sorted(looks, key=lambda look: (look.at, look.event_id), reverse=True)
    return tuple(
        dict.fromkeys(
            FamilyLook(
                on=look.at.date(), roles=tuple(sorted(look.roles)), agency_name=look.agency_name, purpose=look.purpose
            )
            for look in newest_first
        )
    )
