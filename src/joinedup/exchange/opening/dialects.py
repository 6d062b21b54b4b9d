"""How a table's text is written: its encoding, its line ends, the sign between cells, and its row of column names.

Belongs here: finding these from the head of a file, decoding one line. Not here: cutting records (rows), what columns mean.
"""

import codecs
import csv
import dataclasses
import re

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
#: Columns beyond this are no table of ours, and would cost memory on each row.
MOST_COLUMNS = 1000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How bytes become text. UTF-8 falls back to Windows-1252, line by line."""

    codec: str = "utf-8"
    mark_bytes: int = 0
    line_end: bytes = b"\n"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The row of column names, and where the rows under it begin."""

    columns: tuple[str, ...]
    delimiter: str
    encoding: Encoding
    end_byte: int
    next_line: int

    @property
    def notes(self) -> tuple[str, ...]:
        """Say in plain words what is unusual about the way the file is written."""
        found = []
        if self.delimiter != ",":
            found.append(f"The cells are parted by {DELIMITERS[self.delimiter]}, not commas.")
        if self.encoding.codec != "utf-8":
            found.append("The file is in UTF-16, not UTF-8.")
        return tuple(found)


def encoding_of(content: bytes) -> Encoding:
    """Tell the encoding and line end from the first bytes of a file."""
    if content.startswith(codecs.BOM_UTF8):
        return Encoding(mark_bytes=3, line_end=_line_end(content, "utf-8"))
    for codec, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        if content.startswith(mark):
            return Encoding(codec=codec, mark_bytes=2, line_end=_line_end(content, codec))
    codec = _unmarked_codec(content[:1024])
    return Encoding(codec=codec, line_end=_line_end(content, codec))


def decoded(content: bytes, codec: str) -> tuple[str, str]:
    """Turn one line into text, with a note where it is not in the file's encoding."""
    if codec != "utf-8":
        return content.decode(codec, errors="replace"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "The line is not UTF-8; it was read as Windows-1252."
    except UnicodeDecodeError:
        return content.decode("latin-1"), "The line is not UTF-8; it was read as Latin-1."


def heading_of(content: bytes, encoding: Encoding) -> Heading | None:
    """Find the first line that is not blank and cut it into column names."""
    start, number = encoding.mark_bytes, 1
    while start < len(content):
        end = _end_of_line(content, start, encoding)
        text = decoded(content[start:end], encoding.codec)[0].strip("\ufeff\r\n ")
        if text and not re.fullmatch(r"(?i)sep=.", text):
            return _heading(text, encoding, end_byte=end, next_line=number + 1)
        start, number = end, number + 1
    return None


def folded(column: str) -> str:
    """Give a column's name in the form in which names are compared: small letters and figures only."""
    return re.sub(r"[^a-z0-9]", "", column.lower())


def _heading(text: str, encoding: Encoding, *, end_byte: int, next_line: int) -> Heading | None:
    if "\0" in text:
        return None
    delimiter = max(DELIMITERS, key=text.count)
    if not text.count(delimiter):
        delimiter = ","
    try:
        cells = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return None
    while cells and not cells[-1].strip():
        cells.pop()
    if not cells or len(cells) > MOST_COLUMNS:
        return None
    columns = tuple(cell.strip() for cell in cells)
    return Heading(columns=columns, delimiter=delimiter, encoding=encoding, end_byte=end_byte, next_line=next_line)


def _end_of_line(content: bytes, start: int, encoding: Encoding) -> int:
    step = len(encoding.line_end)
    end = content.find(encoding.line_end, start)
    while end >= 0 and (end - start) % step:
        end = content.find(encoding.line_end, end + 1)
    return len(content) if end < 0 else end + step


def _unmarked_codec(content: bytes) -> str:
    """UTF-16 of western text has a NUL at nearly every other byte, and nearly always on the same side."""
    halves = content[0::2], content[1::2]
    even, odd = (half.count(0) / max(len(half), 1) for half in halves)
    if len(content) < 8 or max(even, odd) < 0.7 or min(even, odd) > 0.1:
        return "utf-8"
    return "utf-16-be" if even > odd else "utf-16-le"


def _line_end(content: bytes, codec: str) -> bytes:
    line_feed, carriage_return = "\n".encode(codec), "\r".encode(codec)
    if line_feed not in content and carriage_return in content:
        return carriage_return
    return line_feed
