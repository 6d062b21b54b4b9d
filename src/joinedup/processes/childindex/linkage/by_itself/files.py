"""Tables in files: Parquet and CSV, read whole and written whole.

Belongs here: opening what people hand over, and saying in words what is wrong with it. Not here: what columns mean (tables).
"""

import codecs
import csv
import io
import os
import pathlib
import tempfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.csv as arrow_csv
from pyarrow import parquet

_PARQUET_MARK = b"PAR1"
_HEAD_BYTES = 64 * 1024
_DELIMITERS = ",;\t|"
_MOST_EXAMPLES = 5
_BYTES_OF_LENGTH = 4


class NotReadable(Exception):
    """The file cannot be read as a table; the words say why."""


def read(path: pathlib.Path, *, written_once: Callable[[str], bool] = lambda _name: False) -> pa.Table:
    """Read a table from a Parquet or CSV file, by what is in it and not by its name.

    Shapes: columns of a CSV are text, an empty field is null. Comma, semicolon, tab and bar are recognised as delimiters;
    UTF-8 (with or without mark), UTF-16 with mark, and Windows-1252 as encodings. Columns of a Parquet file whose names are
    `written_once` may stay a dictionary of their different values, where the file has them so.
    Errors: NotReadable.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as fault:
        raise NotReadable(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    if not head.strip():
        raise NotReadable(f"{path} is empty: there is not even a heading in it.")
    if head.startswith(_PARQUET_MARK):
        return _read_parquet(path, written_once)
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotReadable(f"{path} is neither Parquet nor CSV. Save spreadsheets as CSV first.")
    return _read_csv(path, head)


def _read_parquet(path: pathlib.Path, written_once: Callable[[str], bool]) -> pa.Table:
    try:
        repeated = filter(written_once, _repeated(parquet.read_metadata(path)))
        return parquet.read_table(path, read_dictionary=list(repeated))
    except (pa.ArrowException, OSError) as fault:
        raise NotReadable(f"{path} begins like a Parquet file but cannot be read as one: {_short(fault)}") from fault


def _repeated(metadata: parquet.FileMetaData) -> list[str]:
    """Return the columns of text of which the file has few different values."""
    bytes_a_value: dict[str, float] = {}
    for group in range(metadata.num_row_groups):
        for place in range(metadata.num_columns):
            column = metadata.row_group(group).column(place)
            share = column.total_uncompressed_size / max(column.num_values, 1)
            if column.physical_type == "BYTE_ARRAY":
                bytes_a_value[column.path_in_schema] = max(share, bytes_a_value.get(column.path_in_schema, 0.0))
    # Written out, the length alone takes four bytes.
    return [name for name, share in bytes_a_value.items() if share < _BYTES_OF_LENGTH]


def _read_csv(path: pathlib.Path, head: bytes) -> pa.Table:
    encoding = _encoding(path, head)
    delimiter = _delimiter(head.decode(encoding, errors="replace"))
    heading = _heading(head.decode(encoding, errors="replace"), delimiter)
    wrong: list[str] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        if len(wrong) < _MOST_EXAMPLES:
            wrong.append(f"{row.actual_columns} fields instead of {row.expected_columns}: {(row.text or '')[:60]!r}")
        return "skip"

    try:
        table = arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(encoding=encoding),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=note
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(heading, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except (pa.ArrowException, OSError) as fault:
        raise NotReadable(f"{path} cannot be read as CSV: {_short(fault)}") from fault
    if wrong:
        raise NotReadable(f"{path} has rows that do not fit its heading. " + "; ".join(wrong) + ".")
    if len(set(table.column_names)) < len(table.column_names):
        raise NotReadable(f"{path} has two columns of one name; each needs its own.")
    return table


def _encoding(path: pathlib.Path, head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def _delimiter(head: str) -> str:
    first = head.lstrip("\ufeff").splitlines()[0]
    return max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))


def _heading(head: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(head.lstrip("\ufeff")), delimiter=delimiter))


def _short(fault: Exception) -> str:
    return str(fault).splitlines()[0][:200]


def write(table: pa.Table, path: pathlib.Path) -> None:
    """Write a table as CSV where the name ends in .csv, as Parquet otherwise; a file that is there is replaced at once.

    Errors: OSError when it cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    being_written = pathlib.Path(name)
    try:
        if path.suffix.lower() == ".csv":
            arrow_csv.write_csv(table, being_written)
        else:
            parquet.write_table(table, being_written, compression="zstd")
        being_written.replace(path)
    finally:
        being_written.unlink(missing_ok=True)
