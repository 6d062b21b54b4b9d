"""Rules of forecasting thresholds: how many links and questions a day two thresholds will make, and how many stewards that takes.

Belongs here: arithmetic on counts of pairs that a run kept. Not here: taking the counts (linkage.weights), choosing thresholds.
"""

import dataclasses
import math
from collections.abc import Mapping

LEAST_BITS, MOST_BITS = -20.0, 40.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The pairs that the last run compared, by the whole bits of their weight: a pair of 4.7 bits stands at 4.

    Shapes: `linked` are those it linked; `asked` those it would have linked at a lower threshold, one for each two
    clusters; `held` those that a person is asked about whatever they weigh, as brothers and sisters are. `people` are the
    records that were compared.
    Units: `floor_bits` in bits; of pairs below it nothing was kept.
    """

    linked: Mapping[int, int]
    asked: Mapping[int, int]
    held: Mapping[int, int]
    people: int
    floor_bits: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """What a steward's time comes to. Units: minutes for a question, hours of a day that a steward has for them."""

    minutes_a_question: float
    hours_a_day: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What two thresholds will make of the records that arrive.

    Units: links and questions a day, of records that are matched as they arrive; stewards as a number of people who do
    nothing else in those hours.
    Shapes: `at_once` is how many questions wait after the first run with them; `is_whole` is False where the review threshold
    lies below what was compared, so that there will be more questions than these, nobody knows how many.
    """

    links_a_day: float
    questions_a_day: float
    at_once: int
    stewards: float
    is_whole: bool


def forecast(  # two thresholds, and by what they are judged
    weights: Weights,
    *,
    link_bits: float,
    review_bits: float,
    arrival_bits: float,
    arrivals_a_day: float,
    staffing: Staffing,
) -> Forecast:
    """Return what two thresholds make, if the records that arrive are like those that were compared.

    A pair that falls under a raised threshold is counted as a question, though other pairs may hold its records together: of
    questions it says rather too many. Within a bit, pairs are taken to lie evenly. A record that arrives is linked without
    a person from `arrival_bits` on, where that is the higher threshold, and a run leaves the question to the steward.

    Units: thresholds in bits; arrivals as records a day.
    Errors: ValueError where the link threshold is the lower, or either is beyond what makes sense.
    """
    if not LEAST_BITS <= review_bits <= link_bits <= MOST_BITS:
        raise ValueError("a link threshold at or above the review threshold")
    a_day = arrivals_a_day / weights.people if weights.people else 0.0
    on_arrival = max(link_bits, arrival_bits)
    questions_a_day = a_day * _questions(weights, link_bits=on_arrival, review_bits=review_bits)
    return Forecast(
        links_a_day=a_day * sum(_from(counts, on_arrival) for counts in (weights.linked, weights.asked)),
        questions_a_day=questions_a_day,
        at_once=round(_questions(weights, link_bits=link_bits, review_bits=review_bits)),
        stewards=questions_a_day * staffing.minutes_a_question / 60 / staffing.hours_a_day,
        is_whole=review_bits >= weights.floor_bits,
    )


def _questions(weights: Weights, *, link_bits: float, review_bits: float) -> float:
    between = sum(_from(counts, review_bits) - _from(counts, link_bits) for counts in (weights.linked, weights.asked))
    return between + _from(weights.held, review_bits)


def _from(counts: Mapping[int, int], bits: float) -> float:
    """Return how many pairs weigh at least so much."""
    whole = math.floor(bits)
    return sum(count for weight, count in counts.items() if weight > whole) + counts.get(whole, 0) * (
        1 - (bits - whole)
    )
