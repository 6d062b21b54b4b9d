"""Naming: which words of a row's names are compared, compiled.

Belongs here: the name that a child is called by, further names, lists of names that may meet. Not here: the words of a
text (phrases). `single.names_of` says the same for one row at a time.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.coding.phrases import Codes, Family, Given, Lists
from joinedup.processes.childindex.linkage.compiling import compiled, inlined
from joinedup.processes.childindex.linkage.scoring.processor import bare

_NOT_SAID = -1
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(31)
_LISTS = 5


class Names(NamedTuple):
    """The names as rows have them, and what is known of every word.

    Shapes: `given`, `middle`, `preferred`, `family`, `former` n, the place of each row's text; `canonical` and `shared`
    by word.
    """

    given: Codes
    middle: Codes
    preferred: Codes
    family: Codes
    former: Codes
    forenames: Given
    middles: Given
    preferreds: Given
    families: Family
    formers: Lists
    canonical: Codes
    shared: NDArray[np.bool_]


class Called(NamedTuple):
    """What each row is called.

    Shapes: n; `key` is equal for rows with the same name and first family name in either order, 0 where nothing is said.
    """

    given: Codes
    canonical: Codes
    middle: Codes
    key: NDArray[np.uint64]


@inlined
def _bare_lists(lists: Lists) -> Lists:
    return Lists(bare(lists.begins), bare(lists.words))


@inlined
def _bare_names(names: Names) -> Names:
    """Return names by the bare addresses of their arrays, which whoever calls holds (`scoring.processor`)."""
    families = names.families
    return Names(
        bare(names.given),
        bare(names.middle),
        bare(names.preferred),
        bare(names.family),
        bare(names.former),
        Given(_bare_lists(names.forenames.words), bare(names.forenames.joined)),
        Given(_bare_lists(names.middles.words), bare(names.middles.joined)),
        Given(_bare_lists(names.preferreds.words), bare(names.preferreds.joined)),
        Family(
            _bare_lists(families.words),
            _bare_lists(families.parts),
            _bare_lists(families.swaps),
            bare(families.whole),
            bare(families.sound),
            bare(families.start),
            bare(families.title),
        ),
        _bare_lists(names.formers),
        bare(names.canonical),
        bare(names.shared),
    )


@compiled
def _size(lists: Lists, at: int) -> int:
    return int(lists.begins[at + 1] - lists.begins[at]) if at >= 0 else 0


@compiled
def _word(lists: Lists, at: int, place: int) -> int:
    return int(lists.words[lists.begins[at] + place])


@compiled
def _has(lists: Lists, at: int, word: int) -> bool:
    found = False
    for place in range(_size(lists, at)):
        found = found or _word(lists, at, place) == word
    return found


@compiled
def _forename(names: Names, row: int, place: int) -> int:
    """Return the word that stands at a place among given and middle names, -1 beyond them."""
    given = _size(names.forenames.words, names.given[row])
    if place < given:
        return _word(names.forenames.words, names.given[row], place)
    if place < given + _size(names.middles.words, names.middle[row]):
        return _word(names.middles.words, names.middle[row], place - given)
    return _NOT_SAID


@compiled
def _called_place(names: Names, row: int) -> int:
    """Return the place of the name that a child is called by: Mohammed Hassan is called Hassan."""
    first = _forename(names, row, 0)
    if first < 0 or _forename(names, row, 1) < 0:
        return 0
    return int(np.int64(names.shared[names.canonical[first]]))


def call(names: Names) -> Called:
    """Return what each row is called."""
    count = len(names.given)
    found = Called(
        np.full(count, _NOT_SAID, np.int32),
        np.full(count, _NOT_SAID, np.int32),
        np.full(count, _NOT_SAID, np.int32),
        np.zeros(count, np.uint64),
    )
    _call(names, count, found)
    return found


@compiled
def _call(all_names: Names, count: int, found: Called) -> None:
    names = _bare_names(all_names)
    given_of, canonical_of, middle_of, key_of = found
    for row in range(count):
        place = _called_place(names, row)
        given = _forename(names, row, place)
        canonical = int(np.int64(names.canonical[given])) if given >= 0 else _NOT_SAID
        place += 1
        further = _forename(names, row, place)
        # A family name that is said again among the given names (Singh, Kaur) tells nothing new.
        while further >= 0 and _has(names.families.words, names.family[row], further):
            place += 1
            further = _forename(names, row, place)
        given_of[row], canonical_of[row], middle_of[row] = given, canonical, further
        key_of[row] = _key(names, row, canonical)


@compiled
def _mixed(word: int) -> np.uint64:
    mixed = (np.uint64(word) + np.uint64(1)) * _MIX
    return (mixed ^ (mixed >> _SHIFT)) * _MIX


@compiled
def _key(names: Names, row: int, canonical: int) -> np.uint64:
    """Return a number for what a row is called and the first of its family names, whatever their order.

    The first word alone: Zhi-Wei Lee is Lee Zhi-Wei, although two words stand where one stood.
    """
    words, at = names.families.words, names.family[row]
    first = names.canonical[_word(words, at, 0)] if _size(words, at) else _NOT_SAID
    key = np.uint64(0)
    if canonical >= 0 and canonical != first:
        key += _mixed(canonical)
    if first >= 0:
        key += _mixed(first)
    return key


@compiled
def room(all_names: Names, rows: Codes, variants: Lists, canonical: Codes) -> int:
    """Return how many words all lists of some rows hold at most."""
    names, forms = _bare_names(all_names), _bare_lists(variants)
    total = 0
    for row in rows:
        if row < 0:
            continue
        forenames = _size(names.forenames.words, names.given[row]) + _size(names.middles.words, names.middle[row])
        preferred = _size(names.preferreds.words, names.preferred[row])
        total += 4 + _size(forms, canonical[row]) + forenames + preferred + 2
        total += _size(names.families.swaps, names.family[row])
        total += _size(names.families.parts, names.family[row]) + _size(names.formers, names.former[row])
    return total


@compiled
def _add(items: Any, begin: int, end: int, word: int) -> int:
    """Add a word to the list that is being written, unless it is there; return where the list now ends."""
    if word < 0:
        return end
    for at in range(begin, end):
        if items[at] == word:
            return end
    items[end] = word
    return end + 1


@compiled
def _add_all(items: Any, begin: int, end: int, lists: Lists, at: int) -> int:
    for place in range(_size(lists, at)):
        end = _add(items, begin, end, _word(lists, at, place))
    return end


def list_words(names: Names, called: Called, rows: Codes, variants: Lists, most: int) -> tuple[Codes, Codes]:
    """Return the lists of some rows one after another: where each begins, and the words.

    Shapes: `rows` has the row that names each alias, -1 for none; the lists stand in the order of `columns.LISTS`.
    """
    items = np.empty(most, np.int32)
    spans = np.zeros((len(rows), _LISTS + 1), np.int32)
    end = _list_words(names, called, rows, variants, (items, spans))
    # Nobody else has seen it yet, so that it may be cut where it stands.
    items.resize(end, refcheck=False)
    return spans, items


@compiled
def _list_words(all_names: Names, called: Called, rows: Codes, variants: Lists, into: tuple[Codes, Codes]) -> int:
    names, forms = _bare_names(all_names), _bare_lists(variants)
    items, spans = bare(into[0]), bare(into[1])
    given, canonical = bare(called.given), bare(called.canonical)
    end = 0
    for at in range(len(rows)):
        span = (_LISTS + 1) * at
        row = rows[at]
        if row < 0:
            for place in range(_LISTS + 1):
                spans[span + place] = end
            continue
        # The names that a row is known by.
        begin = spans[span] = end
        end = _add(items, begin, end, given[row])
        end = _add(items, begin, end, canonical[row])
        preferred = names.preferred[row]
        if _size(names.preferreds.words, preferred):
            known_as = _word(names.preferreds.words, preferred, 0)
            end = _add(items, begin, end, known_as)
            end = _add(items, begin, end, names.canonical[known_as])
        end = _add_all(items, begin, end, forms, canonical[row])
        begin = spans[span + 1] = end
        end = _add_given(items, end, names, row)
        # What may stand in a family name's place, and in a given name's.
        begin = spans[span + 2] = end
        end = _add(items, begin, end, canonical[row])
        if names.given[row] >= 0:
            end = _add(items, begin, end, names.forenames.joined[names.given[row]])
        begin = spans[span + 3] = end
        end = _add_all(items, begin, end, names.families.swaps, names.family[row])
        begin = spans[span + 4] = end
        end = _add_all(items, begin, end, names.families.parts, names.family[row])
        end = spans[span + 5] = _add_all(items, begin, end, names.formers, names.former[row])
    return end


@compiled
def _add_given(items: Any, begin: int, names: Names, row: int) -> int:
    """Write all given names of a row; return where they end."""
    end, place = begin, 0
    while _forename(names, row, place) >= 0:
        end = _add(items, begin, end, names.canonical[_forename(names, row, place)])
        place += 1
    preferred = names.preferred[row]
    for place in range(_size(names.preferreds.words, preferred)):
        end = _add(items, begin, end, names.canonical[_word(names.preferreds.words, preferred, place)])
    return end
