"""Answering: whether a condition holds of two aliases, compiled; nothing said makes a condition not hold, as in SQL.

Belongs here: one compiled function for each kind of condition. Not here: their texts (conditions), their worth (weights).

In SQL a condition on something not said is neither true nor false, and a level whose condition is not true is passed
over. Only `not` tells the two apart, so each `not` below asks that its flag was said.
"""

from joinedup.processes.childindex.linkage.compiling import compiled
from joinedup.processes.childindex.linkage.scoring import conditions
from joinedup.processes.childindex.linkage.scoring.columns import FLAG_AT, LIST_AT, TEXT_AT, Columns
from joinedup.processes.childindex.linkage.scoring.letters import is_one_slip, jaro_winkler

_GIVEN, _CANONICAL = TEXT_AT["given"], TEXT_AT["given_canonical"]
_SOUND, _INITIAL = TEXT_AT["given_sound"], TEXT_AT["given_initial"]
_FAMILY, _FAMILY_SOUND = TEXT_AT["family"], TEXT_AT["family_sound"]
_DOB, _POSTCODE, _STREET = TEXT_AT["dob"], TEXT_AT["postcode"], TEXT_AT["street"]
_ALL, _SWAPS, _FAMILY_SWAPS = LIST_AT["given_all"], LIST_AT["given_swaps"], LIST_AT["family_swaps"]
_KNOWN, _SHARED = FLAG_AT["given_known"], FLAG_AT["given_shared"]

_GIVEN_ALIKE, _FAMILY_ALIKE = 0.88, 0.9
_LEAST_SOUND, _LEAST_TYPO = 2, 3
_YEAR = 4
_JANUARY = tuple(b"01-01")

_ELSE, _MISSING, _SAME, _SAME_START = conditions.ELSE, conditions.MISSING, conditions.SAME, conditions.SAME_START
_ONE_SLIP, _SHARE_A_WORD, _EITHER = conditions.ONE_SLIP, conditions.SHARE_A_WORD, conditions.EITHER
_SWAPPED, _FURTHER, _SHARED_NAME = conditions.SWAPPED, conditions.FURTHER, conditions.SHARED
_INITIAL_ONLY, _TYPO, _ALIKE, _TWO_NAMES = conditions.INITIAL, conditions.TYPO, conditions.ALIKE, conditions.TWO_NAMES
_FAMILY_MISSING, _FAMILY_LIKE = conditions.FAMILY_MISSING, conditions.FAMILY_ALIKE
_NEAR_DAYS, _FIRST_OF_JANUARY = conditions.NEAR_DAYS, conditions.FIRST_OF_JANUARY
_HOME_MISSING, _HOME_SAME, _HOME_TYPO = conditions.HOME_MISSING, conditions.HOME_SAME, conditions.HOME_TYPO


@compiled
def holds(kind: int, column: int, number: int, table: Columns, one: int, two: int) -> bool:
    """Return whether a condition is true of two aliases."""
    if kind == _ELSE:
        return True
    if kind < _SWAPPED:
        return _holds_of_any(kind, column, number, table, one, two)
    if kind < _FAMILY_MISSING:
        return _holds_of_given(kind, table, one, two)
    if kind == _FAMILY_MISSING:
        unsaid = table.codes[one, _FAMILY] < 0 or table.codes[two, _FAMILY] < 0
        return unsaid or _swapped(table, one, two)
    if kind == _FAMILY_LIKE:
        return _alike(table, _FAMILY, _FAMILY_SOUND, _FAMILY_ALIKE, one, two)
    return _holds_of_days_and_homes(kind, table, one, two)


@compiled
def _holds_of_any(kind: int, column: int, number: int, table: Columns, one: int, two: int) -> bool:
    if kind == _SHARE_A_WORD:
        return _share(table, column, one, column, two)
    if kind == _EITHER:
        return bool(table.flags[one, column] == 1 or table.flags[two, column] == 1)
    left, right = table.codes[one, column], table.codes[two, column]
    if kind == _MISSING:
        return bool(left < 0 or right < 0)
    if left < 0 or right < 0:
        return False
    if kind == _SAME:
        return bool(left == right)
    if kind == _SAME_START:
        return _same_start(table, left, right, number)
    return _one_slip(table, left, right, number)


