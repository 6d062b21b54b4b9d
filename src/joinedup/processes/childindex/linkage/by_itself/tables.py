"""Tables as people bring them: which columns there are, under which names, and what can be read from each.

Belongs here: a table of one row a record, of whatever types, as linkage records, and in plain words whatever could not be
used. Not here: files (files), linking (alone).

Nothing is worked through row by row: each different value of a column is read once.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.processes.childindex.linkage.by_itself import dates, numbers

#: The columns that are read, and other names under which they are known; case, spaces and underscores do not matter.
NAMES: Mapping[str, tuple[str, ...]] = {
    "agency": ("source", "source_dataset", "organisation"),
    "forename": ("given_name", "first_name", "forenames", "given_names"),
    "surname": ("family_name", "last_name"),
    "dob": ("birth_date", "date_of_birth"),
    "sex": ("gender",),
    "postcode": ("post_code", "current_postcode"),
    "nhs_number": ("nhs_no", "nhs"),
    "upn": ("unique_pupil_number", "pupil_number"),
}
#: Columns that say more, where a table happens to have them.
MORE_NAMES: Mapping[str, tuple[str, ...]] = {
    "middle_names": ("middle_name",),
    "known_as": ("preferred_name", "preferred_forename"),
    "former_surname": ("former_family_name", "previous_surname"),
    "address": ("address_line", "address_1"),
    "said_date": ("record_date", "valid_from"),
    "nhs_number_verified": (),
    "former_nhs_number": ("previous_nhs_number",),
    "former_upn": ("previous_upn",),
}
UNIQUE_ID = "unique_id"

_FIELDS = {
    "agency": "agency",
    "forename": "given_name",
    "surname": "family_name",
    "sex": "sex",
    "postcode": "postcode",
    "middle_names": "middle_names",
    "known_as": "preferred_name",
    "former_surname": "former_family_name",
    "address": "address",
}
_SEXES = {
    "M": ("m", "male", "boy", "1"),
    "F": ("f", "female", "girl", "2"),
}
_SEX = {word: sex for sex, words in _SEXES.items() for word in words}


class NotLinkable(Exception):
    """The table cannot be linked as it is; the words say why, with examples."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Prepared:
    """A table ready for linking.

    Shapes: `records` as `records.SCHEMA`, one row a record, `record_id` counting from 0 in the order of `unique_id`;
    `ids` gives the unique_id of each in that order, `place` where each row of the table stands in it.
    `other` are the columns that are carried through, in the order of the table; `notes` say what could not be used.
    """

    records: pa.Table
    ids: pa.Array
    place: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    other: pa.Table
    notes: tuple[str, ...]

    def taken_records(self) -> pa.Table:
        """Return the records, and hold them no longer: millions of them are more than a small machine keeps twice."""
        records, self.records = self.records, self.records.schema.empty_table()
        return records


def prepare(table: pa.Table) -> Prepared:
    """Read a table of person records whose columns may be named, typed and filled in many ways.

    Shapes: columns `unique_id` and those of `NAMES` and `MORE_NAMES`, each of which may be absent.
    Errors: NotLinkable when a unique_id is missing or comes twice.
    """
    notes: list[str] = []
    found = _columns(table, notes)
    ids, order = _ids(table, found.get(UNIQUE_ID), notes)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    # Copies of millions of rows are not made for nothing, and the rest is only carried through.
    read_here = table.select(list(dict.fromkeys(found.values())))
    ordered = read_here if bool((order == np.arange(len(order))).all()) else read_here.take(pa.array(order))
    records = _records(ordered, found, notes)
    read = {found[name] for name in (UNIQUE_ID, *NAMES) if name in found}
    other = table.select([name for name in table.column_names if name not in read])
    return Prepared(records=records, ids=ids, place=place, other=other, notes=tuple(notes))


def _columns(table: pa.Table, notes: list[str]) -> dict[str, str]:
    """Return for each column that can be read the name that it has in the table."""
    by_form: dict[str, str] = {}
    for name in table.column_names:
        by_form.setdefault(_form(name), name)
    found: dict[str, str] = {}
    for wanted, others in {UNIQUE_ID: (), **NAMES, **MORE_NAMES}.items():
        name = next((by_form[_form(word)] for word in (wanted, *others) if _form(word) in by_form), None)
        if name is not None:
            found[wanted] = name
            if _form(name) != _form(wanted):
                notes.append(f"Column {name} is read as {wanted}.")
    absent = [name for name in NAMES if name not in found]
    if absent:
        notes.append(f"There is no column {', '.join(absent)}; the records are linked by what there is.")
    return found


def is_read(name: str) -> bool:
    """Return whether a column of this name is read and not carried through."""
    return any(_form(name) == _form(known) for word, others in NAMES.items() for known in (word, *others))


