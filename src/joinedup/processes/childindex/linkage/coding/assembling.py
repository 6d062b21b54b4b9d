"""Assembling: what was found of names, homes, numbers and people, as the table that pairs are found and weighed on.

Belongs here: the columns, in order; what all aliases teach. Not here: the finding (making and the modules below it).
"""

import dataclasses
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.foundation import text
from joinedup.processes.childindex.linkage.coding import knowing, naming, people
from joinedup.processes.childindex.linkage.coding.homes import Homes
from joinedup.processes.childindex.linkage.coding.numbering import Numbers
from joinedup.processes.childindex.linkage.coding.phrases import NOT_SAID, Codes, Dictionary, picked
from joinedup.processes.childindex.linkage.scoring import columns, tables
from joinedup.processes.childindex.linkage.scoring.columns import NO_DAY

_FIRST_DAY = np.datetime64("1970-01-01", "D")
Fields = dict[str, NDArray[Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What was found, by row; `kept` are the rows that become aliases."""

    names: naming.Names
    homes: Homes
    nhs: Numbers
    upn: Numbers
    said: people.Said
    alias: people.Alias
    called: naming.Called
    kept: Codes


def assemble(records: pa.Table, words: Dictionary, found: Found) -> tables.Coded:
    """Return the table of a run.

    Shapes: `records` in the order of person and record.
    """
    kept, alias = found.kept, found.alias
    named = alias.naming[kept]
    born, nhs, upn = alias.born[kept], alias.nhs[kept], alias.upn[kept]
    fields = _names(words, found, named) | _days(words, born) | _homes(found, alias.homing[kept])
    fields["sex"] = alias.sex[kept]
    lengths = np.array([len(word) for word in words.codes], np.int32)
    given, canonical = fields["given"], fields["given_canonical"]
    known = knowing.known_names(given, born, lengths, people=len(found.said.begins) - 1, no_day=NO_DAY)
    # A number of either kind: pupil numbers are counted on from NHS numbers.
    number = np.where(nhs >= 0, nhs, np.where(upn >= 0, upn + len(found.nhs.different), NOT_SAID))
    variants = knowing.variants(number, born, canonical, lengths, no_day=NO_DAY)
    most = naming.room(found.names, named, variants, found.called.canonical)
    spans, items = naming.list_words(found.names, found.called, named, variants, most)
    fields["nhs"] = np.where(nhs >= 0, nhs + len(lengths), NOT_SAID).astype(np.int32)
    fields["upn"] = np.where(upn >= 0, upn + len(lengths) + len(found.nhs.different), NOT_SAID).astype(np.int32)
    spelled = pa.concat_arrays([pa.array(list(words.codes), pa.string()), found.nhs.different, found.upn.different])
    begins, letters = tables.written(spelled)
    fields |= _flags(words, found, named, known)
    fields["upn_temporary"] = picked(found.upn.temporary.astype(np.int8), upn)
    person = records.column("person_record_id").to_numpy()[kept]
    return tables.Coded(
        columns=columns.Columns(
            cells=_side_by_side(fields, born, spans),
            items=items,
            begins=begins,
            letters=letters,
        ),
        verified=alias.verified[kept],
        person=person,
        record=records.column("record_id").to_numpy()[kept],
        person_at=np.cumsum(np.diff(person, prepend=person[:1]) != 0, dtype=np.int32),
        known=known,
        variants=(variants.begins, variants.words),
    )


def _side_by_side(fields: Fields, born: Codes, spans: Codes) -> Codes:
    """Return the cells of `columns.Columns`; each field is let go as soon as it stands there."""
    names = (*columns.TEXTS, *columns.FLAGS)
    cells = np.empty((len(born), len(names) + 1 + spans.shape[1]), np.int32)
    for place, name in enumerate(names):
        cells[:, place] = fields.pop(name)
    cells[:, len(names)] = born
    cells[:, len(names) + 1 :] = spans
    return cells


def _names(words: Dictionary, found: Found, named: Codes) -> Fields:
    """Return what is compared of names; words that names sound and begin like are added to the dictionary."""
    given, canonical, middle = (picked(each, named) for each in found.called[:3])
    family = picked(found.names.family, named)
    families = found.names.families
    spelled = list(words.codes)
    return {
        "given": given,
        "given_canonical": canonical,
        "given_sound": _of_words(words, given, lambda word: text.sound(spelled[word])),
        "given_initial": _of_words(words, given, lambda word: spelled[word][:1]),
        "given_start": _of_words(words, canonical, lambda word: spelled[word][:2]),
        "middle": middle,
        "family": picked(families.whole, family),
        "family_sound": picked(families.sound, family),
        "family_start": picked(families.start, family),
        "name_key": _numbered(picked(found.called.key, named, unsaid=0)),
    }


def _of_words(words: Dictionary, codes: Codes, form: Any) -> Codes:
    """Return what a form makes of each word, found once for each different word."""
    asked = np.zeros(len(words.codes), np.bool_)
    asked[codes[codes >= 0]] = True
    different = np.flatnonzero(asked)
    formed = np.full(len(asked), NOT_SAID, np.int32)
    formed[different] = words.each([form(word) for word in different.tolist()])
    return picked(formed, codes)


def _numbered(keys: NDArray[np.uint64]) -> Codes:
    """Return equal numbers for equal keys; -1 for 0."""
    _different, places = np.unique(keys, return_inverse=True)
    return np.where(keys == 0, NOT_SAID, places).astype(np.int32)


def _days(words: Dictionary, born: Codes) -> Fields:
    """Return what is compared of birth dates; a date is written once for all that have it."""
    encoded = pc.dictionary_encode(pa.array(born, mask=born == NO_DAY))
    places = encoded.indices.fill_null(NOT_SAID).to_numpy()
    written = np.datetime_as_string(_FIRST_DAY + encoded.dictionary.to_numpy().astype("timedelta64[D]")).tolist()
    return {
        name: picked(words.each([form(day) for day in written]), places)
        for name, form in (("dob", str), ("dob_key", _either_way), ("birth_year", _year), ("birth_month", _month))
    }


def _either_way(day: str) -> str:
    month, of_month = day[-5:-3], day[-2:]
    low, high = (month, of_month) if month < of_month else (of_month, month)
    return f"{day[:-6]}-{low.lstrip('0')}-{high.lstrip('0')}"


def _year(day: str) -> str:
    return day[:-6]


def _month(day: str) -> str:
    return day[:-3]


def _homes(found: Found, homing: Codes) -> Fields:
    homes = found.homes
    return {
        name: picked(getattr(homes, name), homing) for name in ("postcode", "sector", "district", "street")
    }  # fmt: skip


def _flags(words: Dictionary, found: Found, named: Codes, known: NDArray[np.bool_]) -> Fields:
    given, canonical = (picked(each, named) for each in found.called[:2])
    listed = np.zeros(len(known), np.int8)
    spelled = list(words.codes)
    for word in np.unique(given[given >= 0]).tolist():
        listed[word] = bool(text.spelling_variants(spelled[word]))
    shared = found.names.shared.astype(np.int8)
    title = picked(found.names.families.title, picked(found.names.family, named))
    return {
        "given_known": np.maximum(picked(listed | known, given), 0),
        "given_shared": picked(shared, canonical),
        # A row that gives a name and no family name has no title in its place.
        "family_title": np.where(named >= 0, np.maximum(title, 0), NOT_SAID).astype(np.int8),
    }
