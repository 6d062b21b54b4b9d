"""Near: pairs of filters that have many bits in common, found without comparing each with each.

Belongs here: the compiled loops over filters. Not here: which of the pairs are taken (matching).

Some places are drawn and two filters are compared where they agree in all of them; that is done again with other
places until two filters as alike as is asked would be missed less than once in a hundred times
(Indyk and Motwani, 1998; Durham, 2012, for encodings of people). So nothing but the filters leaves an agency: no key
to sort by, whose commonness would give names away.
"""

import math
from typing import Any

import numba
import numpy as np
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.encodings.filters import Filters

Ints = NDArray[np.int64]

_MISSED_SHARE = 0.01
_FEWEST_PLACES = 8
_MOST_PLACES = 40
_MOST_ROUNDS = 400
#: How many unrelated filters a filter may meet in one round, on the average.
_STRANGERS = 100.0
#: To how many comparisons a round comes for each filter, with its sorting and looking up.
_COST_OF_ROUND = 150


def _counting(_typing: Any, _word: Any) -> Any:
    """Return how many bits of a word are set, by the machine's own instruction."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


_ones: Any = intrinsic(_counting)


@numba.njit(cache=True)
def _common(one: Filters, other: Filters) -> Any:
    """Return how many places are set in both filters."""
    found: Any = np.int64(0)
    for word in range(len(one)):
        found += np.int64(_ones(one[word] & other[word]))
    return found


@numba.njit(cache=True)
def counts(filters: Filters) -> Ints:
    """Return how many bits of each filter are set."""
    found = np.zeros(len(filters), np.int64)
    for row in range(len(filters)):
        found[row] = _common(filters[row], filters[row])
    return found


@numba.njit(cache=True)
def dice(left: Filters, right: Filters, places: Ints) -> NDArray[np.float64]:
    """Return how alike the named rows of two lists are: twice the bits in common by the bits of both, 0 to 1.

    Source: Dice (1945); Schnell, Bachteler and Reiher (2009) for filters.
    """
    found = np.zeros(len(places), np.float64)
    for pair in range(len(places)):
        one, other = left[places[pair, 0]], right[places[pair, 1]]
        both = _common(one, one) + _common(other, other)
        found[pair] = 2.0 * _common(one, other) / both if both else 0.0
    return found


@numba.njit(cache=True)
def _meeting(
    left: Filters, right: Filters, sizes: tuple[Ints, Ints], keys: tuple[Filters, Filters], order: Ints, least: float
) -> list[tuple[int, int]]:
    """Return the pairs of one round that are alike enough; `keys[1]` is sorted, by `order`."""
    found = [(0, 0) for _ in range(0)]
    for one in range(len(left)):
        at = np.searchsorted(keys[1], keys[0][one])
        while at < len(order) and keys[1][at] == keys[0][one]:
            other = order[at]
            at += 1
            both = sizes[0][one] + sizes[1][other]
            if both and 2.0 * _common(left[one], right[other]) >= least * both:
                found.append((one, other))
    return found


@numba.njit(cache=True)
def _all_meeting(left: Filters, right: Filters, sizes: tuple[Ints, Ints], least: float) -> list[tuple[int, int]]:
    """Return the pairs of all with all that are alike enough."""
    found = [(0, 0) for _ in range(0)]
    for one in range(len(left)):
        for other in range(len(right)):
            both = sizes[0][one] + sizes[1][other]
            if both and 2.0 * _common(left[one], right[other]) >= least * both:
                found.append((one, other))
    return found


def pairs(left: Filters, right: Filters, *, least: float) -> Ints:
    """Return the pairs of rows of two lists that are at least so alike, by whichever way is the shorter.

    Shapes: k x 2, ordered, each once. Long lists: as `drawn_pairs`.
    """
    if not len(left) or not len(right):
        return np.empty((0, 2), np.int64)
    _, rounds = plan(left.shape[1] * 64, _mean_set(left, right), len(right), least)
    shorter = len(right) <= rounds * _COST_OF_ROUND
    return all_pairs(left, right, least=least) if shorter else drawn_pairs(left, right, least=least)


def all_pairs(left: Filters, right: Filters, *, least: float) -> Ints:
    """Return what `pairs` returns, by comparing each with each: none is missed."""
    sizes = counts(left), counts(right)
    met = _all_meeting(left, right, sizes, least)
    return np.array(met, np.int64).reshape(-1, 2)


def drawn_pairs(left: Filters, right: Filters, *, least: float) -> Ints:
    """Return what `pairs` returns, by drawing places.

    Shapes: pairs just at `least` are missed once in a hundred times, closer ones less often.
    """
    sizes = counts(left), counts(right)
    chosen, rounds = plan(left.shape[1] * 64, _mean_set(left, right), len(right), least)
    draw = np.random.Generator(np.random.PCG64(2009))
    found = np.empty(0, np.int64)
    for _ in range(rounds):
        places = draw.choice(left.shape[1] * 64, chosen, replace=False)
        mine, theirs = _key(left, places), _key(right, places)
        order = np.argsort(theirs, kind="stable")
        met = _meeting(left, right, sizes, (mine, theirs[order]), order, least)
        if met:
            found = np.union1d(found, np.array(met, np.int64) @ np.array([len(right), 1]))
    return np.stack(np.divmod(found, len(right)), axis=1)


def _mean_set(left: Filters, right: Filters) -> float:
    return float(np.concatenate([counts(left), counts(right)]).mean())


def plan(bits: int, mean_set: float, many: int, least: float) -> tuple[int, int]:
    """Return how many places to draw in a round, and how many rounds to make.

    Two filters that are just alike enough agree in each place with one chance, strangers with a lower one.
    """
    fill = min(max(mean_set / bits, 0.02), 0.98)
    agree = max(1.0 - 2.0 * fill * (1.0 - least), 0.5)
    # Children of one town share sex, district and year of birth: they agree more often than chance.
    stranger = 1.0 - 1.4 * fill * (1.0 - fill)
    wanted = math.ceil(math.log(max(many, 2) / _STRANGERS) / -math.log(stranger)) if many > _STRANGERS else 1
    chosen = min(max(wanted, _FEWEST_PLACES), _MOST_PLACES)
    rounds = math.ceil(math.log(_MISSED_SHARE) / math.log1p(-(agree**chosen)))
    return chosen, min(max(rounds, 1), _MOST_ROUNDS)


def _key(filters: Filters, places: Ints) -> Filters:
    key = np.zeros(len(filters), np.uint64)
    for at, place in enumerate(places):
        bit = (filters[:, place // 64] >> np.uint64(place % 64)) & np.uint64(1)
        key |= bit << np.uint64(at)
    return key
