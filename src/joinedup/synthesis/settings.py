"""What every life is drawn from: the place, the names, the figures, and the day on which the simulation stops.

Belongs here: the shared setting. Not here: drawing anything from it.
"""

import dataclasses
import datetime

from joinedup.synthesis import figures, names, places, streams
from joinedup.synthesis.calendar_days import YEAR_DAYS


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every family is drawn from."""

    seed: int
    ends_on: datetime.date
    area: places.Area
    names: names.Names
    community_draw: tuple[streams.Weighted[str], ...]
    figures: figures.Figures

    def years_before(self, years: float) -> datetime.date:
        """Return the day so many years before the end."""
        return self.ends_on - datetime.timedelta(days=int(years * YEAR_DAYS))
