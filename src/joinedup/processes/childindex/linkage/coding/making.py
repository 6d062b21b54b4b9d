"""Making: the standardised table of a run as numbers, one row for each different alias of each person.

Belongs here: which columns there are, and the order of the steps. Not here: the steps.
"""

import concurrent.futures
import contextlib
import dataclasses
import gc
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import identifiers, wording
from joinedup.processes.childindex.linkage.coding import assembling, homes, naming, numbering, people, phrases
from joinedup.processes.childindex.linkage.coding.numbering import Numbers
from joinedup.processes.childindex.linkage.coding.phrases import Codes, Dictionary, Lists
from joinedup.processes.childindex.linkage.scoring.columns import NO_DAY
from joinedup.processes.childindex.linkage.scoring.tables import Coded


@dataclasses.dataclass(frozen=True, slots=True)
class _Numbers:
    nhs: Numbers
    upn: Numbers


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Hold the collector of cyclic waste back: many small lists are made here, none of them in a circle.

    It would go through all that Python holds, again and again.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_nothing_collected()
def code(records: pa.Table) -> Coded:
    """Return one row for each different alias of each person, in the forms that the model compares, as numbers.

    Shapes: `records` as `records.SCHEMA`; at most one row out for each row in, in the order of person and record.
    """
    words = Dictionary()
    found = [_find(_in_order(records), words)]
    del records
    # What is handed on is let go as soon as it stands in the table.
    return assembling.assemble(words, found.pop())


def _find(records: pa.Table, words: Dictionary) -> assembling.Found:
    """Return what is said in each row, and which rows become aliases."""
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        # Numbers share nothing with names: they are read while Python takes names apart.
        nhs = beside.submit(numbering.read, records.column("nhs_number"), identifiers.same_nhs(records))
        upn = beside.submit(numbering.read, records.column("upn"), identifiers.same_upn(records))
        names = _names(records, words)
        at_home = homes.read(records, words)
        numbers = _Numbers(nhs.result(), upn.result())
    said = _said(records, words, names, at_home, numbers)
    alias = people.gather(said, NO_DAY)
    called = naming.call(names)
    nothing = Lists(np.zeros(len(words.codes) + 1, np.int32), np.zeros(0, np.int32))
    if len(said.begins) - 1 < records.num_rows:
        people.keep_different(said, alias, _compared(names, called, nothing))
    kept = np.flatnonzero(alias.kept).astype(np.int32)
    ids = [records.column(name).to_numpy() for name in ("person_record_id", "record_id")]
    return assembling.Found(names, at_home, numbers.nhs, numbers.upn, said, alias, called, kept, *ids)


def _in_order(records: pa.Table) -> pa.Table:
    person, record = (records.column(name).to_numpy() for name in ("person_record_id", "record_id"))
    if np.all(person[1:] > person[:-1]):
        return records
    order = np.lexsort((record, person))
    return records if np.all(order[1:] > order[:-1]) else records.take(pa.array(order))


def _names(records: pa.Table, words: Dictionary) -> naming.Names:
    given, middle, preferred, family, former = (
        phrases.written(records.column(name))
        for name in ("given_name", "middle_names", "preferred_name", "family_name", "former_family_name")
    )
    forenames, middles, preferreds = (phrases.given(each.texts, words) for each in (given, middle, preferred))
    families = phrases.family(family.texts, words)
    formers = words.lists(wording.telling_words(each) for each in former.texts)
    # A word's own form may be a word that nobody wrote.
    known = list(words.codes)
    canonical = words.each(text.canonical_given_name(word) for word in known)
    canonical = np.concatenate([canonical, np.arange(len(known), len(words.codes), dtype=np.int32)])
    shared = np.array([word in wording.SHARED_FORENAMES for word in words.codes], np.bool_)
    return naming.Names(
        given.rows, middle.rows, preferred.rows, family.rows, former.rows,
        forenames, middles, preferreds, families, formers, canonical, shared,
    )  # fmt: skip


def _said(
    records: pa.Table, words: Dictionary, names: naming.Names, at_home: homes.Homes, numbers: _Numbers
) -> people.Said:
    return people.Said(
        begins=_begins(records.column("person_record_id").to_numpy()),
        when=_days(records.column("said_date"), np.iinfo(np.int32).min).astype(np.int64),
        names_it=_is_said(names.forenames.words, names.given) | _is_said(names.families.words, names.family),
        postcode=at_home.postcode,
        street=at_home.street,
        born=_days(records.column("birth_date"), NO_DAY),
        sex=phrases.formed(phrases.written(records.column("sex")), wording.sex, words),
        nhs=numbers.nhs.rows,
        verified=pc.fill_null(records.column("nhs_number_verified"), False).to_numpy(zero_copy_only=False),
        upn=numbers.upn.rows,
        permanent=phrases.picked(~numbers.upn.temporary, numbers.upn.rows, unsaid=0),
    )


def _is_said(lists: Lists, rows: Codes) -> NDArray[np.bool_]:
    said: NDArray[np.bool_] = phrases.picked(np.diff(lists.begins), rows) > 0
    return said


def _begins(person: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each person's rows begin, and where the last one's end."""
    if not len(person):
        return np.zeros(1, np.int64)
    return np.concatenate([[0], np.flatnonzero(person[1:] != person[:-1]) + 1, [len(person)]]).astype(np.int64)


def _days(column: pa.ChunkedArray, unsaid: int) -> Codes:
    days: Codes = column.cast(pa.int32()).fill_null(unsaid).to_numpy(zero_copy_only=False).astype(np.int32)
    return days


def _compared(names: naming.Names, called: naming.Called, nothing: Lists) -> people.Compared:
    rows = np.arange(len(names.given), dtype=np.int32)
    most = naming.room(names, rows, nothing, called.canonical)
    spans, items = naming.list_words(names, called, rows, nothing, most)
    families = names.families
    whole, sound, title = (
        phrases.picked(each, names.family) for each in (families.whole, families.sound, families.title)
    )
    return people.Compared(called, whole, sound, np.maximum(title, 0), spans, items)
