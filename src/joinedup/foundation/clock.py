"""The one place that reads the clock; everything below the edge is told the time."""

import datetime
import zoneinfo

_ENGLAND = zoneinfo.ZoneInfo("Europe/London")


def now() -> datetime.datetime:
    """Return the present moment with its time zone.

    Units: UTC.
    """
    return datetime.datetime.now(tz=datetime.UTC)


def today() -> datetime.date:
    """Return today's date in England.

    Source: Greenwich and summer time by the zoneinfo database.
    """
    return now().astimezone(_ENGLAND).date()


def local(at: datetime.datetime) -> datetime.datetime:
    """Return a moment as the clocks of England show it.

    Source: Greenwich and summer time by the zoneinfo database.
    """
    return at.astimezone(_ENGLAND)
