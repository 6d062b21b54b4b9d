"""Rules of one count or one rate: whether it is small, how it is shown, what it is rounded to.

Belongs here: a single figure. Not here: figures of a table that give each other away (hiding).
Source: Department for Education, children in need and children looked after statistics, methodology, "rounding and
suppression": counts of one to five are replaced by c, a true zero is shown, and so are percentages resting on such counts.
"""

import enum
from fractions import Fraction

MOST_SMALL = 5


class Hidden(enum.Enum):
    """The one mark of what is hidden, whether it is small itself or would give something small away."""

    HIDDEN = "c"


HIDDEN = Hidden.HIDDEN


def is_small(count: int) -> bool:
    """Return whether a count could name someone: one to five; nobody is in a zero."""
    return 1 <= count <= MOST_SMALL


def shown(count: int, *, round_to: int = 1) -> int | Hidden:
    """Return a count that stands alone as it may be shown."""
    return HIDDEN if is_small(count) else rounded(count, to=round_to)


def rounded(count: int, *, to: int) -> int:
    """Return the nearest multiple, a half going up."""
    return (2 * count + to) // (2 * to) * to


def percent(*, part: int, whole: int, digits: int = 0) -> Fraction | Hidden | None:
    """Return a percentage as it may be shown; None where there is no whole.

    Units: percent, rounded to so many digits.
    Hidden where part, whole or the rest are small: any two of the three give the third.
    """
    if whole == 0:
        return None
    if any(is_small(count) for count in (part, whole, whole - part)):
        return HIDDEN
    return Fraction(rounded_half_up(Fraction(100 * part * 10**digits, whole)), 10**digits)


def rounded_half_up(value: Fraction) -> int:
    """Return the nearest whole number, a half going up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
