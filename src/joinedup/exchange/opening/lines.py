"""Cutting a file into lines with their exact places, whatever the length of a line.

Belongs here: line ends, byte offsets, the limit on a line. Not here: encodings and cells (dialects, rows).
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

#: A longer line is no record of a child: it is stepped over in pieces and refused.
LINE_LIMIT_BYTES = 1024 * 1024
#: As much of a line that is too long as is kept, to show what it was.
KEPT_BYTES = 1024


class Line(NamedTuple):
    """One line with its ending, as it stands in the file.

    Units: `number` counts from 1, `byte_start` from 0. `content` holds only the beginning where `too_long`.
    """

    number: int
    byte_start: int
    byte_length: int
    content: bytes
    too_long: bool


def lines(file: BinaryIO, *, first_byte: int, first_line: int, line_end: bytes = b"\n") -> Iterator[Line]:
    """Cut an open file into lines, from the byte and line number at which the file stands.

    Shapes: memory is bounded by twice the limit on a line. `line_end` is one of LF, CR, or either in UTF-16.
    """
    byte_start, number = first_byte, first_line
    pieces = _pieces(file, line_end)
    for content in pieces:
        length, last = len(content), content
        while len(last) >= LINE_LIMIT_BYTES and not last.endswith(line_end):
            last = next(pieces, b"")
            length += len(last)
        too_long = length > LINE_LIMIT_BYTES
        kept = content[:KEPT_BYTES] if too_long else content
        yield Line(number, byte_start, length, kept, too_long)
        byte_start += length
        number += 1


def _pieces(file: BinaryIO, line_end: bytes) -> Iterator[bytes]:
    """Lines with their ending, those over the limit in pieces of at least the limit."""
    if line_end == b"\n":
        return iter(lambda: file.readline(LINE_LIMIT_BYTES), b"")
    return _pieces_by_block(file, line_end)


def _pieces_by_block(file: BinaryIO, line_end: bytes) -> Iterator[bytes]:
    step = len(line_end)
    rest = b""
    while block := file.read(LINE_LIMIT_BYTES):
        rest += block
        start = 0
        while (end := _aligned(rest, line_end, start, step)) >= 0:
            yield rest[start : end + step]
            start = end + step
        rest = rest[start:]
        if len(rest) >= LINE_LIMIT_BYTES:
            whole = len(rest) - len(rest) % step
            yield rest[:whole]
            rest = rest[whole:]
    if rest:
        yield rest


def _aligned(content: bytes, line_end: bytes, start: int, step: int) -> int:
    """Where the line ends; in UTF-16 only at a whole code unit, counted from the start of the line."""
    end = content.find(line_end, start)
    while end >= 0 and (end - start) % step:
        end = content.find(line_end, end + 1)
    return end
