"""Assembling: what was found of names, homes, numbers and people, as the table that pairs are found and weighed on.

Belongs here: the columns, in order; what all aliases teach. Not here: the finding (making and the modules below it).
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import freeing
from joinedup.processes.childindex.linkage.coding import knowing, naming, people
from joinedup.processes.childindex.linkage.coding.homes import Homes
from joinedup.processes.childindex.linkage.coding.numbering import Numbers
from joinedup.processes.childindex.linkage.coding.phrases import NOT_SAID, Codes, Dictionary, picked
from joinedup.processes.childindex.linkage.scoring import columns, tables
from joinedup.processes.childindex.linkage.scoring.columns import NO_DAY

_FIRST_DAY = np.datetime64("1970-01-01", "D")
#: So many rows are put side by side at a time: they stay in the processor's own memory until they are whole.
_ROWS_AT_ONCE = 4096


class _Field:
    """A column that is not written out yet: its different values, and which of them each row has.

    Shapes: `places` are below 0 where nothing is said, and `values` then end with what stands there.
    """

    def __init__(self, values: NDArray[Any], places: Codes, *, unsaid: int = NOT_SAID) -> None:
        self.places = places
        self.values = np.append(values.astype(np.int32, copy=False), np.int32(unsaid))


Fields = dict[str, _Field]


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What was found, by row; `kept` are the rows that become aliases, `person` and `record` the ids of all rows."""

    names: naming.Names
    homes: Homes
    nhs: Numbers
    upn: Numbers
    said: people.Said
    alias: people.Alias
    called: naming.Called
    kept: Codes
    person: NDArray[np.int64]
    record: NDArray[np.int64]


def assemble(words: Dictionary, found: Found) -> tables.Coded:
    """Return the table of a run.

    Shapes: what was found in the order of person and record.
    """
    kept, alias = found.kept, found.alias
    freeing.free(len(kept))
    named = alias.naming[kept]
    born, nhs, upn = alias.born[kept], alias.nhs[kept], alias.upn[kept]
    given, canonical = (picked(each, named) for each in found.called[:2])
    fields = _names(words, found, named, given, canonical) | _days(words, born) | _homes(found, alias.homing[kept])
    fields["sex"] = _Field(alias.sex, kept)
    begins, letters = tables.written(
        pa.concat_arrays([pa.array(list(words.codes), pa.string()), found.nhs.different, found.upn.different])
    )
    lengths = np.diff(begins)[: len(words.codes)]
    known = knowing.known_names(given, born, lengths, people=len(found.said.begins) - 1, no_day=NO_DAY)
    # A number of either kind: pupil numbers are counted on from NHS numbers.
    number = np.where(nhs >= 0, nhs, np.where(upn >= 0, upn + len(found.nhs.different), NOT_SAID))
    variants = knowing.variants(number, born, canonical, lengths, no_day=NO_DAY)
    most = naming.room(found.names, named, variants, found.called.canonical)
    spans, items = naming.list_words(found.names, found.called, named, variants, most)
    fields["nhs"] = _Field(np.arange(len(found.nhs.different), dtype=np.int32) + len(lengths), nhs)
    fields["upn"] = _Field(
        np.arange(len(found.upn.different), dtype=np.int32) + len(lengths) + len(found.nhs.different), upn
    )
    fields |= _flags(words, found, named, known, given, canonical)
    fields["upn_temporary"] = _Field(found.upn.temporary.astype(np.int32), upn)
    person = found.person[kept]
    table = tables.Coded(
        columns=columns.Columns(np.empty((len(born), columns.WIDTH), np.int32), items, begins, letters),
        verified=alias.verified[kept],
        person=person,
        record=found.record[kept],
        person_at=np.cumsum(np.diff(person, prepend=person[:1]) != 0, dtype=np.int32),
        known=known,
        variants=(variants.begins, variants.words),
        same_nhs=found.nhs.same,
        same_upn=found.upn.same,
    )
    del found, alias, named, given, canonical, nhs, upn, number
    freeing.free(len(born))
    _put_side_by_side(table.columns.cells, fields, born, spans)
    return table


