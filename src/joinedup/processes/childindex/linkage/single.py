"""One person's records brought to the form that the model compares, as they arrive, without a table of all others.

Belongs here: the rows of one person to their aliases. Not here: a whole file (aliases), what only all records
together teach (lore). A test holds the two ways to one form equal.
"""

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import wording
from joinedup.processes.childindex.linkage.lore import NOTHING, Lore

Row = Mapping[str, Any]
#: A standardised alias: the columns of `aliases.standardise` without `alias_id`, and what lore adds left out.
Alias = dict[str, Any]

_SHARED_FORENAMES = frozenset(wording.SHARED_FORENAMES)
_EARLIEST = datetime.date.min
#: What one alias must differ in from another of the same person.
_NAMED = (
    "given", "given_canonical", "given_names", "given_all", "middle", "given_swaps", "family_swaps", "family",
    "family_title", "family_sound", "family_parts", "name_key",
)  # fmt: skip


def standardise(rows: Sequence[Row], lore: Lore = NOTHING) -> list[Alias]:
    """Return the different aliases of one person from all rows that say who it is, in the order of records.

    Shapes: rows have the columns of `records.SCHEMA`, absent ones count as not said; at most one alias for each row.
    Of the lore only the replaced numbers are used; names that only all records teach are left out, so that an alias may be
    kept while the lore changes: see `lore.Lore.applied`.
    """
    said = sorted((_Said(row, lore) for row in rows), key=lambda each: each.age)
    naming = _last(said, lambda each: each.names_it)
    homing = _last(sorted(said, key=lambda each: (each.postcode is not None, each.age)), lambda each: each.homes_it)
    whole = {
        "nhs": _last_value(sorted(said, key=lambda each: (each.verified, each.age)), "nhs"),
        "upn": _last_value(sorted(said, key=lambda each: (not _is_temporary(each.upn), each.age)), "upn"),
        "birth_date": _last_value(said, "birth_date"),
        "sex": _last_value(said, "sex"),
    }
    whole["nhs_verified"] = any(each.verified and each.nhs == whole["nhs"] for each in said if each.nhs)
    different: dict[tuple[Any, ...], Alias] = {}
    for own in sorted(said, key=lambda each: each.record_id):
        alias = _alias(own, own if own.names_it else naming, own if own.homes_it else homing, whole)
        different.setdefault(_fingerprint(alias), alias)
    return list(different.values())


class _Said:
    """One row: the words in it, each in its forms."""

    def __init__(self, row: Row, lore: Lore) -> None:
        self.record_id = row["record_id"]
        self.person_record_id = row["person_record_id"]
        self.age = (row.get("said_date") or _EARLIEST, self.record_id)
        self.birth_date: datetime.date | None = row.get("birth_date")
        self.names = tuple(row.get(name) or "" for name in _NAMES)
        given, _middle, _preferred, family, _former = self.names
        self.names_it = bool(_formed(given, wording.forenames) or _formed(family, wording.name_words))
        self.sex = _formed(row.get("sex"), wording.sex)
        self.postcode = _formed(row.get("postcode"), text.postcode)
        self.street = _formed(row.get("address"), wording.street)
        self.homes_it = self.postcode is not None or self.street is not None
        nhs, upn = row.get("nhs_number") or None, row.get("upn") or None
        self.nhs: str | None = lore.same_nhs.get(nhs, nhs) if nhs else None
        self.verified = bool(row.get("nhs_number_verified"))
        self.upn: str | None = lore.same_upn.get(upn, upn) if upn else None


_NAMES = ("given_name", "middle_names", "preferred_name", "family_name", "former_family_name")


def _formed(written: str | None, form: Callable[[str], Any]) -> Any:
    return (form(written) or None) if written else None


def _last(said: Sequence[_Said], wanted: Callable[[_Said], bool]) -> _Said | None:
    return next((each for each in reversed(said) if wanted(each)), None)


def _last_value(said: Sequence[_Said], name: str) -> Any:
    found = _last(said, lambda each: getattr(each, name) is not None)
    return getattr(found, name) if found else None


def _is_temporary(upn: str | None) -> bool:
    return upn is not None and upn[-1:].isascii() and upn[-1:].isupper()


