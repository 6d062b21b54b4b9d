"""A table for people: its columns, its rows, and the words that stand above and below it.

Belongs here: the value that both writers take. Not here: how a cell is made harmless (guarding).
"""

import dataclasses
import datetime
import decimal

#: A number typed as a number stays one, a negative one too; a date is written as it is sorted; None is an empty cell.
Cell = str | int | decimal.Decimal | float | datetime.date | None


class Unwritable(Exception):
    """The table is larger than a spreadsheet can hold; the message says in what."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table.

    Shapes: each row has as many cells as there are columns. `notice` stands on each printed page, above and below.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notice: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            message = f"{self.title}: a row is longer or shorter than the {len(self.columns)} columns"
            raise Unwritable(message)
