"""From rows of cells to typed rows, by the columns that a standard's schema declares.

Belongs here: recognising a table, required and unreadable cells. Not here: what a typed row means (a format's rules).
"""

import dataclasses
import datetime
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.opening import cells as opening_cells
from joinedup.exchange.opening import columns, dates, dialects, formats, rows

#: So much of a table's expected columns must be there for a file to be called that table with columns missing.
NEARLY = 0.6


@dataclasses.dataclass(slots=True)
class Mark:
    """Where a typed row stood, its fingerprint, and the notes taken on it so far."""

    place: records_rules.Place
    content_hash: bytes
    table: str
    notes: list[str]

    def refused(self, *reasons: str) -> records_rules.Refused:
        """Refuse the row for the reasons given."""
        return records_rules.Refused(place=self.place, reasons=reasons)


#: A format's rule for one table: what a typed row says, or why it must be refused.
Rule = Callable[[Any, Mark, formats.Context], records_rules.Reading | records_rules.Refused]


def recognised(
    of_format: formats.Format, tables: Sequence[columns.Table], head: formats.Head, *, catch_all: bool = False
) -> formats.Recognised | None:
    """Find the table whose columns the file's heading has, or nearly has.

    Units: a complete table scores 50 to 100, a catch-all 20 to 60, one with columns missing 18 to 70.
    """
    heading = head.heading
    if heading is None:
        return None
    found = [_recognised_as(of_format, table, head, heading, catch_all=catch_all) for table in tables]
    return max((one for one in found if one), key=lambda one: one.confidence, default=None)


def readings(
    tables: Sequence[columns.Table],
    table_rules: Mapping[str, Rule],
    source: formats.Source,
    recognised: formats.Recognised,
    context: formats.Context,
) -> Iterator[records_rules.Reading | records_rules.Refused]:
    """Read every row under the heading by its table's rule.

    Shapes: one reading or refusal for each row, in the order of the file; bounded memory.
    """
    rule = table_rules[recognised.table]
    for one in typed_rows(tables, source, recognised, context):
        if isinstance(one, records_rules.Refused):
            yield one
        else:
            row, mark = one
            yield rule(row, mark, context)


def typed_rows(
    tables: Sequence[columns.Table],
    source: formats.Source,
    recognised: formats.Recognised,
    context: formats.Context,
) -> Iterator[tuple[Any, Mark] | records_rules.Refused]:
    """Turn every row under the heading into its dataclass, or refuse it naming the columns at fault.

    Shapes: rows of a file whose heading lacks columns are all refused, with the same reason.
    """
    heading = recognised.heading
    if heading is None:
        return
    table = next(table for table in tables if table.code == recognised.table)
    builder = None if recognised.missing_columns else _Builder(table, heading, on=context.on)
    for row in rows.rows(source, heading):
        fault = row.fault or recognised.refusal
        if fault or builder is None:
            yield records_rules.Refused(place=row.place, reasons=(fault,))
            continue
        mark = Mark(row.place, records_rules.content_hash(row.content), table.code, [*row.notes])
        typed, reasons = builder.typed(row.cells, mark.notes)
        yield mark.refused(*reasons) if reasons else (typed, mark)


class _Builder:
    """Cells to one dataclass; positions are found once for a file, since this runs for every row."""

    def __init__(self, table: columns.Table, heading: dialects.Heading, *, on: datetime.date) -> None:
        positions = _positions(table, heading)
        self._row = table.row
        self._on = on
        self._fields = tuple(column.field for column in table.columns)
        # A column that is not in the file reads the empty cell that is put behind the last one.
        self._pick = operator.itemgetter(*(positions.get(column.field, -1) for column in table.columns))
        self._dates = tuple(column for column in table.columns if column.is_date)
        self._required = tuple(
            column for column in table.columns if not column.is_date and column.need is columns.Need.FILLED
        )

    def typed(self, cells: list[str], notes: list[str]) -> tuple[Any, list[str]]:
        reasons: list[str] = []
        values: dict[str, Any] = dict(zip(self._fields, map(str.strip, self._pick([*cells, ""])), strict=True))
        for column in self._required:
            _check_id(column, values[column.field], reasons)
        for column in self._dates:
            values[column.field] = self._date(column, values[column.field], notes, reasons)
        return (None if reasons else self._row(**values)), reasons

    def _date(self, column: columns.Column, written: str, notes: list[str], reasons: list[str]) -> datetime.date | None:
        found = dates.date_of(written) if written else None
        if found is None:
            if column.need is columns.Need.FILLED:
                reasons.append(f"{column.name} is empty.")
            return None
        if not isinstance(found, str):
            if found <= self._on or column.may_be_future:
                return found
            found = dates.future_reason(written)
        if column.need is columns.Need.OPTIONAL:
            notes.append(f"{column.name} was left out: {found}.")
        else:
            reasons.append(f"{column.name}: {found}.")
        return None


def _check_id(column: columns.Column, value: str, reasons: list[str]) -> None:
    if not value:
        reasons.append(f"{column.name} is empty.")
    elif len(value) > opening_cells.ID_LIMIT:
        reasons.append(f"{column.name} is longer than {opening_cells.ID_LIMIT} characters.")


def _positions(table: columns.Table, heading: dialects.Heading) -> dict[str, int]:
    """Where each field's column stands; a column's own name goes before its other names."""
    where: dict[str, int] = {}
    for position, name in enumerate(heading.columns):
        where.setdefault(dialects.folded(name), position)
    found = {}
    for column in table.columns:
        for name in column.folded_names:
            if name in where:
                found[column.field] = where[name]
                break
    return found


def _recognised_as(
    of_format: formats.Format,
    table: columns.Table,
    head: formats.Head,
    heading: dialects.Heading,
    *,
    catch_all: bool,
) -> formats.Recognised | None:
    positions = _positions(table, heading)
    missing = tuple(column.name for column in table.expected_columns if column.field not in positions)
    there = 1 - len(missing) / len(table.expected_columns)
    if there < NEARLY or len(table.expected_columns) - len(missing) < 2:
        return None
    explained = len(set(positions.values())) / len(heading.columns)
    named = 10 if any(word in head.stem for word in table.file_words) else 0
    if missing:
        confidence = 30 * there + 30 * explained + named
    elif catch_all:
        confidence = 20 + 40 * explained
    else:
        confidence = 50 + 40 * explained + named
    return formats.Recognised(
        format=of_format,
        table=table.code,
        why=f"The heading has {len(positions)} of the {len(table.columns)} columns of {table.title}.",
        confidence=round(confidence),
        heading=heading,
        missing_columns=missing,
        notes=heading.notes,
    )
