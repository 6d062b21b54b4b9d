"""Cutting a table into rows of cells, each with its exact place, so that no bad row costs a good one.

Belongs here: quotation marks, blank lines, the number of cells. Not here: what a cell means (tables, a format's rules).

A cell may run over several lines inside quotation marks. Where the closing mark is missing, only the line that
opened it is refused and reading goes on with the next line. The marks are taken as closed only if every line of the
row then reads strictly and the row has as many cells as the heading.
"""

import collections
import csv
from collections.abc import Iterator
from typing import NamedTuple

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.opening import dialects, formats, lines

#: A row inside quotation marks may run over so many lines and bytes.
MOST_LINES_IN_A_ROW = 100
MOST_BYTES_IN_A_ROW = 256 * 1024
#: From so many columns on, a line with exactly the right number of delimiters is a row and not part of a long text.
TELLING_WIDTH = 6

TOO_LONG = f"The line is longer than {lines.LINE_LIMIT_BYTES // 1024 // 1024} MiB."
NUL = "The line holds a NUL character, which is not text."
NEVER_CLOSED = "A quotation mark is opened and never closed."
OUT_OF_PLACE = "A quotation mark stands where none can."

_END_INSIDE = "unexpected end of data"


class Row(NamedTuple):
    """One row as it was cut: its place and bytes, its cells or the fault for which it must be refused, and notes."""

    place: records_rules.Place
    content: bytes
    cells: list[str]
    fault: str
    notes: tuple[str, ...]


def rows(source: formats.Source, heading: dialects.Heading) -> Iterator[Row]:
    """Cut what stands under the heading into rows; blank lines are no rows.

    Shapes: bounded memory whatever the file; a resumed source begins at its own first byte.
    """
    first_byte, first_line = heading.end_byte, heading.next_line
    if source.first_byte > first_byte:
        first_byte, first_line = source.first_byte, source.first_line
    with source.open_at(first_byte) as file:
        physical = lines.lines(file, first_byte=first_byte, first_line=first_line, line_end=heading.encoding.line_end)
        yield from _Cutter(heading, physical).rows()


class _Cutter:
    """The lines of one table, with those that were looked at ahead and given back."""

    def __init__(self, heading: dialects.Heading, physical: Iterator[lines.Line]) -> None:
        self._codec = heading.encoding.codec
        self._delimiter = heading.delimiter
        self._width = len(heading.columns)
        self._blank = heading.delimiter + ' "\t\x1a\ufeff'
        self._physical = physical
        self._ahead: collections.deque[lines.Line] = collections.deque()

    def rows(self) -> Iterator[Row]:
        delimiter, codec = self._delimiter, self._codec
        while (line := self._next()) is not None:
            text, note = dialects.decoded(line.content, codec)
            text = text.rstrip("\r\n")
            if not text or (text[0] in self._blank and not text.strip(self._blank)):
                continue
            if line.too_long:
                yield _faulty(line, TOO_LONG)
            elif "\0" in text:
                yield _faulty(line, NUL)
            elif '"' in text:
                yield self._quoted(line, text, note)
            else:
                yield self._row(line, line.content, text.split(delimiter), (note,) if note else ())

    def _next(self) -> lines.Line | None:
        return self._ahead.popleft() if self._ahead else next(self._physical, None)

    def _row(self, line: lines.Line, content: bytes, cells: list[str], notes: tuple[str, ...]) -> Row:
        place = records_rules.Place(line_number=line.number, byte_start=line.byte_start, byte_length=len(content))
        fault = ""
        if len(cells) != self._width:
            cells, fault = self._fitted(cells)
        return Row(place, content, cells, fault, notes)

    def _fitted(self, cells: list[str]) -> tuple[list[str], str]:
        """Empty cells beyond the heading are a spreadsheet's habit; anything else is a row that slipped."""
        if len(cells) > self._width and not "".join(cells[self._width :]).strip():
            return cells[: self._width], ""
        return [], f"The row has {len(cells)} cells where the heading has {self._width}."

    def _quoted(self, line: lines.Line, text: str, note: str) -> Row:
        notes = (note,) if note else ()
        cells, error = self._parsed(text)
        if not error:
            return self._row(line, line.content, cells, notes)
        if _END_INSIDE in error:
            return self._over_several_lines(line, text, notes)
        cells, error = self._parsed(text, strict=False)
        if error or len(cells) != self._width:
            return _faulty(line, OUT_OF_PLACE)
        return self._row(line, line.content, cells, (*notes, "A quotation mark inside a cell was kept as it stands."))

    def _over_several_lines(self, line: lines.Line, text: str, notes: tuple[str, ...]) -> Row:
        """Look ahead for the closing mark; give the lines back where it does not come."""
        taken: list[lines.Line] = []
        content = line.content
        while (more := self._next()) is not None:
            taken.append(more)
            content += more.content
            text += "\n" + dialects.decoded(more.content, self._codec)[0].rstrip("\r\n")
            if len(taken) >= MOST_LINES_IN_A_ROW or len(content) > MOST_BYTES_IN_A_ROW or self._is_a_row(more):
                break
            if '"' not in self._unpaired(more):
                continue
            cells, error = self._parsed(text)
            if not error and len(cells) == self._width and "\0" not in text:
                return self._row(line, content, cells, notes)
            if _END_INSIDE not in error:
                break
        self._ahead.extendleft(reversed(taken))
        return _faulty(line, NEVER_CLOSED)

    def _is_a_row(self, line: lines.Line) -> bool:
        """Whether a line inside an open mark is a row of its own."""
        if line.too_long:
            return True
        text = dialects.decoded(line.content, self._codec)[0]
        return self._width >= TELLING_WIDTH and '"' not in text and text.count(self._delimiter) == self._width - 1

    def _unpaired(self, line: lines.Line) -> str:
        return dialects.decoded(line.content, self._codec)[0].replace('""', "")

    def _parsed(self, text: str, *, strict: bool = True) -> tuple[list[str], str]:
        try:
            return next(csv.reader([text], delimiter=self._delimiter, strict=strict), []), ""
        except csv.Error as error:
            return [], str(error)


def _faulty(line: lines.Line, fault: str) -> Row:
    place = records_rules.Place(line_number=line.number, byte_start=line.byte_start, byte_length=line.byte_length)
    return Row(place, line.content, [], fault, ())
