"""Reading files of encodings, and the people in an agency's own file who are to be encoded.

Belongs here: opening, and the words where it cannot be done. Not here: which rows count (rules), bits (childindex.linkage).
"""

import collections
import datetime
import pathlib

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.encodings import bits, rules, schema
from joinedup.exchange.intake import registry
from joinedup.exchange.opening import formats, packing
from joinedup.processes.childindex.linkage.encodings import scheme as schemes


class NotReadable(Exception):
    """The file is not there, is not one of ours, or is damaged; the words say which."""


def read(path: pathlib.Path) -> bits.Encodings:
    """Read a file of encodings.

    Errors: NotReadable.
    """
    try:
        table = parquet.read_table(path)
    except FileNotFoundError:
        raise NotReadable(f"There is no file {path}.") from None
    except (pa.ArrowException, OSError) as fault:
        raise NotReadable(
            f"{path} is no file of encodings, or was cut short. Make it with: joinedup encode-file"
        ) from fault
    told = table.schema.metadata or {}
    if told.get(schema.KIND) != schema.KIND_VALUE:
        raise NotReadable(f"{path} is no file of encodings of this version. Make it with: joinedup encode-file")
    try:
        scheme = schemes.from_text(told.get(schema.SCHEME, b"").decode())
    except (schemes.BadScheme, UnicodeDecodeError) as fault:
        raise NotReadable(f"{path}: {fault}") from fault
    wanted = bits.columns(scheme.kept_bits)
    if table.schema.names != wanted.names or table.schema.types != wanted.types:
        raise NotReadable(f"{path} has other columns than its scheme says; it was changed since it was made.")
    if any(column.null_count for column in table.columns):
        raise NotReadable(f"{path} has rows with nothing in them; it was changed since it was made.")
    content = b"".join(table.column(schema.FILTER).to_pylist())
    return bits.Encodings(
        header=schema.Header(scheme=scheme, key_mark=told.get(schema.KEY_MARK, b"").decode(errors="replace")),
        marks=table.column(schema.MARK).to_pylist(),
        filters=np.frombuffer(content, "<u8").reshape(table.num_rows, scheme.kept_bits // schemes.WORD_BITS),
    )


def read_people(path: pathlib.Path, *, on: datetime.date) -> tuple[pa.Table, list[str]]:
    """Read the people to be encoded from any file that `joinedup import` takes, and say what was left out.

    Shapes: the columns of `schema.PERSON`; one row for each different thing said of who someone is.
    Errors: NotReadable, when no standard fits or nobody in the file can be encoded.
    """
    rows: list[dict[str, str]] = []
    refused: collections.Counter[str] = collections.Counter()
    try:
        with packing.unpacked(path) as sources:
            for source in sources:
                _take(source, on, rows, refused)
    except FileNotFoundError:
        raise NotReadable(f"There is no file {path}.") from None
    except OSError as fault:
        raise NotReadable(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    except packing.Unsafe as fault:
        raise NotReadable(str(fault)) from fault
    enough = [row for row in rules.different(rows) if rules.says_enough(row)]
    notes = [f"{count:,} rows were left out: {reason}" for reason, count in refused.most_common()]
    if not enough:
        why = " ".join(notes) or "No row says three of forename, surname, date of birth and postcode."
        raise NotReadable(f"Nobody in {path} can be encoded. {why}")
    return pa.Table.from_pylist(enough, schema=bits.PEOPLE), notes


def _take(
    source: formats.Source, on: datetime.date, rows: list[dict[str, str]], refused: collections.Counter[str]
) -> None:
    recognised = registry.recognise(source.head())
    if recognised is None or recognised.refusal:
        known = "; ".join(registry.titles())
        raise NotReadable(
            (recognised.refusal if recognised else f"{source.name} is not a file we know. We looked for: {known}.")
            + " Nothing was written."
        )
    for one in registry.reader_of(recognised).read(source, recognised, formats.Context.of(source.name, on=on)):
        if isinstance(one, records_rules.Refused):
            refused[" ".join(one.reasons)] += 1
            continue
        row = rules.person(one)
        if not rules.says_enough(row):
            refused["they say fewer than three of forename, surname, date of birth and postcode."] += 1
        rows.append(row)
