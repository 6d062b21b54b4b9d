"""Writing files of encodings, of the agency's own numbers beside the marks, and of the pairs that were found.

Belongs here: columns to bytes. Not here: what is in them.
"""

import csv
import os
import pathlib
import tempfile
from collections.abc import Iterable

import pyarrow as pa
from pyarrow import parquet

from joinedup.exchange.encodings import bits, schema


def write(encodings: bits.Encodings, out: pathlib.Path) -> int:
    """Write a file of encodings, in the order of the marks, and return how many there were.

    Shapes: Parquet, uncompressed since bits of chance do not shrink; the same encodings give the same bytes.
    Errors: OSError when it cannot be written; what was there before is then kept.
    """
    width = encodings.filters.shape[1] * encodings.filters.itemsize
    content = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(width), len(encodings.marks), [None, pa.py_buffer(encodings.filters.astype("<u8").tobytes())]
    )
    columns = bits.columns(width * 8).with_metadata(
        {
            schema.KIND: schema.KIND_VALUE,
            schema.SCHEME: encodings.header.scheme.as_text().encode(),
            schema.KEY_MARK: encodings.header.key_mark.encode(),
        }
    )
    table = pa.table([pa.array(encodings.marks, pa.string()), content], schema=columns).sort_by(schema.MARK)
    with _whole(out) as being_written:
        parquet.write_table(table, being_written.path, compression="none")
    return len(encodings.marks)


def write_numbers(numbers: Iterable[tuple[str, str]], out: pathlib.Path) -> None:
    """Write which mark stands for which of the agency's own numbers, for the agency alone to keep.

    Shapes: CSV with record and unique_id, for its owner's eyes only.
    Errors: OSError.
    """
    _write_csv(("record", "unique_id"), sorted(numbers), out)


def write_pairs(pairs: Iterable[tuple[str, str, float]], out: pathlib.Path) -> None:
    """Write pairs of marks with how alike their encodings are, the most alike first.

    Shapes: CSV with left, right and alike (0 to 1, four places).
    Errors: OSError.
    """
    _write_csv(("left", "right", "alike"), ((left, right, f"{alike:.4f}") for left, right, alike in pairs), out)


def _write_csv(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]], out: pathlib.Path) -> None:
    with _whole(out) as being_written, being_written.path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


class _whole:  # noqa: N801  (used as a function is)
    """A file that takes its place when it is whole; until then it is another, which its owner alone may read."""

    def __init__(self, out: pathlib.Path) -> None:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        os.close(handle)
        self.path, self._out = pathlib.Path(name), out

    def __enter__(self) -> "_whole":
        return self

    def __exit__(self, fault: object, *_: object) -> None:
        if fault is None:
            self.path.replace(self._out)
        self.path.unlink(missing_ok=True)
