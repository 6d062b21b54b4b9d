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
_PARAGRAPH = re.compile(r'<p class="govuk-body[^>]*>(.*?)</p>', re.DOTALL)
_BREAKS = re.compile(r"</(?:p|li|h\d|dt|dd|th|td|legend|label|button|a|div|option|summary)>")


def main_of(page: str) -> str:
    return _LEFT_OUT.sub("", page[page.index('<div class="govuk-width-container">') :])


def words_of(page: str) -> str:
    """Return what a reader reads of a page, each block on a line of its own."""
    return words_of_line(_BREAKS.sub("\n", main_of(page)))


def words_of_line(part: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", part))


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
    # Headings and buttons are short and would help whole sentences along, so these are measured by themselves too.
    assert rules.grade("\n".join(map(words_of_line, _PARAGRAPH.findall(main_of(rendered))))) <= rules.GRADE_AT_AGE_NINE


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
