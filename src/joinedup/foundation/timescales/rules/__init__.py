"""Rules of timescales: which days count, how long something may take at most, and where a running clock stands."""

from joinedup.foundation.timescales.rules.calendars import Calendar, Unbounded, count_back, months_on
from joinedup.foundation.timescales.rules.clocks import Due, Pause, PauseOutOfOrder, Standing, due, standing
from joinedup.foundation.timescales.rules.listing import as_markdown, how_long
from joinedup.foundation.timescales.rules.profiles import (
    Kind,
    NoSuchTimescale,
    NotInForce,
    Profile,
    Timescale,
    Unit,
    UnreadableProfile,
    read_profile,
)

__all__ = [
    "Calendar",
    "Due",
    "Kind",
    "NoSuchTimescale",
    "NotInForce",
    "Pause",
    "PauseOutOfOrder",
    "Profile",
    "Standing",
    "Timescale",
    "Unbounded",
    "Unit",
    "UnreadableProfile",
    "as_markdown",
    "count_back",
    "due",
    "how_long",
    "months_on",
    "read_profile",
    "standing",
]
