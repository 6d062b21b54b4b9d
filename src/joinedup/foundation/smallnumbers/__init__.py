"""Small numbers: a count of one to five could name someone, so it is not shown, and cannot be worked out from what is.

Belongs here: hiding counts and rates, and proving that they stay hidden. Not here: what is counted (the rings that know).
"""

from joinedup.foundation.smallnumbers.counts import HIDDEN, MOST_SMALL, Hidden, is_small, percent, rounded, shown
from joinedup.foundation.smallnumbers.hiding import Hiding, hide
from joinedup.foundation.smallnumbers.tables import Table, Uneven
from joinedup.foundation.smallnumbers.weighing import Range, ranges

__all__ = [
    "HIDDEN",
    "MOST_SMALL",
    "Hidden",
    "Hiding",
    "Range",
    "Table",
    "Uneven",
    "hide",
    "is_small",
    "percent",
    "ranges",
    "rounded",
    "shown",
]
