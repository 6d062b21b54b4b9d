"""The pages of openness."""

from typing import Any

from joinedup.governance.agreements import queries as agreements_queries
from joinedup.web.openness import presenters as openness
from joinedup.web.openness import wording
from tests.journeys.screens import common


def page() -> openness.OpenPage:
    return openness.OpenPage(
        title="Algorithms",
        opening=common.LONG_TEXT,
        parts=(
            openness.Part(heading="In short", words=(common.LONG_TEXT, common.LONG_TEXT)),
            openness.Part(
                heading="How it works",
                words=(),
                columns=("Asked of", "Answers"),
                rows=(("given names", "10"), (common.LONG_NAME, "6")),
            ),
        ),
        back=common.link("All pages"),
    )


def states() -> dict[str, tuple[str, Any, str]]:
    return {
        "open_pages": ("openness/pages.jinja", openness.OpenPages(links=(common.link("Algorithms"),)), ""),
        "open_page": ("openness/page.jinja", page(), ""),
        "open_matrix": ("openness/page.jinja", wording.matrix_page(agreements_queries.get_matrix()), ""),
    }
