"""The words of pages of assurance as a browser shows them.

Belongs here: turning pages into presenters. Not here: what they say (governance.openness).
"""

import re

from django.urls import reverse

from joinedup.governance.agreements import rules as agreements_rules
from joinedup.governance.openness import queries as openness_queries
from joinedup.governance.openness import rules as openness_rules
from joinedup.web import presenters
from joinedup.web.openness import presenters as openness

_TITLES = {
    "record-of-processing": "What is kept of people, why, from whom and for how long",
    "impact-assessment": "What could go wrong, and what is done about it",
    "algorithms": "How records are matched and children are found",
}
#: The address of the permission matrix among the pages.
MATRIX = "who-may-do-what"
_OPENING = (
    "The whole of the permission matrix, edition {version}: the program decides by it, and the database refuses by it. What is "
    "not written here is not allowed. A person who holds two roles may do what either allows. Two things alone refuse what a "
    "role would allow: a conflict of interest (ground X), and a seal on the child. Under each role stands why it was decided so."
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def pages() -> openness.OpenPages:
    """List the pages."""
    return openness.OpenPages(
        links=(
            presenters.Link(text="Who may do what, and on which ground", href=reverse("open-page", args=[MATRIX])),
            *(
                presenters.Link(text=_TITLES[name], href=reverse("open-page", args=[name]))
                for name in openness_queries.NAMES
            ),
        )
    )


def matrix_page(matrix: agreements_rules.Matrix) -> openness.OpenPage:
    """Show the permission matrix: its words, then what each role may do, and why it was decided so."""
    words = (("Tiers", "Tier", matrix.tiers), ("Grounds", "Ground", matrix.grounds))
    return openness.OpenPage(
        title="Who may do what",
        opening=_OPENING.format(version=matrix.policy.version),
        parts=(
            *(
                openness.Part(
                    heading=heading,
                    words=(),
                    columns=(column, "What it means"),
                    rows=tuple((word.code, f"{word.name}: {word.means}") for word in found),
                )
                for heading, column, found in words
            ),
            openness.Part(
                heading="Conditions",
                words=(),
                columns=("Condition", "What must be true", "Who holds it"),
                rows=tuple(
                    (word.code, word.means, agreements_rules.held_by(word.code, matrix)) for word in matrix.conditions
                ),
            ),
            *(_role(role, matrix) for role in matrix.roles),
        ),
        back=presenters.Link(text="All pages", href=reverse("open")),
    )


def _role(role: agreements_rules.Word, matrix: agreements_rules.Matrix) -> openness.Part:
    return openness.Part(
        heading=role.name,
        words=(role.means,),
        columns=("May", "On which ground"),
        rows=tuple(
            (action.means.capitalize(), "; ".join(agreements_rules.cell_words(cell) for cell in cells))
            for action in matrix.actions
            if (cells := matrix.policy.cells_of(role.code, action.code))
        ),
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