def _put_side_by_side(cells: Codes, fields: Mapping[str, _Field], born: Codes, spans: Codes) -> None:
    """Write the cells of `columns.Columns`.

    A few thousand rows are filled at a time, so that what is written lies close by until it is whole.
    """
    names = (*columns.TEXTS, *columns.FLAGS)
    for begin in range(0, len(cells), _ROWS_AT_ONCE):
        rows = slice(begin, begin + _ROWS_AT_ONCE)
        for place, name in enumerate(names):
            cells[rows, place] = fields[name].values[fields[name].places[rows]]
        cells[rows, len(names)] = born[rows]
        cells[rows, len(names) + 1 :] = spans[rows]


def _names(words: Dictionary, found: Found, named: Codes, given: Codes, canonical: Codes) -> Fields:
    """Return what is compared of names; words that names sound and begin like are added to the dictionary."""
    family = picked(found.names.family, named)
    families = found.names.families
    spelled = list(words.codes)
    return {
        "given": _Field(found.called.given, named),
        "given_canonical": _Field(found.called.canonical, named),
        "given_sound": _of_words(words, given, lambda word: text.sound(spelled[word])),
        "given_initial": _of_words(words, given, lambda word: spelled[word][:1]),
        "given_start": _of_words(words, canonical, lambda word: spelled[word][:2]),
        "middle": _Field(found.called.middle, named),
        "family": _Field(families.whole, family),
        "family_sound": _Field(families.sound, family),
        "family_start": _Field(families.start, family),
        "name_key": _Field(_numbered(found.called.key), named),
    }


def _of_words(words: Dictionary, codes: Codes, form: Callable[[int], str]) -> _Field:
    """Return what a form makes of each word, found once for each different word."""
    different = np.flatnonzero(_asked(words, codes))
    formed = np.full(len(words.codes), NOT_SAID, np.int32)
    formed[different] = words.each([form(word) for word in different.tolist()])
    return _Field(formed, codes)


def _asked(words: Dictionary, codes: Codes) -> NDArray[np.bool_]:
    """Return for each word whether it is among some."""
    asked = np.zeros(len(words.codes), np.bool_)
    asked[codes[codes >= 0]] = True
    return asked


def _numbered(keys: NDArray[np.uint64]) -> Codes:
    """Return equal numbers for equal keys; -1 for 0."""
    encoded = pc.dictionary_encode(pa.array(keys, mask=keys == 0))
    numbers: Codes = encoded.indices.fill_null(NOT_SAID).to_numpy(zero_copy_only=False)
    return numbers


def _days(words: Dictionary, born: Codes) -> Fields:
    """Return what is compared of birth dates; a date is written once for all that have it."""
    encoded = pc.dictionary_encode(pa.array(born, mask=born == NO_DAY))
    places = encoded.indices.fill_null(NOT_SAID).to_numpy()
    written = np.datetime_as_string(_FIRST_DAY + encoded.dictionary.to_numpy().astype("timedelta64[D]")).tolist()
    return {
        name: _Field(words.each([form(day) for day in written]), places)
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
    return {name: _Field(getattr(homes, name), homing) for name in ("postcode", "sector", "district", "street")}


def _flags(
    words: Dictionary, found: Found, named: Codes, known: NDArray[np.bool_], given: Codes, canonical: Codes
) -> Fields:
    listed = np.zeros(len(known), np.bool_)
    spelled = list(words.codes)
    for word in np.flatnonzero(_asked(words, given)[: len(known)]).tolist():
        listed[word] = bool(text.spelling_variants(spelled[word]))
    title = picked(found.names.families.title, picked(found.names.family, named))
    return {
        "given_known": _Field(listed | known, given, unsaid=0),
        "given_shared": _Field(found.names.shared, canonical),
        # A row that gives a name and no family name has no title in its place.
        "family_title": _Field(
            np.where(named >= 0, np.maximum(title, 0), NOT_SAID), np.arange(len(named), dtype=np.int32)
        ),
    }
