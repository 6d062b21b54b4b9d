"""The words of pages of assurance as a browser shows them.

Belongs here: turning pages into presenters. Not here: what they say (governance.openness).
"""

import re

from django.urls import reverse

from joinedup.governance.openness import queries as openness_queries
from joinedup.governance.openness import rules as openness_rules
from joinedup.web import presenters
from joinedup.web.openness import presenters as openness

_TITLES = {
    "record-of-processing": "What is kept of people, why, from whom and for how long",
    "impact-assessment": "What could go wrong, and what is done about it",
    "algorithms": "How records are matched and children are found",
}
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def pages() -> openness.OpenPages:
    """List the pages."""
    return openness.OpenPages(
        links=tuple(
            presenters.Link(text=_TITLES[name], href=reverse("open-page", args=[name]))
            for name in openness_queries.NAMES
        )
    )


def page(found: openness_rules.Page) -> openness.OpenPage:
    """Show one page."""
    return openness.OpenPage(
        title=found.title,
        opening=_plain(found.opening),
        parts=tuple(_part(section) for section in found.sections),
        back=presenters.Link(text="All pages", href=reverse("open")),
    )


def _part(section: openness_rules.Section) -> openness.Part:
    table = section.table
    return openness.Part(
        heading=section.heading,
        words=tuple(_plain(words) for words in section.words),
        columns=tuple(column.capitalize() for column in table.columns) if table else (),
        rows=tuple(tuple(_plain(cell) for cell in row) for row in table.rows) if table else (),
    )


def _plain(words: str) -> str:
    """Return words without the signs by which documentation marks links and names of files."""
    return _LINK.sub(r"\1", words).replace("`", "")
