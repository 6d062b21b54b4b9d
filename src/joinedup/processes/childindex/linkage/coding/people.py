"""People: the rows that say who one person is, put together, compiled.

Belongs here: which of a person's rows gives the name, home, numbers and dates of each alias; aliases that say the same.
Not here: the words of a name (naming).

Names, home, birth date, sex and numbers may come in rows of their own, so each alias takes from the person's other rows
what its own does not say: the verified before the other, the permanent before the temporary, then the latest. `single`
says the same for one person at a time.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.coding.naming import Called
from joinedup.processes.childindex.linkage.coding.phrases import Codes
from joinedup.processes.childindex.linkage.compiling import compiled

_NOT_SAID = -1
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Said(NamedTuple):
    """What each row says, the rows of one person together in the order of records.

    Shapes: n; `begins` people + 1; `when` and `born` in days; -1 (`NO_DAY` for `born`) where nothing is said. `names_it`
    where the row gives a name; `permanent` where its pupil number is.
    """

    begins: Ints
    when: Ints
    names_it: Flags
    postcode: Codes
    street: Codes
    born: Codes
    sex: Codes
    nhs: Codes
    verified: Flags
    upn: Codes
    permanent: Flags


class Alias(NamedTuple):
    """What each row becomes with its person's other rows.

    Shapes: n; `naming` and `homing` are the rows that give its name and home, -1 for none; `kept` is false for a row that
    says what an earlier one of the person said.
    """

    naming: Codes
    homing: Codes
    born: Codes
    sex: Codes
    nhs: Codes
    verified: Flags
    upn: Codes
    kept: Flags


@compiled
def _later(when: Ints, one: int, two: int) -> bool:
    """Return whether the first row was said later, the later record where both were said on one day."""
    return bool(when[one] > when[two] or (when[one] == when[two] and one > two))


@compiled
def _better(chosen: int, row: int, first: Flags, when: Ints) -> bool:
    """Return whether a row stands before the one chosen so far: by its flag, then by its day."""
    if chosen < 0:
        return True
    return bool(first[row] if first[row] != first[chosen] else _later(when, row, chosen))


def gather(said: Said, no_day: int) -> Alias:
    """Return what each row becomes; all are kept until `keep_different` is asked."""
    if len(said.begins) == len(said.when) + 1:
        return _alone(said)
    return _gathered(said, no_day)


def _alone(said: Said) -> Alias:
    """Return what rows become where no person has two: nothing but what each says."""
    rows = np.arange(len(said.when), dtype=np.int32)
    return Alias(
        naming=np.where(said.names_it, rows, np.int32(_NOT_SAID)),
        homing=np.where((said.postcode >= 0) | (said.street >= 0), rows, np.int32(_NOT_SAID)),
        born=said.born,
        sex=said.sex,
        nhs=said.nhs,
        verified=said.verified & (said.nhs >= 0),
        upn=said.upn,
        kept=np.ones(len(rows), np.bool_),
    )


@compiled
def _gathered(said: Said, no_day: int) -> Alias:
    count = len(said.when)
    found = Alias(
        np.full(count, _NOT_SAID, np.int32),
        np.full(count, _NOT_SAID, np.int32),
        said.born.copy(),
        said.sex.copy(),
        np.full(count, _NOT_SAID, np.int32),
        np.zeros(count, np.bool_),
        np.full(count, _NOT_SAID, np.int32),
        np.ones(count, np.bool_),
    )
    every, has_postcode = np.ones(count, np.bool_), said.postcode >= 0
    for person in range(len(said.begins) - 1):
        begin, end = said.begins[person], said.begins[person + 1]
        naming = homing = nhs = upn = born = sex = -1
        for row in range(begin, end):
            if said.names_it[row] and _better(naming, row, every, said.when):
                naming = row
            if (has_postcode[row] or said.street[row] >= 0) and _better(homing, row, has_postcode, said.when):
                homing = row
            if said.nhs[row] >= 0 and _better(nhs, row, said.verified, said.when):
                nhs = row
            if said.upn[row] >= 0 and _better(upn, row, said.permanent, said.when):
                upn = row
            if said.born[row] != no_day and _better(born, row, every, said.when):
                born = row
            if said.sex[row] >= 0 and _better(sex, row, every, said.when):
                sex = row
        _fill(said, found, (begin, end, no_day), (naming, homing, nhs, upn, born, sex))
    return found


@compiled
def _fill(said: Said, found: Alias, rows: tuple[int, int, int], chosen: tuple[int, int, int, int, int, int]) -> None:
    """Give each row of a person what its own words leave out."""
    begin, end, no_day = rows
    naming, homing, nhs, upn, born, sex = chosen
    verified = False
    for row in range(begin, end):
        verified = verified or (nhs >= 0 and said.verified[row] and said.nhs[row] == said.nhs[nhs])
    for row in range(begin, end):
        found.naming[row] = row if said.names_it[row] else naming
        found.homing[row] = row if said.postcode[row] >= 0 or said.street[row] >= 0 else homing
        if said.born[row] == no_day and born >= 0:
            found.born[row] = said.born[born]
        if said.sex[row] < 0 and sex >= 0:
            found.sex[row] = said.sex[sex]
        if nhs >= 0:
            found.nhs[row], found.verified[row] = said.nhs[nhs], verified
        if upn >= 0:
            found.upn[row] = said.upn[upn]


class Compared(NamedTuple):
    """What two names must have alike to be one: what rows are called, their family names, and their lists of words.

    Shapes: by row; `spans` and `items` as `naming.list_words` gives them for all rows.
    """

    called: Called
    whole: Codes
    sound: Codes
    title: NDArray[np.int8]
    spans: Codes
    items: Codes


@compiled
def keep_different(said: Said, alias: Alias, names: Compared) -> None:
    """Drop each row that says what an earlier one of its person says."""
    for person in range(len(said.begins) - 1):
        begin, end = said.begins[person], said.begins[person + 1]
        for row in range(begin + 1, end):
            for before in range(begin, row):
                if alias.kept[before] and _same(said, alias, names, before, row):
                    alias.kept[row] = False
                    break


@compiled
def _same(said: Said, alias: Alias, names: Compared, one: int, two: int) -> bool:
    if alias.born[one] != alias.born[two] or alias.sex[one] != alias.sex[two]:
        return False
    left, right = alias.homing[one], alias.homing[two]
    if left != right and (said.postcode[left] != said.postcode[right] or said.street[left] != said.street[right]):
        return False
    left, right = alias.naming[one], alias.naming[two]
    if left == right:
        return True
    called = names.called
    if called.given[left] != called.given[right] or called.canonical[left] != called.canonical[right]:
        return False
    if called.middle[left] != called.middle[right] or called.key[left] != called.key[right]:
        return False
    if names.whole[left] != names.whole[right] or names.sound[left] != names.sound[right]:
        return False
    return bool(names.title[left] == names.title[right]) and _same_lists(names, left, right)


@compiled
def _same_lists(names: Compared, left: int, right: int) -> bool:
    """Return whether all lists of two rows hold the same words, in any order."""
    for which in range(names.spans.shape[1] - 1):
        begin, end = names.spans[left, which], names.spans[left, which + 1]
        other, other_end = names.spans[right, which], names.spans[right, which + 1]
        if end - begin != other_end - other:
            return False
        for at in range(begin, end):
            found = False
            for place in range(other, other_end):
                found = found or names.items[at] == names.items[place]
            if not found:
                return False
    return True