def _alias(own: _Said, naming: _Said | None, homing: _Said | None, whole: Mapping[str, Any]) -> Alias:
    names = names_of(*naming.names) if naming else dict.fromkeys(_NAMED)
    birth_date = own.birth_date or whole["birth_date"]
    return {
        "record_id": own.record_id,
        "person_record_id": own.person_record_id,
        **names,
        "birth_date": birth_date,
        "sex": own.sex or whole["sex"],
        "postcode": homing.postcode if homing else None,
        "street": homing.street if homing else None,
        "nhs": whole["nhs"],
        "nhs_verified": whole["nhs_verified"],
        "upn": whole["upn"],
        "upn_temporary": None if whole["upn"] is None else _is_temporary(whole["upn"]),
        **_derived(names),
        **_days(birth_date),
        **_places(homing.postcode if homing else None),
    }


@functools.lru_cache(maxsize=65_536)
def names_of(given: str, middle: str, preferred: str, family: str, former: str) -> Mapping[str, Any]:
    """Return what is compared of the names in one row.

    Shapes: written names in, empty where not said; the columns of `aliases.standardise` out.
    """
    given_words, given_forms = wording.forenames(given), wording.canonical_forenames(given)
    forenames, forms = given_words + wording.forenames(middle), given_forms + wording.canonical_forenames(middle)
    # Mohammed Hassan is called Hassan: his brother is Mohammed Hussain.
    called = 1 if len(forms) > 1 and forms[0] in _SHARED_FORENAMES else 0
    first, canonical = (forenames[called], forms[called]) if forenames else (None, None)
    known_as = [*wording.forenames(preferred)[:1], *wording.canonical_forenames(preferred)[:1]]
    family_words = wording.name_words(family)
    return {
        "given": first,
        "given_canonical": canonical,
        "given_names": _each_once([first, canonical, *known_as]),
        "given_all": _each_once([*forms, *wording.canonical_forenames(preferred)]),
        # A family name that is said again among the given names (Singh, Kaur) tells nothing new.
        "middle": next((name for name in forenames[called + 1 :] if name not in family_words), None),
        "given_swaps": _each_once([canonical, "".join(given_words)]),
        "family_swaps": _each_once([*wording.canonical_forenames(family), "".join(family_words)]),
        "family": " ".join(family_words) or None,
        "family_title": wording.is_title(family),
        "family_sound": wording.sound_of_all(family) or None,
        "family_parts": _each_once([*wording.telling_words(family), *wording.telling_words(former)]),
        # The first word alone: Zhi-Wei Lee is Lee Zhi-Wei, although two words stand where one stood.
        "name_key": " ".join(sorted({*filter(None, [canonical]), *map(text.canonical_given_name, family_words[:1])}))
        or None,
    }


def _each_once(words: Sequence[str | None]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(word for word in words if word)) or None


def _derived(names: Mapping[str, Any]) -> Alias:
    given, canonical, family = names["given"], names["given_canonical"], names["family"]
    return {
        "given_known": given is not None and bool(text.spelling_variants(given)),
        "given_shared": None if canonical is None else canonical in _SHARED_FORENAMES,
        "given_sound": given and (text.sound(given) or None),
        "given_initial": given and given[:1],
        "given_start": canonical and canonical[:2],
        "family_start": family and family[:3],
    }


def _days(birth_date: datetime.date | None) -> Alias:
    if birth_date is None:
        return dict.fromkeys(("birth_year", "birth_month", "dob", "dob_key"))
    written = birth_date.isoformat()
    low, high = sorted((birth_date.month, birth_date.day))
    return {
        "birth_year": written[:4],
        "birth_month": written[:7],
        "dob": written,
        "dob_key": f"{written[:4]}-{low}-{high}",
    }


def _places(postcode: str | None) -> Alias:
    return {"sector": postcode and text.postcode_sector(postcode), "district": postcode and postcode.split(" ")[0]}


def _fingerprint(alias: Alias) -> tuple[Any, ...]:
    return tuple(
        frozenset(value) if isinstance(value, tuple) else value for name, value in alias.items() if name != "record_id"
    )
