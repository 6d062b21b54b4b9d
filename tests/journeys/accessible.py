"""What is asked of a page's accessibility, and the asking: axe, by the rules of WCAG 2.2 AA and its best practice.

Belongs here: which rules, and the report of what was found. Not here: which pages are asked about, and when.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What holds is not reported: listing every element of a long page that is well takes longer than looking at it.
_OPTIONS = {"runOnly": list(_RULES), "resultTypes": ["violations"]}


def faults_of(page: Page) -> str:
    """Return in words what is not accessible on the page that is open; nothing where all is well."""
    found = Axe().run(page, options=_OPTIONS)
    return found.generate_report() if found.violations_count else ""


def too_wide_px(page: Page) -> int:
    """Return by how much the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
