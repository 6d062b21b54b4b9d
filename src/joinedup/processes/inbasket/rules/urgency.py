"""How soon an item must be looked into: the clocks of its colour and of the decision, by the profile of timescales.

Belongs here: which timescale counts from when. Not here: the hours (the profile, which an authority may replace), counting
(timescales).
"""

import dataclasses
import datetime
from collections.abc import Mapping

from joinedup.foundation.timescales import rules as timescales
from joinedup.processes.inbasket.rules.kinds import Kind, State, Urgency

DECISION = "referral_decision"
#: By code of the profile; blue has none.
CLOCKS: Mapping[Urgency, str] = {
    Urgency.RED: "mash_red",
    Urgency.AMBER: "mash_amber",
    Urgency.GREEN: "mash_green",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When an item came, when its colour was set, and by which profile, calendar and zone it is counted."""

    received_at: datetime.datetime
    profile: timescales.Profile
    calendar: timescales.Calendar
    zone: datetime.tzinfo
    urgency: Urgency | None = None
    urgency_set_at: datetime.datetime | None = None


def decision_clock(times: Times) -> timescales.Due | None:
    """Return by when the next step must be decided and the sender told; nothing where the profile has no such clock."""
    return _clock(DECISION, times.received_at, times)


def urgency_clock(times: Times) -> timescales.Due | None:
    """Return by when what the colour asks must be done, counted from when it was set; nothing for blue and where none is set."""
    if times.urgency is None or times.urgency not in CLOCKS or times.urgency_set_at is None:
        return None
    return _clock(CLOCKS[times.urgency], times.urgency_set_at, times)


def answer_clock(times: Times, *, asked_at: datetime.datetime) -> timescales.Due | None:
    """Return by when an agency must answer: within the colour's hours from the asking, else by the decision's clock."""
    code = CLOCKS.get(times.urgency, DECISION) if times.urgency is not None else DECISION
    return _clock(code, asked_at, times)


def next_due_at(kind: Kind, state: State, times: Times) -> datetime.datetime | None:
    """Return the first moment that is too late for what must happen next; nothing once the sender knows.

    Units: moments with a time zone.
    """
    if state in {State.TOLD, State.CLOSED} or kind is Kind.REPLY:
        return None
    if kind is Kind.INFORMATION_REQUEST:
        due = answer_clock(times, asked_at=times.received_at)
        return due.at if due else None
    clocks = [decision_clock(times)]
    if state is not State.DECIDED:
        clocks.append(urgency_clock(times))
    return min((due.at for due in clocks if due is not None and due.at is not None), default=None)


def _clock(code: str, started_at: datetime.datetime, times: Times) -> timescales.Due | None:
    try:
        timescale = times.profile.get(code, on=started_at.astimezone(times.zone).date())
    except (timescales.NoSuchTimescale, timescales.NotInForce):
        return None
    return timescales.due(timescale, started_at=started_at, zone=times.zone, calendar=times.calendar)
