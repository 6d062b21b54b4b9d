"""Seeded streams of chance: one for each household and purpose, so that no draw disturbs another.

Belongs here: making streams and the few kinds of draw. Not here: what is drawn (names, places, lives).
"""

import bisect
import dataclasses
import datetime
import itertools
import math
import random
import zlib
from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy

Item = TypeVar("Item")


def stream(seed: int, purpose: str, index: int = 0) -> random.Random:
    """Return the stream of chance for one purpose and index; the same three always give the same stream."""
    return random.Random(f"{seed}/{purpose}/{index}")


def many(seed: int, purpose: str, index: int = 0) -> numpy.random.Generator:
    """Return the stream of chance that draws whole arrays; the same three always give the same stream."""
    return numpy.random.Generator(numpy.random.PCG64([abs(seed), seed < 0, zlib.crc32(purpose.encode()), index]))


@dataclasses.dataclass(frozen=True, slots=True)
class Weighted(Generic[Item]):
    """Things drawn each by its weight."""

    items: tuple[Item, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def of(cls, items: Sequence[Item], weights: Sequence[float]) -> "Weighted[Item]":
        """Return a draw of items by weight."""
        return cls(tuple(items), tuple(itertools.accumulate(weights)))

    @classmethod
    def by_rank(cls, items: Sequence[Item], *, flatness: float = 8.0) -> "Weighted[Item]":
        """Return a draw where the first item is commonest and weights fall as names do (Zipf, flattened at the head)."""
        return cls.of(items, [1.0 / (rank + flatness) for rank in range(len(items))])

    def draw(self, chance: random.Random) -> Item:
        place = bisect.bisect_right(self.cumulative, chance.random() * self.cumulative[-1])
        return self.items[min(place, len(self.items) - 1)]


def happens_times(chance: random.Random, mean: float) -> int:
    """Return how often something of the given mean happens (Poisson, by multiplication; for small means)."""
    floor, product, times = math.exp(-mean), chance.random(), 0
    while product > floor:
        product *= chance.random()
        times += 1
    return times


def day_between(chance: random.Random, first: datetime.date, last: datetime.date) -> datetime.date:
    """Return a day from first to last, both included; the first where last lies before it."""
    span_days = (last - first).days
    return first + datetime.timedelta(days=int(chance.random() * (span_days + 1))) if span_days > 0 else first


def days_spread(chance: random.Random, median_days: float, spread: float = 0.8) -> int:
    """Return a length of time about a median, with a long tail (log-normal)."""
    return max(1, int(median_days * math.exp(chance.gauss(0.0, spread))))
