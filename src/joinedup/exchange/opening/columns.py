"""Typed rows declared once: each field of a row's dataclass names its column and says what the column must satisfy.

Belongs here: the declaration (`text`, `date`, `Column`, `Table`). Not here: turning cells into rows (tables), meanings (rules).
"""

import dataclasses
import enum
import functools
from typing import Any

from joinedup.exchange.opening import dialects


class Need(enum.StrEnum):
    """What becomes of a row whose cell is blank or cannot be read."""

    FILLED = "filled"  #: a blank or unreadable cell refuses the row
    READABLE = "readable"  #: a blank cell is taken, an unreadable one refuses the row
    OPTIONAL = "optional"  #: an unreadable cell is left out with a note


class DateStyle(enum.StrEnum):
    """How a standard writes its dates; reading takes every style."""

    ISO = "%Y-%m-%d"  #: 2012-01-21
    DAY_FIRST = "%d/%m/%Y"  #: 21/01/2012
    CENSUS = "%Y-%b-%d 00:00:00"  #: 2012-Jan-21 00:00:00


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in the file, other names it goes by, and what it must satisfy."""

    field: str = ""
    name: str
    is_date: bool = False
    need: Need = Need.OPTIONAL
    expected: bool = True
    may_be_future: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def folded_names(self) -> tuple[str, ...]:
        """Give every name of the column in the form in which names are compared."""
        return tuple(dialects.folded(name) for name in (self.name, *self.aliases))


def text(name: str, *, need: Need = Need.OPTIONAL, expected: bool = True, aliases: tuple[str, ...] = ()) -> Any:
    """Declare a column of text; `expected` columns must be in the file's heading."""
    column = Column(name=name, need=need, expected=expected, aliases=aliases)
    return dataclasses.field(default="", metadata={"column": column})


def date(
    name: str,
    *,
    need: Need = Need.OPTIONAL,
    expected: bool = True,
    may_be_future: bool = False,
    aliases: tuple[str, ...] = (),
) -> Any:
    """Declare a column of dates; only a plan or a limit may lie in the future."""
    column = Column(name=name, is_date=True, need=need, expected=expected, may_be_future=may_be_future, aliases=aliases)
    return dataclasses.field(default=None, metadata={"column": column})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a standard: its code, what it is called in plain words, and the dataclass of its rows."""

    code: str
    title: str
    row: type[Any]
    dates: DateStyle = DateStyle.ISO
    file_words: tuple[str, ...] = ()

    @functools.cached_property
    def columns(self) -> tuple[Column, ...]:
        """Give the columns in the order in which they are written."""
        fields = dataclasses.fields(self.row)
        return tuple(dataclasses.replace(field.metadata["column"], field=field.name) for field in fields)

    @functools.cached_property
    def column_names(self) -> tuple[str, ...]:
        """Give the heading as it is written."""
        return tuple(column.name for column in self.columns)

    @functools.cached_property
    def expected_columns(self) -> tuple[Column, ...]:
        """Give the columns without which the table cannot be read."""
        return tuple(column for column in self.columns if column.expected)
