"""Match keys: by what a new record meets the known ones, as one number each; and the form in which an alias is kept.

Belongs here: the keys of an alias, and its columns as text. Not here: keeping them (childindex operations).

The keys are the blocking rules of the model, so that what meets here is what a link run would compare. A key is a
fingerprint of 60 bits and, in the last four bits, the number of its rule.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from joinedup.processes.childindex.linkage import model

Alias = Mapping[str, Any]

_EQUAL = re.compile(r"l\.(\w+) = r\.\1")
#: The columns that must agree, rule by rule in the order of the model; the place of a rule is its number.
RULES = tuple(tuple(_EQUAL.findall(rule)) for rule in model.BLOCKING)
_HOME = frozenset({"postcode", "street", "sector"})
#: The rules that say where someone lives.
HOME_RULES = tuple(number for number, columns in enumerate(RULES) if _HOME.intersection(columns))
_NUMBERS = {"nhs": "former_nhs", "upn": "former_upn"}
#: By the place of each rule that asks for a number alone, where the numbers that it replaced stand.
_FORMER = {RULES.index((column,)): former for column, former in _NUMBERS.items()}
_RULE_BITS = 4
_SIGN = 1 << 63

#: What is kept of an alias, in order. What tells where the child lives is kept apart, so that it can be held back.
SAID = (
    "given", "given_canonical", "given_names", "given_all", "middle", "given_swaps", "family_swaps", "family",
    "family_title", "family_sound", "family_parts", "name_key", "birth_date", "sex", "nhs", "nhs_verified", "upn",
    "upn_temporary", "given_known", "given_shared", "given_sound", "given_initial", "given_start", "family_start",
    "birth_year", "birth_month", "dob_key", "former_nhs", "former_upn",
)  # fmt: skip
HOME = ("postcode", "street", "sector", "district")
_BIRTH = SAID.index("birth_date")
_written = json.JSONEncoder(separators=(",", ":")).encode
_NOWHERE: dict[str, str | None] = dict.fromkeys(HOME)
#: For each rule, how many records of one key are looked at; beyond it the key says next to nothing.
MOST_OF_ONE_KEY = 300


def keys_of(alias: Alias) -> list[int]:
    """Return the keys of a standardised alias, in ascending order.

    Shapes: at most one for each rule, and one for each number that was replaced; signed numbers of 64 bits.
    """
    found = []
    for number, columns in enumerate(RULES):
        values = [alias[column] for column in columns]
        if None not in values:
            found.append(_key(number, "|".join(values)))
    for number, former in _FORMER.items():
        found += [_key(number, replaced) for replaced in alias.get(former) or ()]
    return sorted(set(found))


def _key(number: int, said: str) -> int:
    digest = hashlib.blake2b(f"{number}|{said}".encode(), digest_size=8).digest()
    return ((int.from_bytes(digest) >> _RULE_BITS << _RULE_BITS) | number) - _SIGN


def pack(alias: Alias) -> tuple[str, str]:
    """Return an alias as text: what is said of the person, and where they live (empty where nobody says)."""
    said = [alias.get(column) for column in SAID]
    born = said[_BIRTH]
    said[_BIRTH] = None if born is None else born.isoformat()
    home = [alias[column] for column in HOME]
    lives = _written(home) if any(home) else ""
    return _written(said), lives


def unpack(said: str, home: str | None, *, person: Any, record: Any) -> dict[str, Any]:
    """Return the alias that `pack` wrote, of this person record."""
    alias: dict[str, Any] = dict(zip(SAID, json.loads(said), strict=True))
    born = alias["birth_date"]
    alias["dob"] = born
    alias["birth_date"] = None if born is None else datetime.date.fromisoformat(born)
    alias.update(zip(HOME, json.loads(home), strict=True) if home else _NOWHERE)
    alias["person_record_id"], alias["record_id"] = person, record
    return alias


def one_number(mine: Iterable[Alias], theirs: Iterable[dict[str, Any]]) -> None:
    """Let numbers of which one is said to have replaced the other be one number, in the others' aliases."""
    for column, former in _NUMBERS.items():
        own = [alias for alias in mine if alias[column] is not None]
        for other in theirs:
            for alias in own:
                was, is_now = alias.get(former) or (), other.get(former) or ()
                if other[column] is not None and (other[column] in was or alias[column] in is_now):
                    other[column] = alias[column]
