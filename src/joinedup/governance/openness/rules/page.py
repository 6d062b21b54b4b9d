"""A page as a value, put together from its file: a figure in braces and a table by name are the code's own.

Belongs here: reading. Not here: which figures and tables there are (queries), how a page is shown (writing, web).
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

import yaml


class PageUnreadable(Exception):
    """A page names a figure or a table that the code does not give, or is no page; the message says which."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns, as words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with paragraphs and at most one table."""

    heading: str
    words: tuple[str, ...]
    table: Table | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of assurance."""

    title: str
    opening: str
    sections: tuple[Section, ...]


Figures = Mapping[str, str]
Tables = Mapping[str, Table]


def read_page(text: str, *, figures: Figures, tables: Tables) -> Page:
    """Put a page together from its words, the figures and the tables.

    Errors: PageUnreadable.
    """
    try:
        given = yaml.safe_load(text)
        return Page(
            title=given["title"],
            opening=given["opening"].format_map(figures),
            sections=tuple(_section(said, figures, tables) for said in given["sections"]),
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"The page cannot be put together: {type(error).__name__} {error}"
        raise PageUnreadable(message) from None


def _section(said: Mapping[str, Any], figures: Figures, tables: Tables) -> Section:
    words = tuple(str(one).format_map(figures) for one in said.get("words", ()))
    if "rows" in said:
        rows = tuple(tuple(str(cell).format_map(figures) for cell in row) for row in said["rows"])
        return Section(heading=said["heading"], words=words, table=Table(columns=tuple(said["columns"]), rows=rows))
    table = tables[said["table"]] if "table" in said else None
    return Section(heading=said["heading"], words=words, table=table)