def _form(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _ids(
    table: pa.Table, name: str | None, notes: list[str]
) -> tuple[pa.Array, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """Return the unique ids in ascending order, and the row at which each stands."""
    if name is None:
        notes.append("There is no column unique_id; the rows are numbered from 1.")
        return pa.array(np.arange(1, table.num_rows + 1)), np.arange(table.num_rows)
    column = whole(table.column(name))
    if not _is_plain(column.type):
        raise NotLinkable(f"Column {name} holds {column.type}, which cannot tell records apart; give text or numbers.")
    if column.null_count:
        rows = np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[:5] + 1
        raise NotLinkable(
            f"{column.null_count:,} records have no {name}, such as row {', '.join(map(str, rows))}. "
            "Each record needs one, for the answer names it."
        )
    if not pa.types.is_boolean(column.type) and pc.all(pc.less(column[:-1], column[1:])).as_py():
        # Most files come in order.
        return column, np.arange(len(column))
    order = pc.sort_indices(column).to_numpy()
    ids = column.take(pa.array(order))
    same = pc.equal(ids[1:], ids[:-1])
    if pc.any(same).as_py():
        twice = pc.unique(ids[1:].filter(same))
        examples = ", ".join(str(each) for each in twice[:5].to_pylist())
        raise NotLinkable(
            f"{len(twice):,} values of {name} come more than once, such as {examples}. "
            "Each record needs its own; a number that counts from 1 will do."
        )
    return ids, order.astype(np.int64)


def _is_plain(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_decimal(kind)
    )


def _records(table: pa.Table, found: Mapping[str, str], notes: list[str]) -> pa.Table:
    count = table.num_rows
    ids = pa.array(np.arange(count))
    columns: dict[str, pa.Array] = {"record_id": ids, "person_record_id": ids}
    for wanted, field in _FIELDS.items():
        column = _text(table, found, wanted, notes)
        if column is not None:
            columns[field] = column
    if "sex" in columns:
        columns["sex"] = each(columns["sex"], lambda written: _SEX.get(written.strip().lower()), pa.string())
        _say_if_none_left(columns["sex"], table, found["sex"], "M or F", notes)
    for wanted, field in (("dob", "birth_date"), ("said_date", "said_date")):
        if wanted in found:
            column, said = dates.read(_in_one_piece(table.column(found[wanted])), found[wanted])
            columns[field] = column
            notes.extend(said if wanted == "dob" else [])
    _read_numbers(table, found, columns, notes)
    for wanted in NAMES:
        if wanted in found and table.column(found[wanted]).null_count == count and count:
            notes.append(f"Column {found[wanted]} is empty; the records are linked by the others.")
    return pa.table(columns)


def _read_numbers(table: pa.Table, found: Mapping[str, str], columns: dict[str, pa.Array], notes: list[str]) -> None:
    """Read NHS numbers and pupil numbers, and those that they replaced."""
    if "nhs_number" in found:
        read = numbers.nhs(whole(table.column(found["nhs_number"])), found["nhs_number"])
        columns["nhs_number"], verified = read.number, read.valid
        notes.extend(read.notes)
        stated = _text(table, found, "nhs_number_verified", notes)
        if stated is not None:
            # What the table says counts; where it says nothing, a right check digit does.
            said = each(stated, lambda word: word.strip().lower() in {"true", "1", "y", "yes", "t"}, pa.bool_())
            verified = pc.and_(verified, pc.coalesce(said, pa.scalar(True)))
        columns["nhs_number_verified"] = verified
    if "former_nhs_number" in found:
        former = numbers.nhs(whole(table.column(found["former_nhs_number"])), found["former_nhs_number"]).number
        starts = np.concatenate([[0], np.cumsum(former.is_valid().to_numpy(zero_copy_only=False))]).astype(np.int32)
        columns["former_nhs_numbers"] = pa.ListArray.from_arrays(pa.array(starts), former.drop_null())
    for wanted in ("upn", "former_upn"):
        if wanted in found:
            pupil = numbers.upn(whole(table.column(found[wanted])), found[wanted])
            columns[wanted] = pupil.number
            notes.extend(pupil.notes)


def _text(table: pa.Table, found: Mapping[str, str], wanted: str, notes: list[str]) -> pa.Array | None:
    """Return a column as text, or nothing where it is absent or of a type that holds no text."""
    if wanted not in found:
        return None
    column = _in_one_piece(table.column(found[wanted]))
    if pa.types.is_dictionary(column.type):
        return column
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), pa.string())
    if not _is_plain(column.type):
        notes.append(f"Column {found[wanted]} holds {column.type} and cannot be read as {wanted}; it is left out.")
        return None
    if wanted in {"forename", "surname", "postcode"} and not pa.types.is_string(column.type):
        if not pa.types.is_large_string(column.type):
            notes.append(f"Column {found[wanted]} holds {column.type}; it is read as text.")
    return column.cast(pa.string())


def _say_if_none_left(read: pa.Array, table: pa.Table, name: str, wanted: str, notes: list[str]) -> None:
    written = table.column(name)
    if len(read) and read.null_count == len(read) and written.null_count < len(read):
        example = written.drop_null()[0].as_py()
        notes.append(f"No value of {name} could be read as {wanted} (such as {example!r}); it is left out.")


def _in_one_piece(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece; words that are written once each stay so."""
    kept = pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type)
    if not kept or not column.num_chunks:
        return whole(column)
    joined = column.unify_dictionaries().combine_chunks()
    return joined if not joined.dictionary.null_count else whole(column)


def whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece, dictionaries resolved."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def each(column: pa.Array, form: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """Apply `form` to each different text of a column once; no text and no answer are null."""
    encoded = column.dictionary_encode()
    formed = [None if written is None else form(written) for written in encoded.dictionary.to_pylist()]
    return pa.array(formed, kind).take(encoded.indices)