@compiled
def _holds_of_given(kind: int, table: Columns, one: int, two: int) -> bool:
    if kind == _SWAPPED:
        return _swapped(table, one, two)
    if kind == _FURTHER:
        return (table.flags[two, _SHARED] == 0 and _contains(table, one, two)) or (
            table.flags[one, _SHARED] == 0 and _contains(table, two, one)
        )
    if kind == _SHARED_NAME:
        return _contains(table, one, two) or _contains(table, two, one)
    left, right = table.codes[one, _GIVEN], table.codes[two, _GIVEN]
    if left < 0 or right < 0:
        return False
    same_initial = table.codes[one, _INITIAL] == table.codes[two, _INITIAL]
    if kind == _INITIAL_ONLY:
        return bool(same_initial and min(_length(table, left), _length(table, right)) == 1)
    doubtful = table.flags[one, _KNOWN] == 0 or table.flags[two, _KNOWN] == 0
    if kind == _TYPO:
        return (same_initial or doubtful) and _one_slip(table, left, right, _LEAST_TYPO)
    alike = (doubtful or kind == _TWO_NAMES) and _alike(table, _GIVEN, _SOUND, _GIVEN_ALIKE, one, two)
    return alike or (kind == _TWO_NAMES and _one_slip(table, left, right, _LEAST_TYPO))


@compiled
def _holds_of_days_and_homes(kind: int, table: Columns, one: int, two: int) -> bool:
    if kind == _NEAR_DAYS:
        left, right = table.codes[one, _DOB], table.codes[two, _DOB]
        if left < 0 or right < 0:
            return False
        return abs(table.days[one] - table.days[two]) == 1 or _one_slip(table, left, right, 0)
    if kind == _FIRST_OF_JANUARY:
        left, right = table.codes[one, _DOB], table.codes[two, _DOB]
        if left < 0 or right < 0 or not _same_start(table, left, right, _YEAR):
            return False
        return _is_first_of_january(table, left) or _is_first_of_january(table, right)
    streets = (table.codes[one, _STREET], table.codes[two, _STREET])
    postcodes = (table.codes[one, _POSTCODE], table.codes[two, _POSTCODE])
    one_street = streets[0] >= 0 and streets[0] == streets[1]
    unsaid = postcodes[0] < 0 or postcodes[1] < 0
    if kind == _HOME_MISSING:
        return bool(unsaid and not one_street)
    if kind == _HOME_SAME:
        return bool(one_street and (unsaid or postcodes[0] == postcodes[1]))
    return one_street or (not unsaid and _one_slip(table, postcodes[0], postcodes[1], 0))


@compiled
def _length(table: Columns, code: int) -> int:
    return int(table.begins[code + 1] - table.begins[code])


@compiled
def _same_start(table: Columns, left: int, right: int, letters: int) -> bool:
    length, other = _length(table, left), _length(table, right)
    if min(length, letters) != min(other, letters):
        return False
    for at in range(min(length, letters)):
        if table.letters[table.begins[left] + at] != table.letters[table.begins[right] + at]:
            return False
    return True


@compiled
def _is_first_of_january(table: Columns, code: int) -> bool:
    end = table.begins[code + 1]
    alike = 0
    for at in range(min(_length(table, code), len(_JANUARY))):
        alike += table.letters[end - 1 - at] == _JANUARY[len(_JANUARY) - 1 - at]
    return alike == len(_JANUARY)


@compiled
def _one_slip(table: Columns, left: int, right: int, least: int) -> bool:
    if min(_length(table, left), _length(table, right)) < least:
        return False
    begins = table.begins
    return left == right or is_one_slip(table.letters, begins[left], begins[left + 1], begins[right], begins[right + 1])


@compiled
def _alike(table: Columns, column: int, sound: int, least: float, one: int, two: int) -> bool:
    """Return whether two names look or sound alike."""
    heard, other = table.codes[one, sound], table.codes[two, sound]
    if heard >= 0 and heard == other and _length(table, heard) >= _LEAST_SOUND:
        return True
    left, right = table.codes[one, column], table.codes[two, column]
    if left < 0 or right < 0:
        return False
    begins = table.begins
    likeness = jaro_winkler(table.letters, begins[left], begins[left + 1], begins[right], begins[right + 1])
    return likeness >= least


@compiled
def _swapped(table: Columns, one: int, two: int) -> bool:
    """Return whether given and family names stand in each other's place."""
    left, right = table.codes[one, _CANONICAL], table.codes[two, _CANONICAL]
    if left < 0 or right < 0 or left == right:
        return False
    return _share(table, _SWAPS, one, _FAMILY_SWAPS, two) and _share(table, _SWAPS, two, _FAMILY_SWAPS, one)


@compiled
def _share(table: Columns, first: int, one: int, second: int, two: int) -> bool:
    """Return whether a list of one alias and a list of another have a word in common."""
    for at in range(table.spans[one, first], table.spans[one, first + 1]):
        for other in range(table.spans[two, second], table.spans[two, second + 1]):
            if table.items[at] == table.items[other]:
                return True
    return False


@compiled
def _contains(table: Columns, one: int, two: int) -> bool:
    """Return whether what one alias is called is among all given names of another."""
    sought = table.codes[two, _CANONICAL]
    if sought < 0:
        return False
    found = False
    for at in range(table.spans[one, _ALL], table.spans[one, _ALL + 1]):
        found = found or table.items[at] == sought
    return found
