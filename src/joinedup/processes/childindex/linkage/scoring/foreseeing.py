"""Foreseeing: what can be known of the answers of a pair before any word is read.

It is known from which words the two say and have in common, and from what their sketches rule out.

Belongs here: what a condition is, in each state of the columns it asks of. Not here: its answer where that takes reading
(answering), what answers are worth (weights).

Nearly all pairs that are looked at are two children, and nearly all of those can be told by this alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from joinedup.processes.childindex.linkage.scoring import conditions, sketching
from joinedup.processes.childindex.linkage.scoring.columns import LIST_AT, TEXT_AT
from joinedup.processes.childindex.linkage.scoring.conditions import Condition

#: The states of a column of two aliases: one of them says nothing; both do, and differ; both say the same.
UNSAID, DIFFERENT, SAME = 0, 1, 2
STATES = (UNSAID, DIFFERENT, SAME)
#: So many columns side by side are looked at for one comparison.
MOST_COLUMNS = 4

State = Mapping[int, int]

_GIVEN, _CANONICAL, _INITIAL = TEXT_AT["given"], TEXT_AT["given_canonical"], TEXT_AT["given_initial"]
_FAMILY, _DOB = TEXT_AT["family"], TEXT_AT["dob"]
_POSTCODE, _STREET = TEXT_AT["postcode"], TEXT_AT["street"]
_HOME = (_POSTCODE, _STREET)
_COLUMNS = {
    conditions.SWAPPED: (_CANONICAL,),
    conditions.INITIAL: (_GIVEN, _INITIAL),
    conditions.TYPO: (_GIVEN,),
    conditions.ALIKE: (_GIVEN,),
    conditions.TWO_NAMES: (_GIVEN,),
    conditions.FAMILY_MISSING: (_FAMILY, _CANONICAL),
    conditions.NEAR_DAYS: (_DOB,),
    conditions.FIRST_OF_JANUARY: (_DOB,),
    conditions.HOME_MISSING: _HOME,
    conditions.HOME_SAME: _HOME,
    conditions.HOME_TYPO: _HOME,
}
#: What a condition needs that a sketch can rule out.
_HINTS = {
    conditions.SWAPPED: (sketching.SWAPPED,),
    conditions.FURTHER: (sketching.CALLED,),
    conditions.SHARED: (sketching.CALLED,),
    conditions.TYPO: (sketching.GIVEN_SLIP,),
    conditions.ALIKE: (sketching.GIVEN_ALIKE,),
    conditions.TWO_NAMES: (sketching.GIVEN_SLIP, sketching.GIVEN_ALIKE),
    conditions.CROSSED: (sketching.CROSSED,),
    conditions.FAMILY_MISSING: (sketching.SWAPPED,),
    conditions.FAMILY_ALIKE: (sketching.FAMILY_ALIKE,),
    conditions.NEAR_DAYS: (sketching.NEAR_DAYS,),
    conditions.FIRST_OF_JANUARY: (sketching.ONE_YEAR,),
    conditions.HOME_TYPO: (sketching.POSTCODE_SLIP,),
}
_OF_A_WORD = {
    conditions.SHARE_A_WORD: {
        LIST_AT["given_names"]: (sketching.NAMES,),
        LIST_AT["family_parts"]: (sketching.PARTS,),
    },
    conditions.SAME_START: {_DOB: (sketching.ONE_YEAR,)},
    conditions.ONE_SLIP: {
        _GIVEN: (sketching.GIVEN_SLIP,),
        _FAMILY: (sketching.FAMILY_SLIP,),
        _POSTCODE: (sketching.POSTCODE_SLIP,),
        TEXT_AT["nhs"]: (sketching.NHS_SLIP,),
        TEXT_AT["upn"]: (sketching.UPN_SLIP,),
    },
}
_OF_THE_COLUMN = frozenset({conditions.MISSING, conditions.SAME, conditions.SAME_START, conditions.ONE_SLIP})


def columns_of(asked: Sequence[Condition]) -> tuple[int, ...]:
    """Return the columns whose states tell something of some conditions, each once."""
    found: dict[int, None] = {}
    for each in asked:
        found.update(dict.fromkeys((each.column,) if each.kind in _OF_THE_COLUMN else _COLUMNS.get(each.kind, ())))
    return tuple(found)


def hints_of(asked: Condition) -> tuple[int, ...]:
    """Return what of `sketching` a condition needs, one of them at least; nothing where no sketch tells of it."""
    if asked.kind == conditions.SAME_START and asked.number < sketching.END:
        return ()
    if asked.kind in _OF_A_WORD:
        return _OF_A_WORD[asked.kind].get(asked.column, ())
    return _HINTS.get(asked.kind, ())


def span_of(places: Iterable[int], most: int) -> tuple[int, int]:
    """Return the first of some places and how many stand from there to the last, at most so many; the others are left out."""
    first, last = 0, -1
    for place in places:
        one, two = (min(first, place), max(last, place)) if last >= 0 else (place, place)
        if two - one < most:
            first, last = one, two
    return first, last - first + 1


def is_true(asked: Condition, state: State) -> bool | None:
    """Return whether a condition holds in a state of its columns; None where words must be read to know."""
    kind = asked.kind
    if kind == conditions.ELSE:
        return True
    if kind in _OF_THE_COLUMN:
        return _of_column(asked, state[asked.column])
    if kind in {conditions.HOME_MISSING, conditions.HOME_SAME, conditions.HOME_TYPO}:
        return _of_home(kind, postcode=state[_POSTCODE], one_street=state[_STREET] == SAME)
    if kind == conditions.FAMILY_MISSING and state[_FAMILY] == UNSAID:
        return True
    if kind in {conditions.SWAPPED, conditions.FAMILY_MISSING}:
        return None if state[_CANONICAL] == DIFFERENT else False
    if kind == conditions.INITIAL and state[_INITIAL] != SAME:
        return False
    said = [state[column] != UNSAID for column in _COLUMNS.get(kind, ())]
    return None if all(said) else False


def _of_column(asked: Condition, state: int) -> bool | None:
    if asked.kind == conditions.MISSING:
        return state == UNSAID
    if state == UNSAID:
        return False
    if asked.kind == conditions.SAME:
        return state == SAME
    # A slip may ask for words of a certain length, even of equal ones.
    sure = state == SAME and (asked.kind == conditions.SAME_START or asked.number == 0)
    return True if sure else None


def _of_home(kind: int, *, postcode: int, one_street: bool) -> bool | None:
    if kind == conditions.HOME_MISSING:
        return postcode == UNSAID and not one_street
    if kind == conditions.HOME_SAME:
        return one_street and postcode != DIFFERENT
    if one_street or postcode == SAME:
        return True
    return None if postcode == DIFFERENT else False
