"""The retention schedule as a value, read from its file and refused in plain words where it cannot be.

Belongs here: reading. Not here: applying it to a life (weighing).
"""

import dataclasses
import datetime
import enum
from collections.abc import Mapping
from typing import Any

import yaml

from joinedup.governance.rights.rules import retention


class ScheduleUnreadable(Exception):
    """The schedule holds something by which nothing could be kept; the message says what."""


class Anchor(enum.StrEnum):
    """From which day the years are counted."""

    BIRTH = "birth"  #: the day of birth
    DEATH = "death"  #: the day of death
    START = "start"  #: the day the status began: an order, a decision
    END = "end"  #: the day the status ended: a closure


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """So many years from an anchor."""

    years: int
    anchor: Anchor


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How long a status has a record kept, by which source, and whether the figure is confirmed."""

    code: str
    name: str
    period: Period
    died_young: Period | None
    source: str
    is_confirmed: bool
    shown_by_help: frozenset[str] = frozenset()
    shown_by_events: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One edition of the schedule."""

    version: str
    is_in_force_from: datetime.date
    statuses: Mapping[str, Status]

    def status_of_help(self, kind: str) -> str:
        """Return the status that a kind of help shows; a kind that nobody thought of is a status of its own, which keeps."""
        return next((code for code, status in self.statuses.items() if kind in status.shown_by_help), kind)

    def status_of_event(self, kind: str) -> str:
        """Return the status that a kind of event shows; as for help."""
        return next((code for code, status in self.statuses.items() if kind in status.shown_by_events), kind)


def read_schedule(text: str) -> Schedule:
    """Read a retention schedule.

    Errors: ScheduleUnreadable, also where the status of every child is missing.
    """
    try:
        given = yaml.safe_load(text)
        schedule = Schedule(
            version=str(given["version"]),
            is_in_force_from=given["is_in_force_from"],
            statuses={code: _status(code, said) for code, said in given["statuses"].items()},
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"The retention schedule cannot be read: {type(error).__name__} {error}"
        raise ScheduleUnreadable(message) from None
    if retention.KNOWN not in schedule.statuses:
        message = f"The retention schedule does not say how long a child is kept who held no status: {retention.KNOWN}"
        raise ScheduleUnreadable(message)
    return schedule


def _status(code: str, said: Mapping[str, Any]) -> Status:
    young = said.get("died_young")
    return Status(
        code=code,
        name=str(said["name"]),
        period=_period(said),
        died_young=None if young is None else _period(young),
        source=str(said["source"]),
        is_confirmed=bool(said["is_confirmed"]),
        shown_by_help=frozenset(said.get("shown_by", {}).get("help", ())),
        shown_by_events=frozenset(said.get("shown_by", {}).get("events", ())),
    )


def _period(said: Mapping[str, Any]) -> Period:
    years = int(said["years"])
    if years < 1:
        message = f"{years} years is no time to keep anything"
        raise ValueError(message)
    return Period(years=years, anchor=Anchor(said["from"]))
