"""The borough's names as numbers, so that a million can be drawn at once.

Belongs here: stocks of names as arrays and drawing from them. Not here: customs and families (naming).
"""

import dataclasses
import functools
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from joinedup.synthesis import errors, names, spellings

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]

NONE = -1


@dataclasses.dataclass(frozen=True, slots=True)
class _Draw:
    """Numbers of names, each with the chance of it and all before it."""

    codes: Ints
    cumulative: Floats


class Lexicon:
    """Every name of the borough with a number, and what is commonest in each community.

    Shapes: `words` and `plain` are arrays of text by number; `plain` is without accents.
    """

    def __init__(self, known: names.Names) -> None:
        self.known = known
        self.communities = known.communities
        self._codes: dict[str, int] = {}
        self._draws = {
            (place, part): self._draw(stock, part)
            for place, stock in enumerate(known.stocks.values())
            for part in ("F", "M", "family")
        }
        self.structures = np.array([community.structure for community in self.communities], object)
        self.words: Words = np.array(list(self._codes), object)
        self.plain: Words = np.array([errors.plain(word) for word in self._codes], object)
        self.feminine = self._mapped(names.feminine)

    def _draw(self, stock: names.Stock, part: str) -> _Draw:
        head = stock.family if part == "family" else stock.given[part]
        weights = np.diff(np.array([0.0, *head.cumulative]))
        share = names.TAIL_FAMILY if part == "family" else names.TAIL_GIVEN
        tail = stock.composed.get("family" if part == "family" else f"given_{part}")
        if tail is None:
            return _Draw(self.codes(head.items), np.cumsum(weights / weights.sum()))
        rare = [names.joined(beginning, ending) for beginning in tail[0] for ending in tail[1]]
        rarity = np.outer(_falling(len(tail[0])), _falling(len(tail[1]))).ravel()
        every = np.concatenate([weights / weights.sum() * (1 - share), rarity * share])
        return _Draw(self.codes([*head.items, *rare]), np.cumsum(every))

    def codes(self, words: Iterable[str]) -> Ints:
        """Return the number of each name; a name not met before gets the next."""
        return np.array([self._codes.setdefault(word, len(self._codes)) for word in words], np.int64)

    def code(self, word: str) -> int:
        """Return the number of a name.

        Errors: KeyError for a name that no list has.
        """
        return self._codes[word]

    def _mapped(self, form: Callable[[str], str]) -> Ints:
        forms = [form(word) for word in self.words]
        found = self.codes(forms)
        new = list(self._codes)[len(self.words) :]
        self.words = np.concatenate([self.words, np.array(new, object)])
        self.plain = np.concatenate([self.plain, np.array([errors.plain(word) for word in new], object)])
        return found

    def draw(self, part: str, community: Ints, chance: np.random.Generator) -> Ints:
        """Return a name for each entry of `community`: `part` is F or M for given names, or family."""
        drawn = chance.random(len(community))
        codes = np.full(len(community), NONE, np.int64)
        for place in np.unique(community):
            here = community == place
            draw = self._draws[int(place), part]
            found = np.searchsorted(draw.cumulative, drawn[here] * draw.cumulative[-1], side="right")
            codes[here] = draw.codes[np.minimum(found, len(draw.codes) - 1)]
        return codes

    def draw_given(self, community: Ints, male: Flags, chance: np.random.Generator) -> Ints:
        """Return a given name for each entry, by community and sex."""
        return np.where(male, self.draw("M", community, chance), self.draw("F", community, chance))

    def _common(self, community: int, sex: str) -> Ints:
        """Return the given names of a community's list, the rare ones left out."""
        listed = self.known.stocks[self.communities[community].code].given[sex].items
        return self._draws[community, sex].codes[: len(listed)]

    @functools.cache  # noqa: B019  (a lexicon lives as long as the program that draws from it)
    def alike(self, community: int, sex: str, code: int) -> tuple[int, ...]:
        """Return the names that a brother or sister of this one might bear and be taken for it: Hassan and Hussain."""
        word = str(self.words[code])
        stock = self._common(community, sex)
        # The spellings are of a name of this sex alone: a girl is not called Md after her brother Mohammed.
        others = self.known.variants.get(word, ()) if code in stock else ()
        spelt = {self._codes[other] for other in others if other in self._codes}
        near = {int(other) for other in stock if spellings.are_near(word, str(self.words[other]))}
        return tuple(sorted(near | spelt))

    @functools.cache  # noqa: B019  (the same)
    def twinned(self, community: int, sex: str, code: int) -> tuple[int, ...]:
        """Return the names that parents pair with this one for twins: the same first letter, or a rhyme."""
        word = str(self.words[code])
        stock = self._common(community, sex)
        return tuple(
            int(other)
            for other in stock
            if other != code and (self.words[other][0] == word[0] or self.words[other][-3:] == word[-3:])
        )


def _falling(count: int) -> Floats:
    """Return the chance of each place under the power by which the borough composes names."""
    edges = (np.arange(count + 1) / count) ** (1 / 1.5)
    return np.diff(edges)
