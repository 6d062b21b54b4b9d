"""Rules of judging links blindly: how many pairs are drawn, what their answers say of all links, and how surely.

Belongs here: arithmetic on counts. Not here: drawing the pairs and keeping the answers (judging_functions), words (web).
"""

import dataclasses
import enum
import math

#: Two-sided, 95 %: the quantile of the normal distribution at 0.975.
Z = 1.959964
#: As many pairs that are not linked go into a sample as this share of those that are, so that no answer is a matter of course.
DECOY_SHARE = 0.25
FEWEST_DECOYS = 5
MOST_PAIRS = 2_000


class BlindAnswer(enum.StrEnum):
    """What a steward says of a pair of which they are not told whether it is linked."""

    SAME = "same"  #: they are one child
    TWO = "two"  #: they are two children
    CANNOT_SAY = "cannot_say"  #: the records do not tell


class BlindKind(enum.StrEnum):
    """Why a pair is in a sample; no page says it before all are answered."""

    LINK = "link"  #: a run linked the two, without a person
    DECOY = "decoy"  #: the two are not linked, and nearly were


class NothingToDraw(Exception):
    """There is no link that a run made by itself, so that there is nothing to judge."""


class NotFinished(Exception):
    """A sample waits for its last answers; until then no other is drawn and nothing is said of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An interval around a share. Units: shares, 0 to 1."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Which share of the links that a run made by itself is right, as the sample has it; None where no pair told.

    Units: `share` and the interval 0 to 1. `unsaid` are pairs of which nobody could say; they are in neither.
    """

    right: int
    wrong: int
    unsaid: int
    share: float | None
    interval: Interval | None


def wilson(*, share: float, drawn: int, population: int | None = None) -> Interval:
    """Return the 95 % interval around a share that was found among so many, drawn from so many without putting back.

    With the whole population drawn it has no width: then the share is known.

    Units: shares, 0 to 1.
    Errors: ValueError where nothing was drawn, or more than there is.
    Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22, 209-212; finite population correction: Cochran, Sampling Techniques, 3rd edition (1977),
    section 2.6, by which the variance is (N - n) / (N - 1) of that of drawing with putting back; here as the number that
    drawn so would tell as much.
    """
    if drawn < 1 or not 0 <= share <= 1 or (population is not None and drawn > population):
        raise ValueError("a share of so many")
    if population is not None and drawn == population:
        return Interval(low=share, high=share)
    tells_as = float(drawn) if population is None else drawn * (population - 1) / (population - drawn)
    spread = Z * Z / tells_as
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / tells_as + spread / (4 * tells_as))
    return Interval(low=max(middle - half, 0.0), high=min(middle + half, 1.0))


def pairs_to_draw(*, half_width: float, expected: float, population: int) -> int:
    """Return how many links to draw, so that the interval is no wider than wanted if the share is what is expected.

    Units: `half_width` and `expected` as shares, 0 to 1.
    Shapes: at least 1 and at most the population.
    Errors: NothingToDraw for an empty population; ValueError for a width or share that is none.
    Source: as wilson, solved for the number by halving, since the interval narrows with each pair more.
    """
    if population < 1:
        raise NothingToDraw
    if not 0 < half_width < 1 or not 0 <= expected <= 1:
        raise ValueError("a width between 0 and 1")
    low, high = 1, population
    while low < high:
        middle = (low + high) // 2
        if wilson(share=expected, drawn=middle, population=population).half_width <= half_width:
            high = middle
        else:
            low = middle + 1
    return low


def decoys_for(links: int) -> int:
    """Return how many pairs that are not linked are mixed among so many that are."""
    return max(FEWEST_DECOYS, math.ceil(links * DECOY_SHARE))


def precision_of(*, right: int, wrong: int, unsaid: int, population: int) -> Precision:
    """Return the live precision of links and its 95 % interval; pairs of which nobody could say are counted apart.

    Units: shares, 0 to 1.
    """
    told = right + wrong
    if not told:
        return Precision(right=right, wrong=wrong, unsaid=unsaid, share=None, interval=None)
    share = right / told
    interval = wilson(share=share, drawn=told, population=max(population - unsaid, told))
    return Precision(right=right, wrong=wrong, unsaid=unsaid, share=share, interval=interval)
