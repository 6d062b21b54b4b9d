"""What the pages of openness show.

Belongs here: frozen values for openness/*.jinja. Not here: their words (governance.openness).
"""

import dataclasses

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a page: paragraphs and at most one table; without columns there is none."""

    heading: str
    words: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage:
    """openness/page.jinja: one page of assurance."""

    title: str
    opening: str
    parts: tuple[Part, ...]
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpenPages:
    """openness/pages.jinja: which pages there are."""

    links: tuple[presenters.Link, ...]
