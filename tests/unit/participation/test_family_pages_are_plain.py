"""Our own words on a family's pages can be read at the age of nine, by the formula of Kincaid and others."""

import html
import re

import pytest

from joinedup.processes.participation import rules
from tests.journeys import rendering
from tests.journeys.screens import family

_LEFT_OUT = re.compile(
    r"<(?:script|svg|title)\b.*?</(?:script|svg|title)>|<header.*?</header>|<footer.*?</footer>|<nav.*?</nav>",
    re.DOTALL,
)
_BREAKS = re.compile(r"</(?:p|li|h\d|dt|dd|th|td|legend|label|button|a|div|option|summary)>")


def words_of(page: str) -> str:
    """Return what a reader reads of a page, each block on a line of its own."""
    main = _LEFT_OUT.sub("", page[page.index('<div class="govuk-width-container">') :])
    return html.unescape(re.sub(r"<[^>]+>", "", _BREAKS.sub("\n", main)))


@pytest.mark.parametrize("name", sorted(family.states()))
def test_a_page_is_plain(name):
    template, page, _ = family.states()[name]
    frame = family.common.frame("", is_in=True)
    rendered = (
        rendering.environment()
        .get_template(template)
        .render(csrf_input=rendering.CSRF_INPUT, page=page, furniture=frame)
    )

    assert rules.grade(words_of(rendered)) <= rules.GRADE_AT_AGE_NINE


def test_each_page_has_a_way_out_at_once_and_says_whom_to_ring():
    for template, page, _ in family.states().values():
        rendered = (
            rendering.environment()
            .get_template(template)
            .render(csrf_input=rendering.CSRF_INPUT, page=page, furniture=family.common.frame("", is_in=True))
        )
        assert "govuk-js-exit-this-page-button" in rendered
        assert 'href="https://www.bbc.co.uk/weather"' in rendered
        assert 'href="tel:999"' in rendered
        assert 'href="tel:08001111"' in rendered
