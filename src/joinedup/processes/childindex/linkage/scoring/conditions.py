"""Conditions: what a model in Splink's form asks of two aliases, by the text in which it asks.

Belongs here: which texts are known, and the number under which compiled code knows each. Not here: answering (answering).

A saved model chooses by its own words: a text that stands here is answered by compiled code exactly as DuckDB would
answer it, one that does not is refused by name. Nothing is taken for something like it.
"""

import re
from typing import NamedTuple

from joinedup.processes.childindex.linkage.scoring.columns import FLAG_AT, LIST_AT, TEXT_AT

ELSE = 0
MISSING = 1
SAME = 2
SAME_START = 3
ONE_SLIP = 4
SHARE_A_WORD = 5
EITHER = 6
SWAPPED = 10
FURTHER = 11
SHARED = 12
INITIAL = 13
TYPO = 14
ALIKE = 15
TWO_NAMES = 16
CROSSED = 17
FAMILY_MISSING = 20
FAMILY_ALIKE = 21
NEAR_DAYS = 30
FIRST_OF_JANUARY = 31
HOME_MISSING = 40
HOME_SAME = 41
HOME_TYPO = 42


class UnknownCondition(Exception):
    """A model asks something that the compiled scorer cannot answer; the message names it."""


class Condition(NamedTuple):
    """A condition as compiled code knows it: what is asked, of which column, and with which number."""

    kind: int
    column: int = 0
    number: int = 0


_SLIP = r"\(levenshtein\((\w+)_l, \1_r\) <= 2 and damerau_levenshtein\(\1_l, \1_r\) <= 1\)"
#: A key of a name is a number without letters.
_WORDS = {name: place for name, place in TEXT_AT.items() if name != "name_key"}
#: Conditions that may be asked of any column.
_OF_ANY = (
    (re.compile(r"(\w+)_l is null or \1_r is null"), MISSING, TEXT_AT),
    (re.compile(r"(\w+)_l = \1_r"), SAME, TEXT_AT),
    (re.compile(r"left\((\w+)_l, (\d+)\) = left\(\1_r, \2\)"), SAME_START, _WORDS),
    (re.compile(_SLIP), ONE_SLIP, _WORDS),
    (re.compile(_SLIP + r" and least\(length\(\1_l\), length\(\1_r\)\) >= (\d+)"), ONE_SLIP, _WORDS),
    (re.compile(r"list_has_any\((\w+)_l, \1_r\)"), SHARE_A_WORD, LIST_AT),
    (re.compile(r"(\w+)_l or \1_r"), EITHER, FLAG_AT),
)

_SWAPPED = (
    "(given_canonical_l <> given_canonical_r"
    " and list_has_any(given_swaps_l, family_swaps_r) and list_has_any(given_swaps_r, family_swaps_l))"
)
_GIVEN_TYPO = (
    "((levenshtein(given_l, given_r) <= 2 and damerau_levenshtein(given_l, given_r) <= 1)"
    " and least(length(given_l), length(given_r)) >= 3)"
)
_GIVEN_ALIKE = (
    "(jaro_winkler_similarity(given_l, given_r) >= 0.88"
    " or (given_sound_l = given_sound_r and length(given_sound_l) >= 2))"
)
_POSTCODE_SLIP = "(levenshtein(postcode_l, postcode_r) <= 2 and damerau_levenshtein(postcode_l, postcode_r) <= 1)"
_DOB_SLIP = "(levenshtein(dob_l, dob_r) <= 2 and damerau_levenshtein(dob_l, dob_r) <= 1)"
#: Conditions of one field each, word for word.
_OF_ONE = {
    "ELSE": ELSE,
    _SWAPPED: SWAPPED,
    "((list_contains(given_all_l, given_canonical_r) and not given_shared_r)"
    " or (list_contains(given_all_r, given_canonical_l) and not given_shared_l))": FURTHER,
    "(list_contains(given_all_l, given_canonical_r) or list_contains(given_all_r, given_canonical_l))": SHARED,
    "given_initial_l = given_initial_r and least(length(given_l), length(given_r)) = 1": INITIAL,
    f"{_GIVEN_TYPO} and (given_initial_l = given_initial_r or not (given_known_l and given_known_r))": TYPO,
    f"{_GIVEN_ALIKE} and not (given_known_l and given_known_r)": ALIKE,
    "(list_has_any(given_swaps_l, family_swaps_r) or list_has_any(given_swaps_r, family_swaps_l))": CROSSED,
    f"({_GIVEN_TYPO} or {_GIVEN_ALIKE})": TWO_NAMES,
    f"family_l is null or family_r is null or coalesce({_SWAPPED}, false)": FAMILY_MISSING,
    "jaro_winkler_similarity(family_l, family_r) >= 0.9"
    " or (family_sound_l = family_sound_r and length(family_sound_l) >= 2)": FAMILY_ALIKE,
    f"{_DOB_SLIP} or abs(date_diff('day', birth_date_l, birth_date_r)) = 1": NEAR_DAYS,
    "left(dob_l, 4) = left(dob_r, 4) and (right(dob_l, 5) = '01-01' or right(dob_r, 5) = '01-01')": FIRST_OF_JANUARY,
    "(postcode_l is null or postcode_r is null) and coalesce(street_l <> street_r, true)": HOME_MISSING,
    "street_l = street_r and coalesce(postcode_l = postcode_r, true)": HOME_SAME,
    f"street_l = street_r or {_POSTCODE_SLIP}": HOME_TYPO,
}


def read(text: str) -> Condition:
    """Return the condition that a model's text asks for.

    Errors: UnknownCondition.
    """
    if (kind := _OF_ONE.get(text)) is not None:
        return Condition(kind)
    for form, kind, columns in _OF_ANY:
        found = form.fullmatch(text)
        if found and found[1] in columns:
            number = int(found[found.re.groups]) if found.re.groups > 1 else 0
            return Condition(kind, columns[found[1]], number)
    raise UnknownCondition(f"The model asks what this program cannot answer: {text}")
